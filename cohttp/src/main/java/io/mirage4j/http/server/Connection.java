// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.Status;
import io.mirage4j.http.wire.Event;
import io.mirage4j.platform.EventFlow;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;

/// One connection of a server: requests one after the other, each answered before the next is
/// looked at, so that responses are in the order of requests.
///
/// Where the flow tells when something comes, a connection idles without a thread, and what needs
/// neither a handler nor a wait is answered where it arrives. Anything else goes on in a thread,
/// until nothing is left to do; other flows have theirs all the time. Who has the connection hands
/// it on by [EventFlow#tell] or by starting a thread, and does not touch it afterwards.
final class Connection implements EventFlow.Arrival {
    /// How often one connection is seen to before the others have their turn.
    private static final int ROUNDS = 16;

    private enum Outcome {
        IDLE,
        ENDED,
        WANTS_THREAD
    }

    private final HttpServer server;
    private final Flow flow;
    private final @Nullable EventFlow events;
    private final Watched watched;
    private final Idleness idleness = new Idleness();
    private final Farewell farewell;

    private @Nullable Desk desk;
    private int requests;
    private long octets;
    private boolean lingers;
    private boolean ending;
    private volatile long idleUntil = Watched.NEVER;

    private Connection(HttpServer server, Flow flow, @Nullable EventFlow events) {
        this.server = server;
        this.flow = flow;
        this.events = events;
        watched = new Watched(flow, server.clock());
        farewell = new Farewell(server);
    }

    /// Of a thread that [#run]s it to its end.
    static Connection ofThread(HttpServer server, Flow flow) {
        return new Connection(server, flow, null);
    }

    /// That is to [#start], and finds its threads itself.
    static Connection of(HttpServer server, Flow flow) {
        return new Connection(server, flow, flow instanceof EventFlow events ? events : null);
    }

    void start() {
        if (events == null || !idles(events)) {
            startThread();
        }
    }

    private void startThread() {
        Thread.ofVirtual().name("http").start(this::run);
    }

    /// Waits without a thread. False if there may be something to do.
    private boolean idles(EventFlow events) {
        idleUntil = now() + idleNanos();
        if (!events.tell(this)) return false;
        // Who drains looks for those that idle after it has said so.
        return !(server.isDraining() && events.forget(this));
    }

    private long idleNanos() {
        Deadlines deadlines = server.deadlines();
        return requests == 0 ? deadlines.headNanos() : deadlines.idleNanos();
    }

    @Override
    public boolean arrived() {
        EventFlow events = Objects.requireNonNull(this.events);
        for (int round = 0; round < ROUNDS && !server.isDraining(); round++) {
            Desk desk = server.takeDesk();
            desk.begin(watched, requests, octets);
            Outcome outcome = Outcome.ENDED;
            boolean inOrder = false;
            try {
                outcome = answerAtOnce(events, desk);
                inOrder = true;
            } catch (IOException | RuntimeException | Error e) {
                broken(desk, e);
            }
            if (outcome == Outcome.WANTS_THREAD) {
                this.desk = desk;
                break;
            }
            leave(desk);
            server.giveDesk(desk);
            if (outcome == Outcome.ENDED) {
                end(inOrder);
                return false;
            }
            if (idles(events)) return false;
        }
        startThread();
        return true;
    }

    private Outcome answerAtOnce(EventFlow events, Desk desk) throws IOException {
        int count = desk.input.tryFill(events);
        if (count <= 0) return count == 0 ? Outcome.IDLE : Outcome.ENDED;
        Event event = desk.answerAtOnce();
        ending = event == Event.END;
        boolean sent = desk.output.tryFlush(events);
        if (sent && ending) return Outcome.ENDED;
        return sent && desk.isIdle() ? Outcome.IDLE : Outcome.WANTS_THREAD;
    }

    /// Serves until there is nothing more to serve, or until it idles without a thread; throws
    /// nothing whatever the client sends.
    void run() {
        Desk desk = this.desk;
        if (desk == null) {
            desk = new Desk(server);
            desk.begin(watched, requests, octets);
        }
        this.desk = null;
        boolean inOrder = false;
        try {
            if (serve(desk)) return;
            desk.output.flush();
            if (lingers) {
                Lingering.on(flow, server.clock());
            }
            inOrder = true;
        } catch (IOException | RuntimeException | Error e) {
            broken(desk, e);
        }
        leave(desk);
        end(inOrder);
    }

