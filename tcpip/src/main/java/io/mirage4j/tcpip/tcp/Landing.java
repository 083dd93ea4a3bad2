// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Where octets go that come in order while none wait to be read: somebody who reads already, so
/// that they need not stand in the receive buffer first.
@FunctionalInterface
public interface Landing {
    /// Takes as many of the first octets as it wants, and returns how many; the others wait to be
    /// read. Called within [TcpStack#receive]: it must not call the connection.
    int land(Payload payload);
}
