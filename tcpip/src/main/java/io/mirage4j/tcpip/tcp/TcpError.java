// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Why a connection ended before its time.
public enum TcpError {
    NONE,
    /// The peer answered our SYN with a reset, or ICMP said as much.
    REFUSED,
    RESET,
    TIMED_OUT,
    HOST_UNREACHABLE,
    NET_UNREACHABLE,
    PROTOCOL_UNREACHABLE,
    /// We aborted it.
    ABORTED
}
