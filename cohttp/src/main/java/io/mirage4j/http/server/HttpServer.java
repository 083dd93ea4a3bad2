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
import java.util.concurrent.ArrayBlockingQueue;

/// Serves HTTP/1.1 to whoever connects.
///
/// ```java
/// HttpServer server = HttpServer.builder(handler, clock).build();
/// server.start(listener);
/// ```
///
/// Each connection that is busy has a virtual thread, in which handlers run and may block. A
/// message that is malformed, too large or too slow is answered with the status that fits and ends
/// its connection; nothing that a client sends gets out of here as an exception.
///
/// With [#drain] it ends in order: requests under way are answered, idle connections closed.
public final class HttpServer implements Closeable {
    /// How long an idle connection is still listened to while the server drains.
    static final long DRAIN_GRACE_NANOS = 100_000_000L;

    private static final long PAUSE_MILLIS = 100;
    private static final int MOST_PAUSES = 10;

    /// As many as there may be looking at what arrives, and a few more.
    private static final int DESKS = 16;

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

    private final Connections connections;
    private final ArrayBlockingQueue<Desk> desks = new ArrayBlockingQueue<>(DESKS);
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Thread> acceptors = new ArrayList<>();
    private volatile boolean draining;

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
        connections = new Connections(clock, metrics, limits.connections());
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
        if (draining) throw new IllegalStateException("the server was drained");
        listeners.add(listener);
        acceptors.add(Thread.ofVirtual().name("http accept").start(() -> accept(listener)));
        return this;
    }

    private void accept(Listener listener) {
        int failures = 0;
        while (!draining) {
            try {
                connections.awaitPlace();
            } catch (InterruptedException e) {
                return;
            }
            try {
                Connection connection = Connection.of(this, listener.accept());
                failures = 0;
                connections.entered(connection);
                connection.start();
            } catch (InterruptedIOException e) {
                connections.givePlace();
                return;
            } catch (IOException e) {
                // No file is left, say: those that are open will give some back.
                connections.givePlace();
                failures = Math.min(failures + 1, MOST_PAUSES);
                pause(failures * PAUSE_MILLIS);
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

    /// Serves one flow in the thread of the caller, until it has ended.
    public void serve(Flow flow) {
        connections.takePlace();
        Connection connection = Connection.ofThread(this, flow);
        connections.entered(connection);
        connection.run();
    }

    /// Accepts no more, answers what is under way or just coming, with `Connection: close`, and
    /// returns when all connections have ended. Those that have not within the time are aborted;
    /// returns how many that were.
    public int drain(long timeoutNanos) throws InterruptedException {
        stopAccepting();
        return connections.drain(timeoutNanos);
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

    /// Ends at once: what is under way is cut.
    @Override
    public void close() {
        stopAccepting();
        connections.abort();
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

    Connections connections() {
        return connections;
    }

    Desk takeDesk() {
        Desk kept = desks.poll();
        return kept != null ? kept : new Desk(this);
    }

    /// For the next one; whoever worked there has left nothing of it to anybody.
    void giveDesk(Desk desk) {
        desks.offer(desk);
    }

    Memory memory() {
        return memory;
    }

    String date() {
        return date.text();
    }
}
