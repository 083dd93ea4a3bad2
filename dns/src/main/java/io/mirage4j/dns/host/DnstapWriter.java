// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.dns.tap.FrameStreams;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Writes what a [DnstapLog] has to a file, or to a program that listens at a socket, in a virtual
/// thread. A program that goes away is looked for again; what does not fit into the log meanwhile
/// is lost, and the log counts it.
///
/// ```java
/// var log = new DnstapLog(1 << 20, "ns1", "1");
/// server.tap(log);
/// var tap = DnstapWriter.toSocket(log, () -> SocketChannel.open(UnixDomainSocketAddress.of(path)));
/// ```
public final class DnstapWriter implements Closeable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_MILLIS = 5000;

    /// Connects to the program that reads.
    @FunctionalInterface
    public interface Opener {
        ByteChannel open() throws IOException;
    }

    private interface Session {
        void run() throws IOException;
    }

    private final DnstapLog log;
    private final Cstruct chunk = Cstruct.create(DnstapLog.MOST_FRAME_OCTETS);
    private final Thread thread;
    private volatile boolean closed;

    private DnstapWriter(DnstapLog log, Thread.Builder threads, SessionOf session) {
        this.log = log;
        Session one = session.with(this);
        thread = threads.start(() -> repeat(one));
    }

    private interface SessionOf {
        Session with(DnstapWriter writer);
    }

    /// To a file, which is closed in the end.
    public static DnstapWriter toFile(DnstapLog log, WritableByteChannel file) {
        return new DnstapWriter(log, threads(), writer -> () -> writer.pumpToFile(file));
    }

    /// To a program that answers (the two-way form of Frame Streams), at a socket.
    public static DnstapWriter toSocket(DnstapLog log, Opener socket) {
        return new DnstapWriter(log, threads(), writer -> () -> writer.pumpToSocket(socket));
    }

    /// The same by TCP, on whatever network there is.
    public static DnstapWriter toServer(DnstapLog log, Connector network, Endpoint server) {
        return toSocket(log, () -> new FlowChannel(network.connect(server)));
    }

    private static Thread.Builder threads() {
        return Thread.ofVirtual().name("dnstap");
    }

    private void repeat(Session session) {
        while (!closed) {
            try {
                session.run();
                return;
            } catch (IOException e) {
                // Nobody reads: the log fills up and counts. Later there may be somebody.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void pumpToFile(WritableByteChannel file) throws IOException {
        try (file) {
            write(file, FrameStreams.control(FrameStreams.START, DnstapLog.CONTENT_TYPE));
            pump(file);
            write(file, FrameStreams.control(FrameStreams.STOP));
        } catch (ClosedChannelException e) {
            closed = true; // a file that is closed does not come back
        }
    }

    private void pumpToSocket(Opener opener) throws IOException {
        try (ByteChannel socket = opener.open()) {
            write(socket, FrameStreams.control(FrameStreams.READY, DnstapLog.CONTENT_TYPE));
            await(socket, FrameStreams.ACCEPT);
            write(socket, FrameStreams.control(FrameStreams.START, DnstapLog.CONTENT_TYPE));
            pump(socket);
            write(socket, FrameStreams.control(FrameStreams.STOP));
            await(socket, FrameStreams.FINISH);
        }
    }

    private void pump(WritableByteChannel to) throws IOException {
        while (true) {
            boolean isLast = closed;
            int length;
            while ((length = log.take(chunk)) > 0) write(to, chunk.sub(0, length).readOnly());
            if (isLast) return;
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static void write(WritableByteChannel to, ReadOnlyCstruct octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets.toByteArray());
        while (buffer.hasRemaining()) to.write(buffer);
    }

    private static void await(ByteChannel from, int type) throws IOException {
        ReadOnlyCstruct head = read(from, 8);
        int length = head.u32be(4);
        if (head.u32be(0) != 0 || length < 4 || length > FrameStreams.MOST_CONTROL_OCTETS) {
            throw new IOException("no control frame of Frame Streams");
        }
        if (!FrameStreams.is(read(from, length), type, DnstapLog.CONTENT_TYPE)) {
            throw new IOException("the reader does not want " + DnstapLog.CONTENT_TYPE);
        }
    }

    private static ReadOnlyCstruct read(ByteChannel from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (from.read(buffer) < 0) throw new IOException("the reader has closed");
        }
        return ReadOnlyCstruct.of(buffer.flip());
    }

    /// Writes what is there by now, and ends in order; a reader that takes too long is left.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        try {
            if (!thread.join(Duration.ofMillis(CLOSE_MILLIS))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            thread.interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
