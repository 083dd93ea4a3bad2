// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// The states of RFC 9293, 3.3.2, but for LISTEN, which is a [TcpListener]'s.
public enum TcpState {
    CLOSED,
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSE_WAIT,
    CLOSING,
    LAST_ACK,
    TIME_WAIT;

    /// Whether both sides have seen each other's SYN.
    boolean isSynchronized() {
        return this != CLOSED && this != SYN_SENT && this != SYN_RECEIVED;
    }

    /// Whether the peer may still send data.
    boolean mayReceive() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
    }

    /// Whether data (and at their end the FIN) may be on their way.
    boolean maySend() {
        return this == ESTABLISHED
                || this == CLOSE_WAIT
                || this == FIN_WAIT_1
                || this == CLOSING
                || this == LAST_ACK;
    }
}
