// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.Transport;
import io.mirage4j.platform.host.linux.BatchedDatagrams;
import io.mirage4j.platform.host.linux.EpollListener;

import java.io.IOException;

/// The kernel's sockets, by the calls of Linux where these are to be had.
public final class HostTransport implements Transport {
    private final SocketConnector connector = SocketConnector.create();

    @Override
    public Flow connect(Endpoint remote) throws IOException {
        return connector.connect(remote);
    }

    @Override
    public Listener listen(Endpoint local) throws IOException {
        return EpollListener.isSupported() ? EpollListener.open(local) : SocketListener.open(local);
    }

    @Override
    public Datagrams bind(Endpoint local) throws IOException {
        return SocketDatagrams.open(local);
    }

    @Override
    public Datagrams bindForMany(Endpoint local) throws IOException {
        return BatchedDatagrams.isSupported() ? BatchedDatagrams.open(local) : bind(local);
    }

    /// Ends nothing: each socket is closed by who has it.
    @Override
    public void close() {}
}