    /// True if it idles, and belongs to somebody else by now; false if it is to end.
    private boolean serve(Desk desk) throws IOException {
        while (!ending) {
            if (events != null && desk.isIdle() && !server.isDraining()) {
                desk.output.flush();
                leave(desk);
                if (idles(events)) return true;
                desk.begin(watched, requests, octets);
            }
            ending = !serveOne(desk);
        }
        return false;
    }

    private boolean serveOne(Desk desk) throws IOException {
        Event event = awaitHead(desk);
        if (event == Event.MORE) return false;
        watched.totalBy(desk.began() + server.deadlines().totalNanos());
        boolean goesOn = event == Event.HEAD && answer(desk);
        if (event == Event.MALFORMED) {
            server.metrics().refused();
            lingers = true;
            var malformed = desk.reader.malformed();
            desk.refuse(malformed.status(), malformed.toString());
        }
        watched.totalBy(Watched.NEVER);
        requests = desk.requests();
        return goesOn;
    }

    private boolean answer(Desk desk) throws IOException {
        Prepared prepared = desk.prepared();
        return prepared != null
                ? desk.answer(prepared)
                : new Handling(server, this, desk, watched).run();
    }

    /// HEAD, MALFORMED, or MORE where no request comes any more.
    private Event awaitHead(Desk desk) throws IOException {
        long idleBy = now() + idleNanos();
        while (true) {
            Event event = desk.look();
            if (event != Event.MORE) return event;
            boolean begun = desk.hasBegun();
            if (!begun) {
                desk.input.shrink();
            }
            try {
                desk.output.flush();
                desk.output.release();
                long deadline = begun ? desk.began() + server.deadlines().headNanos() : idleBy;
                if (fill(desk.input, deadline, !begun) < 0) return desk.finish();
            } catch (TimedOutException e) {
                server.metrics().timedOut();
                if (begun) {
                    tooLate(desk, "the head came too slowly", Status.REQUEST_TIMEOUT);
                }
                return Event.MORE;
            } catch (Memory.NoMemoryException e) {
                tooLate(desk, e.toString(), Status.SERVICE_UNAVAILABLE);
                return Event.MORE;
            }
        }
    }

    private int fill(Input input, long deadline, boolean idle) throws IOException {
        long left = deadline - now();
        if (left <= 0) throw new TimedOutException("no time is left");
        if (!idle) return input.fill(left);
        if (server.isDraining()) {
            // What is on its way still gets its answer.
            return input.fill(Math.min(left, HttpServer.DRAIN_GRACE_NANOS));
        }
        idleness.begin();
        try {
            // Whoever drains looks at who is idle after it has said so.
            return server.isDraining()
                    ? input.fill(Math.min(left, HttpServer.DRAIN_GRACE_NANOS))
                    : input.fill(left);
        } catch (InterruptedIOException e) {
            if (!idleness.end()) throw e;
            return input.fill(HttpServer.DRAIN_GRACE_NANOS);
        } finally {
            idleness.end();
        }
    }

    private void tooLate(Desk desk, String cause, int status) throws IOException {
        lingers = true;
        desk.refuse(status, cause);
    }

    private void broken(Desk desk, Throwable e) {
        if (e instanceof IOException failure) {
            desk.line.cut(cause(failure));
        } else {
            server.metrics().failure();
            desk.line.cut(e.toString());
        }
    }

    static String cause(IOException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private void leave(Desk desk) {
        requests = desk.requests();
        octets = desk.reader.position();
        desk.end();
    }

    private void end(boolean inOrder) {
        try {
            if (!inOrder) {
                flow.abort();
            }
            flow.close();
        } catch (IOException e) {
            // Nobody is there to be told.
        }
        server.connections().left(this);
    }

    /// The server drains: an idle connection ends, and an exchange is told.
    void drain() {
        if (events != null && events.forget(this)) {
            startThread();
        } else {
            idleness.wake();
            farewell.say();
        }
    }

    /// Ends what takes too long; tells whether it did.
    boolean look(long now) {
        if (now > idleUntil && events != null && events.forget(this)) {
            if (now > idleUntil) {
                end(true);
                return true;
            }
            start(); // it has come back meanwhile
            return false;
        }
        return watched.look(now);
    }

    void abort() {
        watched.abort();
    }

    Farewell farewell() {
        return farewell;
    }

    /// The client may still be sending when the last response goes out.
    void lingers() {
        lingers = true;
    }

    private long now() {
        return server.clock().nanoTime();
    }
}
