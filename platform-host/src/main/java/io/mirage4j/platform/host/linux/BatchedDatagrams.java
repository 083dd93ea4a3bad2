// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A UDP port of Linux for those who get many datagrams: as many as there are come, and go, by one
/// system call (`recvmmsg`, `sendmmsg`).
///
/// A receive waits in the kernel and holds its thread for that time, a virtual one's carrier too:
/// give the port a thread of its own. An interrupt is noticed within a tenth of a second. Nothing
/// here allocates, but the endpoint of somebody who was not heard of lately.
public final class BatchedDatagrams implements Datagrams {
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int MSG_WAITFORONE = 0x10000;
    private static final int SHUT_RDWR = 2;

    private static final int BATCH = 64;
    private static final int FIRST_CAPACITY = 2048;
    private static final int KNOWN = 1024;
    private static final long TICK_NANOS = 100_000_000;

    private final Descriptor descriptor;
    private final int family;
    private final Endpoint local;
    private final @Nullable IpAddress localAddress;

    // The receiver's.
    private final SocketCalls receiving = new SocketCalls();
    private final @Nullable Endpoint[] known = new Endpoint[KNOWN];
    private final MemorySegment timeval = Arena.ofAuto().allocate(16, 8);
    private MessageBatch in = new MessageBatch(BATCH, FIRST_CAPACITY);
    private long waitNanos = TICK_NANOS;
    private volatile long receiveTimeoutNanos;

    // The sender's.
    private final SocketCalls sending = new SocketCalls();
    private final Datagram[] one = new Datagram[1];
    private MessageBatch out = new MessageBatch(BATCH, FIRST_CAPACITY);

    private BatchedDatagrams(Descriptor descriptor, int number, int family, Endpoint local) {
        this.descriptor = descriptor;
        this.family = family;
        this.local = local;
        localAddress = local.address().isUnspecified() ? null : local.address();
        // It is not connected, says the kernel, and lets go of who waits nevertheless.
        descriptor.whenClosed(() -> new SocketCalls().shutdown(number, SHUT_RDWR));
    }

    /// Whether this is Linux and native access was granted to this module; elsewhere there is
    /// `SocketDatagrams`.
    public static boolean isSupported() {
        return Kernel.isCallable();
    }

    /// Opens the port `local`, whose number may be 0; `[::]` is any address of both versions.
    public static BatchedDatagrams open(Endpoint local) throws IOException {
        return open(local, false);
    }

    /// Opens the same port several times: the kernel shares the clients out among them, so that
    /// each can have a thread of its own.
    public static List<BatchedDatagrams> openShared(Endpoint local, int count) throws IOException {
        List<BatchedDatagrams> ports = new ArrayList<>();
        try {
            Endpoint next = local;
            for (int i = 0; i < count; i++) {
                ports.add(open(next, true));
                next = ports.getFirst().local;
            }
            return ports;
        } catch (IOException e) {
            for (BatchedDatagrams port : ports) {
                port.close();
            }
            throw e;
        }
    }

    private static BatchedDatagrams open(Endpoint local, boolean isShared) throws IOException {
        var calls = new SocketCalls();
        int family = SocketAddressWire.family(local.address());
        String name = "open " + local;
        int number = CLibrary.check(calls.socket(family, SOCK_DGRAM_CLOEXEC, 0), name);
        var descriptor = new Descriptor("port " + local, number);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(16, 8);
            MemorySegment address = arena.allocate(SocketAddressWire.OCTETS, 8);
            if (family == SocketAddressWire.AF_INET6) {
                value.set(JAVA_INT, 0, local.address().isUnspecified() ? 0 : 1);
                CLibrary.check(
                        calls.setsockopt(number, IPPROTO_IPV6, IPV6_V6ONLY, value.asSlice(0, 4)),
                        name);
            }
            if (isShared) {
                value.set(JAVA_INT, 0, 1);
                CLibrary.check(
                        calls.setsockopt(number, SOL_SOCKET, SO_REUSEPORT, value.asSlice(0, 4)),
                        name);
            }
            CLibrary.check(setWait(calls, number, SO_RCVTIMEO, value, TICK_NANOS), name);
            CLibrary.check(setWait(calls, number, SO_SNDTIMEO, value, TICK_NANOS), name);
            int length = SocketAddressWire.put(address, 0, family, local);
            CLibrary.check(calls.bind(number, address.asSlice(0, length)), name);
            value.set(JAVA_INT, 0, SocketAddressWire.OCTETS);
            CLibrary.check(calls.getsockname(number, address, value), name);
            Endpoint bound = SocketAddressWire.get(address, 0, null);
            return new BatchedDatagrams(descriptor, number, family, bound);
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    /// Nothing waits in the kernel for longer than that: `struct timeval` has microseconds, and 0
    /// means for ever.
    private static int setWait(
            SocketCalls calls, int number, int option, MemorySegment timeval, long nanos) {
        long micros = Math.max(1, nanos / 1000);
        timeval.set(JAVA_LONG, 0, micros / 1_000_000);
        timeval.set(JAVA_LONG, 8, micros % 1_000_000);
        return calls.setsockopt(number, SOL_SOCKET, option, timeval);
    }

    @Override
    public boolean holdsThread() {
        return true;
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public void receive(Datagram into) throws IOException {
        receive(new Datagram[] {into});
    }

    @Override
    public int receive(Datagram[] into) throws IOException {
        int count = Math.min(into.length, BATCH);
        if (count == 0) return 0;
        makeRoom(into, count);
        int received = await(count);
        for (int i = 0; i < received; i++) {
            Datagram envelope = into[i];
            int length = Math.min(in.received(i), envelope.buffer().length());
            in.buffer(i).copyTo(0, envelope.buffer(), 0, length);
            envelope.length(length).remote(sender(i)).local(localAddress);
            in.endpointLength(i, SocketAddressWire.OCTETS);
        }
        return received;
    }

    private void makeRoom(Datagram[] into, int count) {
        int longest = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, into[i].buffer().length());
        }
        if (longest > in.capacity) {
            in = new MessageBatch(BATCH, longest);
        }
    }

