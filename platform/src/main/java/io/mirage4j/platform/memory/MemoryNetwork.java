// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A network in which every address is reachable from every other: listeners, connectors and
/// datagram ports of one program find each other here. Any thread may ask.
///
/// ```java
/// var network = new MemoryNetwork();
/// Listener listener = network.listen(Endpoint.of("192.0.2.1:80"));
/// Flow flow = network.connector(IpAddress.of("192.0.2.2")).connect(Endpoint.of("192.0.2.1:80"));
/// ```
public final class MemoryNetwork {
    /// Octets that a flow holds in each direction.
    public static final int FLOW_OCTETS = 65_536;

    private static final int FIRST_FREE_PORT = 49_152;
    private static final int FREE_PORTS = 65_536 - FIRST_FREE_PORT;

    private final Map<Endpoint, MemoryListener> listeners = new ConcurrentHashMap<>();
    private final Map<Endpoint, MemoryDatagrams> datagrams = new ConcurrentHashMap<>();
    private final AtomicInteger portsGiven = new AtomicInteger();

    /// A listener at `local`; port 0 takes a free one.
    ///
    /// @throws IOException if somebody listens there
    public Listener listen(Endpoint local) throws IOException {
        var listener = new MemoryListener(this, withPort(local, listeners));
        if (listeners.putIfAbsent(listener.endpoint(), listener) != null) {
            throw inUse(listener.endpoint());
        }
        return listener;
    }

    /// A port for datagrams at `local`; port 0 takes a free one.
    ///
    /// @throws IOException if somebody has it
    public Datagrams datagrams(Endpoint local) throws IOException {
        var port = new MemoryDatagrams(this, withPort(local, datagrams));
        if (datagrams.putIfAbsent(port.local(), port) != null) throw inUse(port.local());
        return port;
    }

    /// Makes flows that come from `local` and a free port.
    public Connector connector(IpAddress local) {
        return remote -> connect(new Endpoint(local, nextPort()), remote);
    }

    private Flow connect(Endpoint local, Endpoint remote) throws IOException {
        MemoryListener listener = listeners.get(remote);
        if (listener == null) throw new IOException(remote + ": nobody listens there");
        MemoryFlow.Pair pair = MemoryFlow.pair(FLOW_OCTETS, local, remote);
        listener.offer(pair.right());
        return pair.left();
    }

    void forget(MemoryListener listener) {
        listeners.remove(listener.endpoint(), listener);
    }

    void forget(MemoryDatagrams port) {
        datagrams.remove(port.local(), port);
    }

    @Nullable MemoryDatagrams datagramsAt(Endpoint endpoint) {
        return datagrams.get(endpoint);
    }

    private Endpoint withPort(Endpoint wanted, Map<Endpoint, ?> taken) throws IOException {
        if (wanted.port() != 0) return wanted;
        for (int tries = 0; tries < FREE_PORTS; tries++) {
            var candidate = new Endpoint(wanted.address(), nextPort());
            if (!taken.containsKey(candidate)) return candidate;
        }
        throw new IOException(wanted.address() + ": no free port");
    }

    private int nextPort() {
        return FIRST_FREE_PORT + Math.floorMod(portsGiven.getAndIncrement(), FREE_PORTS);
    }

    private static IOException inUse(Endpoint endpoint) {
        return new IOException(endpoint + ": in use");
    }
}
