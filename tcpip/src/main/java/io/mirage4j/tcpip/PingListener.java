// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.tcp.IcmpError;

/// Who waits for the answers to a [Ping].
public interface PingListener {
    /// An answer came, perhaps not the first to this question.
    ///
    /// @param octets how long its payload is
    void answered(int sequence, int octets, int hopLimit, long roundTripNanos);

    /// Somebody on the way said that the question did not arrive.
    default void failed(int sequence, IcmpError error) {}
}
