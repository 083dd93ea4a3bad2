// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpStack;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;

/// A TCP port that others connect to, as a [Listener].
public final class TcpServerSocket implements Listener {
    private static final int FIRST_FREE_PORT = 49_152;
    private static final int LAST_PORT = 0xffff;

    private final Sockets net;
    private final TcpListener listener;
    private final Endpoint local;
    private volatile boolean closed;

    /// The loop's: who waits, in the order they came.
    private final ArrayDeque<Call> acceptors = new ArrayDeque<>();

    private TcpServerSocket(Sockets net, TcpListener listener, Endpoint local) {
        this.net = net;
        this.listener = listener;
        this.local = local;
    }

    static TcpServerSocket open(
            Sockets net, Endpoint at, IpVersions versions, int backlog, TcpSettings settings)
            throws IOException {
        var call =
                new Call(net, "listen at " + at) {
                    private @Nullable TcpServerSocket server;

                    @Override
                    boolean attempt(long now) throws IOException {
                        server = openNow(net, at, versions, backlog, settings);
                        return true;
                    }
                };
        call.await();
        return Objects.requireNonNull(call.server);
    }

    private static TcpServerSocket openNow(
            Sockets net, Endpoint at, IpVersions versions, int backlog, TcpSettings settings)
            throws IOException {
        TcpStack tcp = net.stack().tcp();
        int port = at.port() == 0 ? freePort(tcp) : at.port();
        IpAddress address = at.address();
        TcpListener listener;
        try {
            listener =
                    address.isUnspecified()
                            ? tcp.listen(versions, port, backlog, settings)
                            : tcp.listen(
                                    Addresses.high(address),
                                    Addresses.low(address),
                                    port,
                                    backlog,
                                    settings);
        } catch (IllegalArgumentException e) {
            throw new IOException(at + ": " + e.getMessage(), e);
        }
        var server = new TcpServerSocket(net, listener, new Endpoint(address, port));
        net.add(listener, server);
        return server;
    }

    private static int freePort(TcpStack tcp) throws IOException {
        for (int port = FIRST_FREE_PORT; port <= LAST_PORT; port++) {
            if (!tcp.isTaken(port)) return port;
        }
        throw new IOException("no port is free");
    }

    @Override
    public TcpSocket accept() throws IOException {
        var call = new AcceptCall();
        call.await();
        return Objects.requireNonNull(call.socket);
    }

    @Override
    public Optional<Endpoint> local() {
        return Optional.of(local);
    }

    @Override
    public void close() {
        net.executeIfOpen(() -> closeNow(net.now()));
    }

    // In the loop.

    void closeNow(long now) {
        if (!closed) {
            closed = true;
            net.remove(listener);
            listener.close(now);
            changed(now);
        }
    }

    /// Somebody may be accepted, or nobody any more.
    void changed(long now) {
        for (Call next; (next = acceptors.peek()) != null && next.isOver(now); ) {
            acceptors.remove();
        }
    }

    private final class AcceptCall extends Call {
        private @Nullable TcpSocket socket;

        AcceptCall() {
            super(TcpServerSocket.this.net, "accept at " + local);
        }

        @Override
        boolean attempt(long now) throws IOException {
            if (closed) throw new IOException(local + ": closed");
            TcpConnection c = listener.accept();
            if (c == null) return false;
            socket = new TcpSocket(net, c);
            c.attachment = socket;
            c.land(socket::land);
            return true;
        }

        @Override
        void keep(long now) {
            acceptors.add(this);
        }
    }
}
