// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who listens at which port, and the ports that are kept from being chosen.
final class Listeners {
    private final Map<Integer, List<TcpListener>> listeners = new HashMap<>();
    private final Map<Integer, TcpSettings> bound = new HashMap<>();

    /// Those with somebody to accept.
    private final ArrayDeque<TcpListener> ready = new ArrayDeque<>();

    void add(TcpListener listener) {
        List<TcpListener> there = listeners.computeIfAbsent(listener.port, _ -> new ArrayList<>(1));
        for (TcpListener l : there) {
            if (l.excludes(listener)) {
                throw new IllegalArgumentException(
                        "port " + listener.port + " has a listener already");
            }
        }
        there.add(listener);
    }

    void remove(TcpListener listener) {
        List<TcpListener> there = listeners.get(listener.port);
        if (there == null) return;
        there.remove(listener);
        if (there.isEmpty()) {
            listeners.remove(listener.port);
        }
    }

    /// Who is to be told of a segment: whoever waits at its address before whoever waits at any.
    @Nullable TcpListener find(Envelope e, int port) {
        List<TcpListener> there = listeners.get(port);
        if (there == null) return null;
        TcpListener any = null;
        for (int i = 0; i < there.size(); i++) {
            TcpListener l = there.get(i);
            if (l.isAt(e.destinationHigh, e.destinationLow)) return l;
            if (l.isAny() && l.versions.has(e.destinationHigh, e.destinationLow)) {
                any = l;
            }
        }
        return any;
    }

    void bind(int port, TcpSettings settings) {
        bound.put(port, settings);
    }

    void unbind(int port) {
        bound.remove(port);
    }

    /// What a bound port answers strangers with.
    TcpSettings settings(int port) {
        return bound.getOrDefault(port, TcpStack.NO_SETTINGS);
    }

    boolean isTaken(int port) {
        return listeners.containsKey(port) || bound.containsKey(port);
    }

    void isReady(TcpListener listener) {
        if (ready.peekLast() != listener) {
            ready.add(listener);
        }
    }

    @Nullable TcpListener nextReady() {
        return ready.poll();
    }
}
