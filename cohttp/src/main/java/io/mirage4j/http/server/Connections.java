// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.platform.Clock;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The connections of a server: so many at a time, each of them in time, and their end. While there
/// are any, a thread looks at their deadlines.
final class Connections {
    private static final long LOOK_MILLIS = 100;

    private final Clock clock;
    private final ServerMetrics metrics;
    private final Semaphore places;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean awaited; // that there are none
    private boolean watching; // guarded by this

    Connections(Clock clock, ServerMetrics metrics, int most) {
        this.clock = clock;
        this.metrics = metrics;
        places = new Semaphore(most);
    }

    /// Who takes a place enters with a connection or gives it back.
    void awaitPlace() throws InterruptedException {
        places.acquire();
    }

    /// As [#awaitPlace], whoever interrupts.
    void takePlace() {
        places.acquireUninterruptibly();
    }

    void givePlace() {
        places.release();
    }

    void entered(Connection connection) {
        metrics.accepted();
        open.add(connection);
        synchronized (this) {
            if (!watching) {
                watching = true;
                Thread.ofVirtual().name("http deadlines").start(this::watch);
            }
        }
    }

    void left(Connection connection) {
        open.remove(connection);
        metrics.ended();
        places.release();
        if (awaited) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // Nobody has a reason to: it looks a little earlier.
            }
            long now = clock.nanoTime();
            for (Connection connection : open) {
                if (connection.look(now)) {
                    metrics.timedOut();
                }
            }
            synchronized (this) {
                if (open.isEmpty()) {
                    watching = false;
                    return;
                }
            }
        }
    }

    /// Tells all of them, and waits until they have ended. Those that have not within the time are
    /// aborted; returns how many that were.
    int drain(long timeoutNanos) throws InterruptedException {
        long deadline = clock.nanoTime() + timeoutNanos;
        awaited = true;
        open.forEach(Connection::drain);
        synchronized (this) {
            while (!open.isEmpty()) {
                long left = deadline - clock.nanoTime();
                if (left <= 0) break;
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, LOOK_MILLIS * 1_000_000));
            }
        }
        return abort();
    }

    /// Aborts all that are left; returns how many.
    int abort() {
        int count = 0;
        for (Connection connection : open) {
            connection.abort();
            count++;
        }
        return count;
    }
}
