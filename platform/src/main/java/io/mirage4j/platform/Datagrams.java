// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.io.Closeable;
import java.io.IOException;

/// Datagrams to and from one port: what UDP offers. They may get lost, come twice, or out of order.
/// One thread may receive while another sends.
public interface Datagrams extends Closeable {
    /// Where datagrams for this port go; the address is the unspecified one if any will do.
    Endpoint local();

    /// Waits for a datagram and puts it into `into`: payload, sender, and the address it was sent
    /// to. What the buffer has no room for is cut off.
    ///
    /// @throws java.io.InterruptedIOException if the thread is interrupted, which stays set
    /// @throws IOException if the port is closed, or fails for good
    void receive(Datagram into) throws IOException;

    /// Sends the payload of `datagram` to its remote endpoint, from its local address where that is
    /// set, so that an answer made in the datagram that asked leaves from where it was asked. The
    /// caller keeps `datagram`.
    ///
    /// @throws IOException if it is too long, there is no way to it, or the port is closed
    void send(Datagram datagram) throws IOException;

    @Override
    void close() throws IOException;
}
