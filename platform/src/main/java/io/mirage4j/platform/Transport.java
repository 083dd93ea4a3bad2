// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.io.Closeable;
import java.io.IOException;

/// What a host offers above IP: TCP as flows, UDP as datagrams. A stack of ours is one, the
/// kernel's sockets are another, and a program that was given either can not tell.
public interface Transport extends Connector, Closeable {
    /// Listens at an endpoint of ours; the unspecified address is any of ours, and port 0 a free
    /// one.
    ///
    /// @throws IOException if it is taken, or no address of ours
    Listener listen(Endpoint local) throws IOException;

    /// Binds a UDP port, to one address of ours or to any.
    ///
    /// @throws IOException if it is taken, or no address of ours
    Datagrams bind(Endpoint local) throws IOException;

    /// As [#bind], for a server that gets many datagrams: such a port may cost less for each, and
    /// may hold the thread that waits for them ([Datagrams#holdsThread]).
    ///
    /// @throws IOException if it is taken, or no address of ours
    default Datagrams bindForMany(Endpoint local) throws IOException {
        return bind(local);
    }

    /// Ends what was made here, as far as this knows of it.
    @Override
    void close() throws IOException;
}
