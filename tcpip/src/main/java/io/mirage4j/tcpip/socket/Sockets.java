// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.Transport;
import io.mirage4j.platform.connect.FlowRace;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpStack;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The sockets of one stack. A loop drives the stack; what threads ask for is handed over to it, so
/// any thread may ask, but for the loop's own: a call that waits there waits for itself.
///
/// ```java
/// Sockets net = Sockets.start(stack, clock, engine -> HostLoop.start("net", engine, nic, clock));
/// Flow flow = net.connect(Endpoint.of("192.0.2.1:80"));
/// Listener web = net.listen(Endpoint.of("[::]:80"));
/// Datagrams dns = net.bind(Endpoint.of("[::]:53"));
/// ```
///
/// Octets go between a caller's buffer and the stack in one copy, made by the loop while the caller
/// waits.
public final class Sockets implements Transport {
    /// How many connections wait to be accepted, unless told otherwise.
    public static final int BACKLOG = 128;

    private static final long RETRY_NANOS = 10_000_000;

    private final Stack stack;
    private final TcpStack tcp;
    private final Clock clock;
    private final Driven driven = new Driven();
    private volatile @Nullable Executor loop;
    private volatile boolean closed;
    private final AtomicBoolean closing = new AtomicBoolean();

    // The loop's.
    private final Map<TcpListener, TcpServerSocket> servers = new HashMap<>();
    private final Set<UdpSocket> ports = new HashSet<>();
    private final ArrayDeque<TcpSocket> starved = new ArrayDeque<>();
    private long latest;

    private Sockets(Stack stack, Clock clock) {
        this.stack = stack;
        this.tcp = stack.tcp();
        this.clock = clock;
    }

    /// Gives `stack` to a loop, and sockets to everybody. The stack is the loop's from now on;
    /// [#run] reaches it.
    ///
    /// @throws IOException if the loop does not start
    public static Sockets start(Stack stack, Clock clock, Driver driver) throws IOException {
        var sockets = new Sockets(stack, clock);
        sockets.loop = driver.drive(sockets.driven);
        return sockets;
    }

    @Override
    public TcpSocket connect(Endpoint remote) throws IOException {
        return connect(remote, new TcpSettings());
    }

    /// As [#connect(Endpoint)], with options of the caller's.
    public TcpSocket connect(Endpoint remote, TcpSettings settings) throws IOException {
        return new ConnectCall(this, stack, remote, settings, Cstruct.empty()).socket();
    }

    /// As [#connect(Endpoint, TcpSettings)], and writes `first`: with the SYN as far as Fast Open
    /// allows (RFC 7413), so that an answer may be there a round trip earlier. The other end may
    /// get such data twice.
    public TcpSocket connect(Endpoint remote, TcpSettings settings, ReadOnlyCstruct first)
            throws IOException {
        TcpSettings own = settings.copy();
        own.fastOpen = true;
        var call = new ConnectCall(this, stack, remote, own, first);
        TcpSocket socket = call.socket();
        if (call.transferred() < first.length()) {
            socket.write(first.sub(call.transferred(), first.length() - call.transferred()));
        }
        return socket;
    }

    /// Connects to one of several addresses of a host: to the first that answers. They are tried in
    /// the order of RFC 6724, each a quarter of a second after the one before, or as soon as that
    /// has failed (RFC 8305).
    ///
    /// @throws IOException if none does: what kept the first to fail, and of the others suppressed
    public TcpSocket connect(List<? extends IpAddress> addresses, int port) throws IOException {
        List<IpAddress> ordered = new ArrayList<>();
        run((stack, now) -> ordered.addAll(stack.byPreference(addresses)));
        if (ordered.isEmpty()) throw new IOException("port " + port + ": no address was given");
        List<Endpoint> endpoints = ordered.stream().map(to -> new Endpoint(to, port)).toList();
        try {
            return FlowRace.run(this::connect, endpoints, Sockets::firstOf);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("connect to " + endpoints + " was interrupted");
        }
    }

    private static IOException firstOf(List<IOException> failures) {
        IOException first = failures.getFirst();
        failures.subList(1, failures.size()).forEach(first::addSuppressed);
        return first;
    }

    /// Listens at an endpoint of ours; `::` is any address of both versions, `0.0.0.0` any of IPv4,
    /// and port 0 a free one.
    ///
    /// @throws IOException if it is taken
    @Override
    public TcpServerSocket listen(Endpoint local) throws IOException {
        return listen(local, BACKLOG, new TcpSettings());
    }

    /// As [#listen(Endpoint)].
    ///
    /// @param backlog how many connections wait for [TcpServerSocket#accept]
    /// @param settings those that accepted connections begin with
    public TcpServerSocket listen(Endpoint local, int backlog, TcpSettings settings)
            throws IOException {
        return TcpServerSocket.open(this, local, versions(local), backlog, settings);
    }

    /// As [#listen(Endpoint)], at any address of some versions: so to IPv6 alone, while somebody
    /// else has the port of IPv4.
    ///
    /// @throws IOException if it is taken
    public TcpServerSocket listen(IpVersions versions, int port) throws IOException {
        return TcpServerSocket.open(
                this, any(versions, port), versions, BACKLOG, new TcpSettings());
    }

    private static Endpoint any(IpVersions versions, int port) {
        return new Endpoint(
                versions == IpVersions.IPV4 ? Ipv4Address.UNSPECIFIED : Ipv6Address.UNSPECIFIED,
                port);
    }

    private static IpVersions versions(Endpoint local) {
        return IpVersions.of(Addresses.high(local.address()), Addresses.low(local.address()));
    }

