// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Accepts by the kernel's TCP, as the portable listener of `platform.host.net` does, for less of a
/// processor: its flows wait by epoll and their octets are copied once.
public final class EpollListener implements Listener {
    private static final int STREAM = 1;
    private static final int NONBLOCK_CLOEXEC = 0x80800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int ECONNABORTED = 103;
    private static final int BACKLOG = 1024;

    private final EpollSocket socket;
    private final Endpoint local;

    /// Held by the one who waits for the socket; others wait for that one.
    private final ReentrantLock accepting = new ReentrantLock();

    private EpollListener(EpollSocket socket, Endpoint local) {
        this.socket = socket;
        this.local = local;
    }

    /// Whether this is Linux and native access was granted to this module; elsewhere there is the
    /// portable listener.
    public static boolean isSupported() {
        return Kernel.isCallable();
    }

    /// Listens at `local`, whose port may be 0.
    public static EpollListener open(Endpoint local) throws IOException {
        int family = SocketAddressWire.family(local.address());
        var calls = new SocketCalls();
        int fd = CLibrary.check(calls.socket(family, STREAM | NONBLOCK_CLOEXEC, 0), "socket");
        boolean opened = false;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            calls.setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, on);
            MemorySegment address = arena.allocate(SocketAddressWire.OCTETS, Long.BYTES);
            int length = SocketAddressWire.put(address, 0, family, local);
            String what = "listen at " + local;
            CLibrary.check(calls.bind(fd, address.asSlice(0, length)), what);
            CLibrary.check(calls.listen(fd, BACKLOG), what);
            Endpoint bound = localOf(fd, calls, arena, null);
            opened = true;
            return new EpollListener(new EpollSocket(fd), bound);
        } finally {
            if (!opened) {
                new SystemCalls().close(fd);
            }
        }
    }

    @Override
    public Flow accept() throws IOException {
        try {
            accepting.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("accept was interrupted");
        }
        try {
            return next();
        } finally {
            accepting.unlock();
        }
    }

    private Flow next() throws IOException {
        while (true) {
            socket.check();
            if (!socket.takeReadable()) {
                socket.awaitReadable(0, "accept");
                continue;
            }
            Flow next = tryAccept();
            if (next != null) {
                socket.stillReadable();
                return next;
            }
        }
    }

    private @Nullable Flow tryAccept() throws IOException {
        var calls = new SocketCalls();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SocketAddressWire.OCTETS, Long.BYTES);
            int fd = accept(calls, address, lengthIn(arena));
            if (fd < 0) {
                if (fd == -CLibrary.EAGAIN) {
                    socket.notReadable();
                    return null;
                }
                socket.stillReadable();
                if (fd == -CLibrary.EINTR || fd == -ECONNABORTED) return null;
                throw socket.because("accept at " + local, fd);
            }
            Endpoint remote = SocketAddressWire.get(address, 0, null);
            Endpoint here = local;
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            calls.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, on);
            if (local.address().isUnspecified()) {
                here = localOf(fd, calls, arena, local);
            }
            return new EpollFlow(new EpollSocket(fd), here, remote);
        }
    }

    private int accept(SocketCalls calls, MemorySegment address, MemorySegment length)
            throws IOException {
        int listening = socket.descriptor().acquire();
        try {
            return calls.accept4(listening, address, length, NONBLOCK_CLOEXEC);
        } finally {
            socket.descriptor().release();
        }
    }

    private static Endpoint localOf(
            int fd, SocketCalls calls, Arena arena, @Nullable Endpoint known) throws IOException {
        MemorySegment address = arena.allocate(SocketAddressWire.OCTETS, Long.BYTES);
        CLibrary.check(calls.getsockname(fd, address, lengthIn(arena)), "getsockname");
        return SocketAddressWire.get(address, 0, known);
    }

    private static MemorySegment lengthIn(Arena arena) {
        return arena.allocateFrom(JAVA_INT, SocketAddressWire.OCTETS);
    }

    @Override
    public Optional<Endpoint> local() {
        return Optional.of(local);
    }

    @Override
    public void close() throws IOException {
        if (socket.end("listener is closed")) {
            socket.close();
        }
    }
}