    private Endpoint sender(int i) {
        long off = MessageBatch.endpointOff(i);
        int place = SocketAddressWire.hash(in.endpoints, off) & (KNOWN - 1);
        Endpoint sender = SocketAddressWire.get(in.endpoints, off, known[place]);
        known[place] = sender;
        return sender;
    }

    private int await(int count) throws IOException {
        long timeout = receiveTimeoutNanos;
        long start = timeout == 0 ? 0 : System.nanoTime();
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("receive was interrupted");
            }
            long left = timeout == 0 ? TICK_NANOS : timeout - (System.nanoTime() - start);
            int received = receiveWithin(Math.clamp(left, 1000, TICK_NANOS), count);
            // A port that is closed gives a datagram from nobody.
            if (descriptor.isClosed()) throw new IOException("port " + local + " is closed");
            if (received > 0) return received;
            if (received != -CLibrary.EAGAIN && received != -CLibrary.EINTR) {
                throw CLibrary.failure(received, "receive at " + local);
            }
            if (timeout != 0 && System.nanoTime() - start >= timeout) {
                throw new TimedOutException("receive waited for " + timeout + " ns");
            }
        }
    }

    private int receiveWithin(long nanos, int count) throws IOException {
        int number = descriptor.acquire();
        try {
            if (nanos != waitNanos) {
                CLibrary.check(setWait(receiving, number, SO_RCVTIMEO, timeval, nanos), "receive");
                waitNanos = nanos;
            }
            return receiving.recvmmsg(number, in.headers, count, MSG_WAITFORONE);
        } finally {
            descriptor.release();
        }
    }

    @Override
    public void send(Datagram datagram) throws IOException {
        one[0] = datagram;
        send(one, 1);
    }

    @Override
    public void send(Datagram[] datagrams, int count) throws IOException {
        Objects.checkFromIndexSize(0, count, datagrams.length);
        IOException failed = null;
        for (int from = 0; from < count; from += BATCH) {
            IOException now = sendBatch(datagrams, from, Math.min(BATCH, count - from));
            failed = failed == null ? now : failed;
        }
        if (failed != null) throw failed;
    }

    private @Nullable IOException sendBatch(Datagram[] datagrams, int from, int count) {
        int longest = 0;
        for (int i = from; i < from + count; i++) {
            longest = Math.max(longest, datagrams[i].length());
        }
        if (longest > out.capacity) {
            out = new MessageBatch(BATCH, longest);
        }
        IOException failed = null;
        int ready = 0;
        for (int i = from; i < from + count; i++) {
            Datagram datagram = datagrams[i];
            String fault = fault(datagram);
            if (fault == null) {
                datagram.buffer().copyTo(0, out.buffer(ready), 0, datagram.length());
                out.length(ready, datagram.length());
                long off = MessageBatch.endpointOff(ready);
                int length = SocketAddressWire.put(out.endpoints, off, family, datagram.remote());
                out.endpointLength(ready, length);
                ready++;
            } else if (failed == null) {
                failed = new IOException("port " + local + " does not send " + fault);
            }
        }
        IOException refused = sendAll(ready);
        return failed == null ? refused : failed;
    }

    private @Nullable String fault(Datagram datagram) {
        IpAddress source = datagram.local();
        if (source != null && !source.equals(localAddress)) return "from " + source;
        boolean isWide = datagram.remote().address().lengthOctets() == 16;
        return isWide && family == SocketAddressWire.AF_INET ? "to " + datagram.remote() : null;
    }

    private @Nullable IOException sendAll(int count) {
        IOException failed = null;
        for (int at = 0; at < count; ) {
            int sent;
            try {
                int number = descriptor.acquire();
                try {
                    sent = sending.sendmmsg(number, out.from(at), count - at, 0);
                } finally {
                    descriptor.release();
                }
            } catch (IOException e) {
                return e;
            }
            if (sent >= 0) {
                at += sent;
            } else if (sent != -CLibrary.EAGAIN && sent != -CLibrary.EINTR) {
                Endpoint to =
                        SocketAddressWire.get(out.endpoints, MessageBatch.endpointOff(at), null);
                failed = failed == null ? CLibrary.failure(sent, "send to " + to) : failed;
                at++;
            }
        }
        return failed;
    }

    @Override
    public void receiveTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        receiveTimeoutNanos = nanos;
    }

    /// The kernel's port is closed when nobody waits at it any more; those who do leave at once.
    @Override
    public void close() {
        descriptor.close();
    }
}
