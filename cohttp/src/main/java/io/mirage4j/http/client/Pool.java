// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.platform.Clock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The connections of a client, by where they go. Whoever finds all of a place's in use waits.
final class Pool {
    /// What tells connections apart.
    record Place(String scheme, String host, int port, String proxy) {}

    private static final class Connections {
        final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
        int open;
    }

    private final Map<Place, Connections> places = new HashMap<>();
    private final Clock clock;
    private final int mostOfPlace;
    private final long idleNanos;
    private boolean closed;

    Pool(Clock clock, int mostOfPlace, long idleNanos) {
        this.clock = clock;
        this.mostOfPlace = mostOfPlace;
        this.idleNanos = idleNanos;
    }

    /// An idle connection, or null for the right to open one: either is given back.
    @Nullable ClientConnection take(Place place, long timeoutNanos) throws IOException {
        ClientConnection found = take0(place, timeoutNanos);
        if (found == null || found.isQuiet()) return found;
        found.close();
        return null;
    }

    private synchronized @Nullable ClientConnection take0(Place place, long timeoutNanos)
            throws IOException {
        long deadline = clock.nanoTime() + timeoutNanos;
        Connections connections = places.computeIfAbsent(place, _ -> new Connections());
        while (true) {
            if (closed) throw new IOException("the client is closed");
            dropStale(connections);
            ClientConnection idle = connections.idle.pollLast();
            if (idle != null) return idle;
            if (connections.open < mostOfPlace) {
                connections.open++;
                return null;
            }
            long left = deadline - clock.nanoTime();
            if (left <= 0) throw new IOException(place + ": all connections are in use");
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("wait for a connection was interrupted");
            }
        }
    }

    private void dropStale(Connections connections) {
        long now = clock.nanoTime();
        while (!connections.idle.isEmpty()
                && now - connections.idle.peekFirst().idleSince > idleNanos) {
            connections.idle.removeFirst().close();
            connections.open--;
        }
    }

    synchronized void give(Place place, ClientConnection connection) {
        Connections connections = places.get(place);
        if (connections == null || closed) {
            connection.close();
            return;
        }
        connection.idleSince = clock.nanoTime();
        connections.idle.addLast(connection);
        notifyAll();
    }

    /// A connection that was taken, or was to be opened, is no more.
    synchronized void lost(Place place) {
        Connections connections = places.get(place);
        if (connections != null) {
            connections.open--;
            if (connections.open == 0) {
                places.remove(place);
            }
        }
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        for (Connections connections : places.values()) {
            connections.idle.forEach(ClientConnection::close);
        }
        places.clear();
        notifyAll();
    }
}
