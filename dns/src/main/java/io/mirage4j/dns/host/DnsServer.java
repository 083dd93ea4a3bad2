// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.server.Counters;
import io.mirage4j.dns.server.QueryLog;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.server.ServerPolicy;
import io.mirage4j.dns.server.ZoneRequests;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Listener;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An authoritative server: zones, and the ports at which it answers from them.
///
/// ```java
/// var server = new DnsServer(ServerOptions.of(entropy.nextLong(), entropy.nextLong()), clock);
/// server.zones(Zones.of(zone));
/// server.serve(SocketDatagrams.open(here));
/// server.serve(SocketListener.open(here));
/// ```
///
/// Zones may be replaced at any time: each request is answered from those that are there when it is
/// looked at, and none is lost. Any thread may call any method.
public final class DnsServer implements Closeable {
    private final ServerOptions options;
    private final Clock clock;
    private final List<Closeable> ports = new CopyOnWriteArrayList<>();
    private final List<Counters> counters = new CopyOnWriteArrayList<>();
    private final StreamServer streams;
    private volatile Zones zones = Zones.NONE;
    private volatile ServerPolicy policy = ServerPolicy.STANDARD;
    private volatile ZoneRequests requests = ZoneRequests.NONE;
    private volatile @Nullable QueryLog log;
    private volatile @Nullable DnstapLog tap;
    private volatile boolean closed;

    public DnsServer(ServerOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.streams = new StreamServer(this, options, clock);
    }

    /// Answers from these from now on.
    public void zones(Zones zones) {
        this.zones = zones;
    }

    public Zones zones() {
        return zones;
    }

    /// Knows these keys, and who may do what, from now on.
    public void policy(ServerPolicy policy) {
        this.policy = policy;
    }

    public ServerPolicy policy() {
        return policy;
    }

    /// Hands updates and notifications to whoever keeps the zones, from now on.
    public void requests(ZoneRequests requests) {
        this.requests = requests;
    }

    /// Notes questions there from now on; null for nowhere.
    public void log(@Nullable QueryLog log) {
        this.log = log;
    }

    /// Notes questions and answers there too from now on, in octets; null for nowhere.
    public void tap(@Nullable DnstapLog tap) {
        this.tap = tap;
    }

    @Nullable DnstapLog tap() {
        return tap;
    }

    /// What was done so far: one for each port, and one for each stream that is or was answered at
    /// the same time as another.
    public List<Counters> counters() {
        return new ArrayList<>(counters);
    }

    /// Answers datagrams, in a thread of its own, until the port or the server is closed.
    public void serve(Datagrams port) throws IOException {
        open(port);
        Responder responder = responder();
        Thread.Builder thread = port.holdsThread() ? Thread.ofPlatform() : Thread.ofVirtual();
        thread.name("dns-udp-" + port.local())
                .start(() -> new DatagramServer(this, port, responder, clock).run());
    }

    /// Answers streams, each in a virtual thread, until the listener or the server is closed.
    public void serve(Listener listener) throws IOException {
        open(listener);
        Thread.ofVirtual().name("dns-tcp").start(() -> streams.accept(listener));
    }

    private void open(Closeable port) throws IOException {
        ports.add(port);
        if (closed) {
            port.close();
        }
    }

    Responder responder() {
        var responder = new Responder(options);
        counters.add(responder.counters());
        return responder;
    }

    /// Gives a responder what it answers the next request from.
    void prepare(Responder responder) {
        // The policy first: a zone that is there is meant to be there.
        responder.policy(policy);
        responder.requests(requests);
        responder.zones(zones);
        responder.log(log);
    }

    boolean isClosed() {
        return closed;
    }

    /// Closes all ports and streams. A request that is being answered is lost with them.
    @Override
    public void close() throws IOException {
        closed = true;
        IOException failed = null;
        for (Closeable port : ports) {
            try {
                port.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        streams.close();
        if (failed != null) throw failed;
    }
}
