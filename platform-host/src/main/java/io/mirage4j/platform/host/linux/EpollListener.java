// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
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
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int STREAM = 1;
    private static final int NONBLOCK_CLOEXEC = 0x80800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int ECONNABORTED = 103;
    private static final int BACKLOG = 1024;

    private static final int PORT = 2;
    private static final int ADDRESS_4 = 4;
    private static final int ADDRESS_6 = 8;
    private static final int OCTETS_4 = 16;
    private static final int OCTETS_6 = 28;

    private final EpollSocket socket;
    private final Endpoint local;

    /// Held by the one who waits for the socket; others wait for that one.
    private final ReentrantLock accepting = new ReentrantLock();

    private EpollListener(EpollSocket socket, Endpoint local) {
        this.socket = socket;
        this.local = local;
    }

    /// Listens at `local`, whose port may be 0.
    public static EpollListener open(Endpoint local) throws IOException {
        boolean v4 = local.address().lengthOctets() == Ipv4Address.OCTETS;
        int fd =
                SystemCalls.check(
                        new SystemCalls()
                                .socket(v4 ? AF_INET : AF_INET6, STREAM | NONBLOCK_CLOEXEC, 0),
                        "socket");
        var calls = new SocketCalls();
        boolean opened = false;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            calls.setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, on);
            String what = "listen at " + local;
            SystemCalls.check(calls.bind(fd, toKernel(local, arena)), what);
            SystemCalls.check(calls.listen(fd, BACKLOG), what);
            Endpoint bound = localOf(fd, calls, arena);
            opened = true;
            return new EpollListener(new EpollSocket("listener at " + bound, fd), bound);
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
            MemorySegment address = arena.allocate(OCTETS_6, Long.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, OCTETS_6);
            int fd;
            int listening = socket.descriptor().acquire();
            try {
                fd = calls.accept4(listening, address, length, NONBLOCK_CLOEXEC);
            } finally {
                socket.descriptor().release();
            }
            if (fd < 0) {
                if (fd == -SystemCalls.EAGAIN) {
                    socket.notReadable();
                    return null;
                }
                socket.stillReadable();
                if (fd == -SystemCalls.EINTR || fd == -ECONNABORTED) {
                    return null;
                }
                throw socket.because("accept at " + local, fd);
            }
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            calls.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, on);
            Endpoint remote = ofKernel(address);
            Endpoint here = localOf(fd, calls, arena);
            return new EpollFlow(new EpollSocket("flow to " + remote, fd), here, remote);
        }
    }

    private static Endpoint localOf(int fd, SocketCalls calls, Arena arena) throws IOException {
        MemorySegment address = arena.allocate(OCTETS_6, Long.BYTES);
        MemorySegment length = arena.allocateFrom(JAVA_INT, OCTETS_6);
        SystemCalls.check(calls.getsockname(fd, address, length), "getsockname");
        return ofKernel(address);
    }

    private static MemorySegment toKernel(Endpoint endpoint, Arena arena) {
        IpAddress ip = endpoint.address();
        boolean v4 = ip.lengthOctets() == Ipv4Address.OCTETS;
        MemorySegment address = arena.allocate(v4 ? OCTETS_4 : OCTETS_6, Long.BYTES);
        address.set(JAVA_SHORT, 0, (short) (v4 ? AF_INET : AF_INET6));
        address.set(JAVA_BYTE, PORT, (byte) (endpoint.port() >> 8));
        address.set(JAVA_BYTE, PORT + 1, (byte) endpoint.port());
        Cstruct octets = Cstruct.create(ip.lengthOctets());
        ip.write(octets, 0);
        MemorySegment.copy(
                octets.asSegment(), 0, address, v4 ? ADDRESS_4 : ADDRESS_6, octets.length());
        return address;
    }

    private static Endpoint ofKernel(MemorySegment address) {
        Cstruct octets = Cstruct.of(address.toArray(JAVA_BYTE));
        IpAddress ip =
                address.get(JAVA_SHORT, 0) == AF_INET
                        ? Ipv4Address.read(octets, ADDRESS_4)
                        : Ipv6Address.read(octets, ADDRESS_6);
        return new Endpoint(ip, octets.u16be(PORT));
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
