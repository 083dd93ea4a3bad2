// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Serves HTTP/1.1 to whoever connects.
///
/// ```java
/// HttpServer server = HttpServer.builder(handler, clock).build();
/// server.start(listener);
/// ```
///
/// Each connection has a virtual thread, in which handlers run and may block. A message that is
/// malformed, too large or too slow is answered with the status that fits and ends its connection;
/// nothing that a client sends gets out of here as an exception.
///
/// With [#drain] it ends in order: requests under way are answered, idle connections closed.
public final class HttpServer implements Closeable {
    /// How long an idle connection is still listened to while the server drains.
    static final long DRAIN_GRACE_NANOS = 100_000_000L;

    private static final long LOOK_MILLIS = 100;
    private static final int MOST_FAILURES = 50;

    private final Handler handler;
    private final Handler connects;
    private final Clock clock;
    private final Shortcut shortcut;
    private final Rules rules;
    private final Deadlines deadlines;
    private final ServerLimits limits;
    private final AccessLog log;
    private final String scheme;
    private final CurrentDate date;
    private final Memory memory;
    private final ServerMetrics metrics;

    private final Semaphore places;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Thread> acceptors = new ArrayList<>();
    private volatile boolean draining;
    private boolean watching; // guarded by this

    private HttpServer(Builder builder) {
        handler = builder.handler;
        connects = builder.connects;
        clock = builder.clock;
        shortcut = builder.shortcut;
        rules = builder.rules;
        deadlines = builder.deadlines;
        limits = builder.limits;
        log = builder.log;
        scheme = builder.scheme;
        date = new CurrentDate(clock);
        memory = new Memory(limits.memoryOctets());
        metrics = builder.metrics;
        places = new Semaphore(limits.connections());
    }

    public static Builder builder(Handler handler, Clock clock) {
        return new Builder(handler, clock);
    }

    /// What a server is made of, where the defaults will not do.
    public static final class Builder {
        private final Handler handler;
        private final Clock clock;
        private ServerMetrics metrics = new ServerMetrics();
        private Handler connects = HttpServer::noTunnels;
        private Shortcut shortcut = Shortcut.NONE;
        private Rules rules = Rules.STRICT;
        private Deadlines deadlines = Deadlines.DEFAULT;
        private ServerLimits limits = ServerLimits.DEFAULT;
        private AccessLog log = AccessLog.NONE;
        private String scheme = "http";

        private Builder(Handler handler, Clock clock) {
            this.handler = handler;
            this.clock = clock;
        }

        /// Who answers CONNECT; by default it is 501.
        public Builder connects(Handler connects) {
            this.connects = connects;
            return this;
        }

        public Builder shortcut(Shortcut shortcut) {
            this.shortcut = shortcut;
            return this;
        }

        public Builder rules(Rules rules) {
            this.rules = rules;
            return this;
        }

        public Builder deadlines(Deadlines deadlines) {
            this.deadlines = deadlines;
            return this;
        }

        public Builder limits(ServerLimits limits) {
            this.limits = limits;
            return this;
        }

        public Builder log(AccessLog log) {
            this.log = log;
            return this;
        }

        /// Where this server counts; a handler may show the page of it.
        public Builder metrics(ServerMetrics metrics) {
            this.metrics = metrics;
            return this;
        }

        /// What requests say they came by: `https` where the flows are secured.
        public Builder scheme(String scheme) {
            this.scheme = scheme;
            return this;
        }

        public HttpServer build() {
            return new HttpServer(this);
        }
    }

    /// Accepts what connects to `listener`, which this closes in the end, in a thread of its own.
    public synchronized HttpServer start(Listener listener) {
        if (draining) {
            throw new IllegalStateException("the server was drained");
        }
        listeners.add(listener);
        acceptors.add(Thread.ofVirtual().name("http accept").start(() -> accept(listener)));
        return this;
    }

    private void accept(Listener listener) {
        int failures = 0;
        while (!draining && failures < MOST_FAILURES) {
            try {
                places.acquire();
            } catch (InterruptedException e) {
                return;
            }
            try {
                Flow flow = listener.accept();
                failures = 0;
                Thread.ofVirtual().name("http").start(() -> serveAccepted(flow));
            } catch (InterruptedIOException e) {
                places.release();
                return;
            } catch (IOException e) {
                places.release();
                failures++;
                pause(LOOK_MILLIS);
            }
        }
    }

    private void serveAccepted(Flow flow) {
        try {
            serve(flow);
        } finally {
            places.release();
        }
    }

    /// Serves one flow in the thread of the caller, until it has ended.
    public void serve(Flow flow) {
        var connection = new Connection(this, flow);
        metrics.accepted();
        connections.add(connection);
        watch();
        try {
            connection.run();
        } finally {
            connections.remove(connection);
            metrics.ended();
            if (draining) {
                synchronized (this) {
                    notifyAll();
                }
            }
        }
    }

    private synchronized void watch() {
        if (!watching) {
            watching = true;
            Thread.ofVirtual().name("http deadlines").start(this::lookAtDeadlines);
        }
    }

    private void lookAtDeadlines() {
        while (true) {
            pause(LOOK_MILLIS);
            long now = clock.nanoTime();
            for (Connection connection : connections) {
                if (connection.watched().look(now)) {
                    metrics.timedOut();
                }
            }
            synchronized (this) {
                if (connections.isEmpty()) {
                    watching = false;
                    return;
                }
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Accepts no more, answers what is under way or just coming, with `Connection: close`, and
    /// returns when all connections have ended. Those that have not within the time are aborted;
    /// returns how many that were.
    public int drain(long timeoutNanos) throws InterruptedException {
        long deadline = clock.nanoTime() + timeoutNanos;
        stopAccepting();
        connections.forEach(Connection::drain);
        synchronized (this) {
            while (!connections.isEmpty()) {
                long left = deadline - clock.nanoTime();
                if (left <= 0) {
                    break;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, LOOK_MILLIS * 1_000_000));
            }
        }
        return abortAll();
    }

    private void stopAccepting() {
        List<Listener> open;
        synchronized (this) {
            draining = true;
            open = List.copyOf(listeners);
            listeners.clear();
            acceptors.forEach(Thread::interrupt);
            acceptors.clear();
        }
        for (Listener listener : open) {
            try {
                listener.close();
            } catch (IOException e) {
                // It has failed before, then: nobody comes through it any more.
            }
        }
    }

    private int abortAll() {
        int count = 0;
        for (Connection connection : connections) {
            connection.watched().abort();
            count++;
        }
        return count;
    }

    /// Ends at once: what is under way is cut.
    @Override
    public void close() {
        stopAccepting();
        abortAll();
    }

    public ServerMetrics metrics() {
        return metrics;
    }

    boolean isDraining() {
        return draining;
    }

    private static void noTunnels(Exchange exchange) throws IOException {
        exchange.respond(
                Response.of(Status.NOT_IMPLEMENTED, "Content-Type", "text/plain; charset=utf-8"),
                ReadOnlyCstruct.of("no tunnels here\n"));
    }

    Handler handler() {
        return handler;
    }

    Handler connects() {
        return connects;
    }

    Shortcut shortcut() {
        return shortcut;
    }

    Clock clock() {
        return clock;
    }

    Rules rules() {
        return rules;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    ServerLimits limits() {
        return limits;
    }

    AccessLog log() {
        return log;
    }

    String scheme() {
        return scheme;
    }

    Memory memory() {
        return memory;
    }

    String date() {
        return date.text();
    }
}