    /// Binds a UDP port: to one address of ours, or to any: of both versions for `::`, of IPv4 for
    /// `0.0.0.0`. Port 0 takes a free one.
    ///
    /// @throws IOException if it is taken
    @Override
    public UdpSocket bind(Endpoint local) throws IOException {
        return UdpSocket.open(this, local, versions(local));
    }

    /// As [#bind(Endpoint)], to any address of some versions.
    ///
    /// @throws IOException if it is taken
    public UdpSocket bind(IpVersions versions, int port) throws IOException {
        return UdpSocket.open(this, any(versions, port), versions);
    }

    /// Does something with the stack where that is allowed, and waits for it.
    ///
    /// @throws IOException if these sockets are closed
    public void run(StackTask task) throws IOException {
        new Call(this, "task") {
            @Override
            boolean attempt(long now) {
                task.run(stack, now);
                return true;
            }
        }.await();
    }

    /// Something to be done with a stack by its one owner.
    @FunctionalInterface
    public interface StackTask {
        void run(Stack stack, long nowNanos);
    }

    /// Aborts all connections, closes all listeners and ports, so that every call fails that still
    /// waits; then closes the loop, if it can be closed. Twice is as once.
    @Override
    public void close() throws IOException {
        if (closing.getAndSet(true)) return;
        Executor driver = loop;
        try {
            new Call(this, "close") {
                @Override
                boolean attempt(long now) {
                    endAll(now);
                    return true;
                }
            }.await();
        } catch (ClosedLoopException e) {
            // Nobody drives the stack any more.
            endAll(now());
        } finally {
            closed = true;
            if (driver instanceof Closeable closeable) {
                closeable.close();
            }
        }
    }

    /// In the loop, or where there is none any more: then whoever closes may meet the loop's end.
    private synchronized void endAll(long now) {
        closed = true;
        List<TcpConnection> all = new ArrayList<>();
        tcp.forEach(all::add);
        for (TcpConnection c : all) {
            switch (c.attachment) {
                case TcpSocket socket -> socket.abortNow(now);
                case ConnectCall call -> call.abortNow(now);
                case null, default -> {}
            }
        }
        List.copyOf(servers.values()).forEach(server -> server.closeNow(now));
        List.copyOf(ports).forEach(port -> port.closeNow(now));
    }

    // For sockets, in any thread.

    void execute(Runnable task) throws ClosedLoopException {
        Executor driver = loop;
        if (closed || driver == null) throw new ClosedLoopException("the stack is closed");
        try {
            driver.execute(task);
        } catch (RejectedExecutionException e) {
            throw new ClosedLoopException("the stack's loop has ended");
        }
    }

    /// As [#execute], for what needs no doing where nothing is done any more.
    void executeIfOpen(Runnable task) {
        try {
            execute(task);
        } catch (ClosedLoopException e) {
            // Then the connection is gone, too.
        }
    }

    static final class ClosedLoopException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedLoopException(String message) {
            super(message);
        }
    }

    // For sockets, in the loop.

    Stack stack() {
        return stack;
    }

    /// Never goes back, whatever the loop took as now when its round began.
    long now() {
        return notBefore(clock.nanoTime());
    }

    private long notBefore(long now) {
        latest = Math.max(latest, now);
        return latest;
    }

    boolean isClosed() {
        return closed;
    }

    void add(TcpListener listener, TcpServerSocket server) {
        servers.put(listener, server);
    }

    void remove(TcpListener listener) {
        servers.remove(listener);
    }

    void add(UdpSocket port) {
        ports.add(port);
    }

    void remove(UdpSocket port) {
        ports.remove(port);
    }

    /// The budget of the whole stack is used up, so no acknowledgment will wake this writer.
    void retryLater(TcpSocket socket) {
        starved.add(socket);
    }

    private void tell(long now) {
        for (TcpConnection c; (c = tcp.nextEvent()) != null; ) {
            tcp.takeEvents(c);
            switch (c.attachment) {
                case TcpSocket socket -> socket.changed(now);
                case ConnectCall call -> call.isOver(now);
                case null, default -> {} // Nobody has accepted it yet.
            }
        }
        for (TcpListener l; (l = tcp.nextListener()) != null; ) {
            TcpServerSocket server = servers.get(l);
            if (server != null) {
                server.changed(now);
            }
        }
    }

    /// What the loop drives: the stack, and after each of its steps whoever waits for that.
    private final class Driven implements Engine {
        private long retryAt = NEVER;

        @Override
        public void receive(Cstruct frame, long nowNanos) {
            long now = notBefore(nowNanos);
            stack.receive(frame, now);
            tell(now);
        }

        @Override
        public void receive(Cstruct frame, FrameNote note, long nowNanos) {
            long now = notBefore(nowNanos);
            stack.receive(frame, note, now);
            tell(now);
        }

        @Override
        public void receive(FrameBatch batch, long nowNanos) {
            long now = notBefore(nowNanos);
            stack.receive(batch, now);
            tell(now);
        }

        @Override
        public void advance(long nowNanos) {
            long now = notBefore(nowNanos);
            stack.advance(now);
            tell(now);
            if (now >= retryAt) {
                retryAt = NEVER;
                for (int i = starved.size(); i > 0; i--) {
                    starved.remove().changed(now);
                }
            }
            if (retryAt == NEVER && !starved.isEmpty()) {
                retryAt = now + RETRY_NANOS;
            }
        }

        @Override
        public int transmit(Cstruct slot, long nowNanos) {
            return stack.transmit(slot, notBefore(nowNanos));
        }

        @Override
        public int transmit(Cstruct slot, FrameNote note, long nowNanos) {
            return stack.transmit(slot, note, notBefore(nowNanos));
        }

        @Override
        public void ended() {
            endAll(now());
        }

        @Override
        public long nextDeadline() {
            return Math.min(retryAt, stack.nextDeadline());
        }
    }
}
