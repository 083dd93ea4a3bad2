// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// A TCP connection of the kernel. The kernel copies octets to and from a native window and nobody
/// else does; for a window on the heap the JVM adds a copy of its own.
///
/// Nagle's algorithm is off: who writes small pieces gathers them. An abort after [#close] comes
/// too late, since the kernel has the rest in hand.
final class SocketFlow implements Flow {
    /// The JVM copies a heap buffer whole before each call, and one call takes no more than the
    /// kernel has room for.
    private static final int MOST_AT_ONCE = 1 << 17;

    private static final int UNREAD_AT_ONCE = 1 << 13;
    private static final int UNREAD_READS = 128;

    private final SocketChannel channel;
    private final Waits waits;
    private final Runnable whenEnded;
    private final Endpoint local;
    private final Endpoint remote;

    private volatile long readTimeoutNanos;
    private volatile boolean outputDown;

    private SocketFlow(SocketChannel channel, Waits waits, Runnable whenEnded) throws IOException {
        this.channel = channel;
        this.waits = waits;
        this.whenEnded = whenEnded;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        local = Addresses.of((InetSocketAddress) channel.getLocalAddress());
        remote = Addresses.of((InetSocketAddress) channel.getRemoteAddress());
    }

    /// A flow over `channel`, which is connected; it runs `whenEnded` once, when it is aborted or
    /// closed. A channel that is dead already is closed.
    ///
    /// @param waits those there were for the channel so far
    static SocketFlow over(SocketChannel channel, Waits waits, Runnable whenEnded)
            throws IOException {
        try {
            return new SocketFlow(channel, waits, whenEnded);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        waits.check();
        if (buf.isEmpty()) return 0;
        ByteBuffer target = buf.asByteBuffer();
        while (true) {
            int count = tryRead(target);
            if (count != 0) return count;
            waits.await(SelectionKey.OP_READ, readTimeoutNanos, "read");
        }
    }

    private int tryRead(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (IOException e) {
            throw waits.because("read from " + remote, e);
        }
    }

    @Override
    public void write(ReadOnlyCstruct buf) throws IOException {
        checkOutput();
        ByteBuffer source = buf.asByteBuffer();
        int end = source.limit();
        try {
            while (source.position() < end) {
                source.limit(Math.min(end, source.position() + MOST_AT_ONCE));
                if (tryWrite(source) == 0) {
                    waits.await(SelectionKey.OP_WRITE, 0, "write");
                    checkOutput();
                }
            }
        } catch (InterruptedIOException e) {
            e.bytesTransferred = source.position();
            throw e;
        }
    }

    private int tryWrite(ByteBuffer source) throws IOException {
        try {
            return channel.write(source);
        } catch (IOException e) {
            throw waits.because("write to " + remote, e);
        }
    }

    private void checkOutput() throws IOException {
        waits.check();
        if (outputDown) throw new IOException("output is shut down");
    }

    @Override
    public void readTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        readTimeoutNanos = nanos;
    }

    @Override
    public void shutdownOutput() throws IOException {
        waits.check();
        outputDown = true;
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw waits.because("shut down to " + remote, e);
        }
    }

    /// Sends RST: not to linger is how a kernel is told so.
    @Override
    public void abort() {
        try {
            end(
                    "flow was aborted",
                    () -> {
                        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                        channel.close();
                    });
        } catch (IOException e) {
            // It has gone before: all that an abort is for.
        }
    }

    @Override
    public void close() throws IOException {
        end(
                "flow is closed",
                () -> {
                    try (channel) {
                        finish();
                    }
                });
    }

    /// Lets go of the input first: to close a socket that holds any is a reset to the kernel, which
    /// drops what was written and has not gone (RFC 2525, 2.17).
    private void finish() {
        try {
            channel.shutdownOutput();
            ByteBuffer unread = ByteBuffer.allocate(UNREAD_AT_ONCE);
            for (int i = 0; i < UNREAD_READS && channel.read(unread.clear()) > 0; i++) {}
        } catch (IOException e) {
            // The other end has reset it: there is nobody to finish for.
        }
    }

    private void end(String reason, Closeable close) throws IOException {
        waits.end(
                reason,
                () -> {
                    try {
                        close.close();
                    } finally {
                        whenEnded.run();
                    }
                });
    }

    @Override
    public Optional<Endpoint> remote() {
        return Optional.of(remote);
    }

    @Override
    public Optional<Endpoint> local() {
        return Optional.of(local);
    }
}
