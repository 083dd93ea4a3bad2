// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.tcpip.tcp.Payload;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpError;
import io.mirage4j.tcpip.tcp.TcpInfo;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpState;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// A TCP connection as a [Flow]. What nobody reads stays in the stack and closes the window, so a
/// slow reader slows the other end; a write returns once the stack has all of it.
///
/// As with kernel sockets, [#close] while octets are unread is a reset (RFC 2525, 2.17), and an
/// abort of the other end that gets lost on the way is noticed by whoever sends, not by whoever
/// waits: there is [TcpSettings#keepAlive] for that.
public final class TcpSocket implements Flow {
    private final Sockets net;
    private final TcpConnection connection;
    private final Endpoint local;
    private final Endpoint remote;
    private volatile long readTimeoutNanos;
    private volatile boolean closed;
    private volatile boolean aborted;
    private volatile boolean outputShut;

    /// Why the connection ended before its time; null if it has not.
    private volatile @Nullable TcpError failure;

    // The loop's: who waits.
    private @Nullable ReadCall reader;
    private @Nullable Call writer;

    TcpSocket(Sockets net, TcpConnection connection) {
        this.net = net;
        this.connection = connection;
        TcpConnection c = connection;
        local = new Endpoint(Addresses.value(c.localHigh(), c.localLow()), c.localPort());
        remote = new Endpoint(Addresses.value(c.remoteHigh(), c.remoteLow()), c.remotePort());
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        check();
        if (buf.isEmpty()) return 0;
        var call = new ReadCall(buf);
        call.await(readTimeoutNanos);
        return call.count;
    }

    @Override
    public void write(ReadOnlyCstruct buf) throws IOException {
        check();
        checkOutput();
        if (!buf.isEmpty()) {
            new WriteCall(buf).await();
        }
    }

    @Override
    public void readTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        readTimeoutNanos = nanos;
    }

    @Override
    public void shutdownOutput() throws IOException {
        check();
        TcpError error = failure;
        if (error != null) throw failed(error);
        if (!outputShut) {
            outputShut = true;
            net.execute(
                    () -> {
                        long now = net.now();
                        connection.shutdownWrite(now);
                        changed(now);
                    });
        }
    }

    @Override
    public void abort() {
        if (!aborted) {
            aborted = true;
            net.executeIfOpen(() -> abortNow(net.now()));
        }
    }

    @Override
    public void close() {
        if (!closed && !aborted) {
            closed = true;
            net.executeIfOpen(
                    () -> {
                        long now = net.now();
                        connection.close(now);
                        changed(now);
                    });
        }
    }

    @Override
    public Optional<Endpoint> remote() {
        return Optional.of(remote);
    }

    @Override
    public Optional<Endpoint> local() {
        return Optional.of(local);
    }

    /// Changes options of the connection, as a kernel's `setsockopt`.
    public void change(Consumer<TcpSettings> change) throws IOException {
        net.run(
                (stack, now) -> {
                    change.accept(connection.change());
                    connection.changed(now);
                });
    }

    /// What the connection is like now.
    public TcpInfo info() throws IOException {
        var call =
                new Call(net, "info") {
                    private @Nullable TcpInfo info;

                    @Override
                    boolean attempt(long now) {
                        info = connection.info(now);
                        return true;
                    }
                };
        call.await();
        return Objects.requireNonNull(call.info);
    }

    // In the loop.

    /// Something has happened to the connection: who waits may go on.
    void changed(long now) {
        if (connection.state() == TcpState.CLOSED && connection.error() != TcpError.NONE) {
            failure = connection.error();
        }
        if (reader != null && reader.isOver(now)) {
            reader = null;
        }
        if (writer != null && writer.isOver(now)) {
            writer = null;
        }
    }

    /// Octets have come in order, and none wait: they go to who reads, if somebody does.
    int land(Payload payload) {
        ReadCall call = reader;
        reader = null;
        return call == null ? 0 : call.land(payload);
    }

    void abortNow(long now) {
        aborted = true;
        connection.abort(now);
        changed(now);
    }

    private void check() throws IOException {
        if (aborted) throw failed(TcpError.ABORTED);
        if (closed) throw new IOException(remote + ": closed");
    }

    private void checkOutput() throws IOException {
        if (outputShut) throw new IOException(remote + ": the output is shut down");
    }

    private IOException failed(TcpError error) {
        return new IOException(remote + ": " + text(error));
    }

    static String text(TcpError error) {
        return switch (error) {
            case NONE -> "the connection has ended";
            case REFUSED -> "refused: nobody listens there";
            case RESET -> "reset by the other end";
            case TIMED_OUT -> "no answer";
            case HOST_UNREACHABLE -> "host unreachable";
            case NET_UNREACHABLE -> "network unreachable";
            case PROTOCOL_UNREACHABLE -> "no TCP there";
            case ABORTED -> "aborted";
        };
    }

    private final class ReadCall extends Call {
        private final Cstruct buf;
        private int count;

        /// What goes straight into [#buf], at the moment when it comes.
        private @Nullable Payload landing;

        ReadCall(Cstruct buf) {
            super(TcpSocket.this.net, "read from " + remote);
            this.buf = buf;
        }

        @Override
        boolean attempt(long now) throws IOException {
            check();
            if (reader != null && reader != this && reader.isWaiting()) {
                throw new IllegalStateException(remote + ": another thread reads already");
            }
            Payload payload = landing;
            if (payload != null) {
                int most = Math.min(payload.length(), buf.length());
                payload.copyTo(buf, 0, most);
                count = most;
                return true;
            }
            count = connection.read(buf, 0, buf.length(), now);
            if (count > 0) return true;
            if (!connection.isAtEnd()) return false;
            if (connection.error() != TcpError.NONE) throw failed(connection.error());
            count = END;
            return true;
        }

        int land(Payload payload) {
            landing = payload;
            isOver(net.now());
            landing = null;
            return count;
        }

        @Override
        void keep(long now) {
            reader = this;
        }
    }

    private final class WriteCall extends Call {
        private final ReadOnlyCstruct buf;
        private int done;

        WriteCall(ReadOnlyCstruct buf) {
            super(TcpSocket.this.net, "write to " + remote);
            this.buf = buf;
        }

        @Override
        boolean attempt(long now) throws IOException {
            check();
            if (writer != null && writer != this && writer.isWaiting()) {
                throw new IllegalStateException(remote + ": another thread writes already");
            }
            if (connection.error() != TcpError.NONE || connection.state() == TcpState.CLOSED) {
                throw failed(connection.error());
            }
            checkOutput();
            done += connection.write(buf, done, buf.length() - done, now);
            if (done < buf.length() && connection.unacknowledged() == 0) {
                net.retryLater(TcpSocket.this);
            }
            return done == buf.length();
        }

        @Override
        int transferred() {
            return done;
        }

        @Override
        void keep(long now) {
            writer = this;
        }
    }
}
