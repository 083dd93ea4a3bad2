// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.EventFlow;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// A TCP connection of the kernel, read and written in place, on the heap too. In the rhythm of
/// request and response a read is one call of the kernel's, and so is a write.
final class EpollFlow implements EventFlow {
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final int SHUT_WR = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int UNREAD_AT_ONCE = 1 << 13;
    private static final int UNREAD_READS = 128;

    private final EpollSocket socket;
    private final Endpoint local;
    private final Endpoint remote;

    private final SocketCalls input = new SocketCalls(); // of the thread that reads
    private final SocketCalls output = new SocketCalls(); // of the one that writes
    private volatile long readTimeoutNanos;
    private volatile boolean outputDown;

    EpollFlow(EpollSocket socket, Endpoint local, Endpoint remote) {
        this.socket = socket;
        this.local = local;
        this.remote = remote;
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        socket.check();
        if (buf.isEmpty()) return 0;
        MemorySegment target = buf.asSegment();
        while (true) {
            int count = readSome(target);
            if (count != 0) return count;
            socket.awaitReadable(readTimeoutNanos, "read");
        }
    }

    @Override
    public int tryRead(Cstruct buf) throws IOException {
        socket.check();
        return buf.isEmpty() ? 0 : readSome(buf.asSegment());
    }

    /// 0 if nothing is there.
    private int readSome(MemorySegment target) throws IOException {
        while (socket.takeReadable()) {
            long count = receive(target);
            if (count > 0) {
                // Less than there was room for is all there was: more, or the end, is an event.
                if (count == target.byteSize()) {
                    socket.stillReadable();
                }
                return (int) count;
            }
            if (count == -CLibrary.EAGAIN) {
                socket.notReadable();
                return 0;
            }
            socket.stillReadable();
            if (count == 0) return END;
            if (count != -CLibrary.EINTR) throw socket.because("read from " + remote, count);
        }
        return 0;
    }

    private long receive(MemorySegment target) throws IOException {
        int fd = acquire();
        try {
            return input.recv(fd, target, 0);
        } finally {
            socket.descriptor().release();
        }
    }

    private int acquire() throws IOException {
        try {
            return socket.descriptor().acquire();
        } catch (IOException e) {
            socket.check();
            throw e;
        }
    }

    @Override
    public void write(ReadOnlyCstruct buf) throws IOException {
        checkOutput();
        int length = buf.length();
        MemorySegment source = buf.asSegment();
        int at = 0;
        try {
            while (at < length) {
                int count = writeSome(at == 0 ? source : source.asSlice(at), length - at);
                at += count;
                if (count == 0) {
                    socket.awaitWritable();
                    checkOutput();
                }
            }
        } catch (InterruptedIOException e) {
            e.bytesTransferred = at;
            throw e;
        }
    }

    @Override
    public int tryWrite(ReadOnlyCstruct buf) throws IOException {
        checkOutput();
        return buf.isEmpty() ? 0 : writeSome(buf.asSegment(), buf.length());
    }

    /// 0 if there is no room.
    private int writeSome(MemorySegment source, int length) throws IOException {
        while (socket.takeWritable()) {
            long count = send(source, length);
            if (count == -CLibrary.EAGAIN) return 0;
            socket.stillWritable(); // or the next write would wait for what never comes
            if (count > 0) return (int) count;
            if (count != -CLibrary.EINTR) throw socket.because("write to " + remote, count);
        }
        return 0;
    }

    private long send(MemorySegment source, int length) throws IOException {
        int fd = acquire();
        try {
            return output.send(fd, source, length, MSG_NOSIGNAL);
        } finally {
            socket.descriptor().release();
        }
    }

    private void checkOutput() throws IOException {
        socket.check();
        if (outputDown) throw new IOException("output is shut down");
    }

    @Override
    public boolean tell(Arrival arrival) {
        return socket.tell(arrival);
    }

    @Override
    public boolean forget(Arrival arrival) {
        return socket.forget(arrival);
    }

    @Override
    public void readTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        readTimeoutNanos = nanos;
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.check();
        outputDown = true;
        int fd = acquire();
        try {
            int result = new SocketCalls().shutdown(fd, SHUT_WR);
            if (result < 0) throw socket.because("shut down to " + remote, result);
        } finally {
            socket.descriptor().release();
        }
    }

    /// Sends RST: not to linger is how a kernel is told so.
    @Override
    public void abort() {
        if (!socket.end("flow was aborted")) return;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment linger = arena.allocateFrom(ValueLayout.JAVA_INT, 1, 0);
            int fd = socket.descriptor().acquire();
            try {
                new SocketCalls().setsockopt(fd, SOL_SOCKET, SO_LINGER, linger);
            } finally {
                socket.descriptor().release();
            }
        } catch (IOException e) {
            // It has gone before: all that an abort is for.
        }
        socket.close();
    }

    @Override
    public void close() throws IOException {
        if (!socket.end("flow is closed")) return;
        try {
            finish(socket.descriptor().acquire());
        } finally {
            socket.descriptor().release();
            socket.close();
        }
    }

    /// Lets go of the input first: to close a socket that holds any is a reset to the kernel, which
    /// drops what was written and has not gone (RFC 2525, 2.17).
    private static void finish(int fd) {
        var calls = new SocketCalls();
        calls.shutdown(fd, SHUT_WR);
        MemorySegment unread = MemorySegment.ofArray(new byte[UNREAD_AT_ONCE]);
        for (int i = 0; i < UNREAD_READS && calls.recv(fd, unread, 0) > 0; i++) {}
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
