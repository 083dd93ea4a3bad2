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

    /// From the next call on, a receive that gets nothing within `nanos` throws
    /// [TimedOutException]. 0, as at the start, waits for ever.
    ///
    /// @throws IllegalArgumentException if `nanos` is less than 0
    void receiveTimeout(long nanos);

    /// As [#receive(Datagram)] for several: waits for the first, takes with it what has come by
    /// then, and returns how many of `into` were filled, from its start on.
    default int receive(Datagram[] into) throws IOException {
        if (into.length == 0) return 0;
        receive(into[0]);
        return 1;
    }

    /// Sends the first `count` of `datagrams` as [#send(Datagram)] would in turn. One that can not
    /// be sent keeps no other from its way.
    ///
    /// @throws IOException if one could not be sent, of several the first
    default void send(Datagram[] datagrams, int count) throws IOException {
        IOException failed = null;
        for (int i = 0; i < count; i++) {
            try {
                send(datagrams[i]);
            } catch (IOException e) {
                failed = failed == null ? e : failed;
            }
        }
        if (failed != null) throw failed;
    }

    /// Whether a call that waits holds its thread, a virtual one's carrier too: then a thread of
    /// the system is what should receive here.
    default boolean holdsThread() {
        return false;
    }

    @Override
    void close() throws IOException;
}
