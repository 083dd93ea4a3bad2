// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.tcpip.tcp.IcmpError;

/// Who gets the datagrams of a [UdpPort].
@FunctionalInterface
public interface UdpReceiver {
    /// Takes a datagram. It is valid until this returns.
    void received(UdpDatagram datagram, long nowNanos);

    /// Somebody said that a datagram of ours did not arrive; he may lie.
    ///
    /// @param remote where the datagram went
    default void failed(Endpoint remote, IcmpError error, long nowNanos) {}
}
