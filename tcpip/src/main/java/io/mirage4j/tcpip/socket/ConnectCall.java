// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpError;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpState;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/// An active open, from the SYN to the handshake's end.
final class ConnectCall extends Call {
    private final Stack stack;
    private final Endpoint remote;
    private final TcpSettings settings;

    /// What may go with the SYN, and how much of it the connection has taken.
    private final ReadOnlyCstruct first;

    private int taken;
    private @Nullable TcpConnection connection;
    private @Nullable TcpSocket socket;

    ConnectCall(
            Sockets net,
            Stack stack,
            Endpoint remote,
            TcpSettings settings,
            ReadOnlyCstruct first) {
        super(net, "connect to " + remote);
        this.stack = stack;
        this.remote = remote;
        this.settings = settings;
        this.first = first;
    }

    /// Waits for the handshake.
    TcpSocket socket() throws IOException {
        try {
            await();
            return Objects.requireNonNull(socket);
        } catch (IOException e) {
            net.executeIfOpen(() -> abortNow(net.now()));
            throw e;
        }
    }

    @Override
    boolean attempt(long now) throws IOException {
        if (net.isClosed()) throw new IOException(remote + ": the stack is closed");
        TcpConnection c = connection == null ? open(now) : connection;
        if (c.state() == TcpState.SYN_SENT || c.state() == TcpState.SYN_RECEIVED) return false;
        if (c.error() != TcpError.NONE || c.state() == TcpState.CLOSED) {
            throw new IOException(remote + ": " + TcpSocket.text(c.error()));
        }
        socket = new TcpSocket(net, c);
        c.attachment = socket;
        c.land(socket::land);
        return true;
    }

    private TcpConnection open(long now) throws IOException {
        IpAddress to = remote.address();
        if (remote.port() == 0 || to.isUnspecified() || to.isMulticast()) {
            throw new IOException(remote + ": nobody can be there");
        }
        if (!stack.reaches(to)) throw new IOException(remote + ": no route there");
        IpAddress from = stack.sourceFor(to).orElse(null);
        if (from == null) throw new IOException(remote + ": no address of ours reaches it");
        var envelope =
                new Envelope()
                        .addresses(
                                Addresses.high(from),
                                Addresses.low(from),
                                Addresses.high(to),
                                Addresses.low(to));
        TcpConnection c = stack.tcp().prepare(envelope, 0, remote.port(), settings, now);
        if (c == null) {
            throw new IOException(remote + ": no port is free, or there are too many connections");
        }
        connection = c;
        c.attachment = this;
        taken = c.write(first, 0, first.length(), now);
        stack.tcp().open(c, now);
        return c;
    }

    @Override
    int transferred() {
        return taken;
    }

    /// It stands in the connection from the start.
    @Override
    void keep(long now) {}

    void abortNow(long now) {
        if (connection != null && connection.attachment == this) {
            connection.abort(now);
            isOver(now);
        }
    }
}
