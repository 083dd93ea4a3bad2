// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Request;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.ContentKind;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.Head;
import io.mirage4j.http.wire.Limits;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;

/// One connection of a server, run by its thread: requests one after the other, each answered
/// before the next is looked at, so that responses are in the order of requests.
final class Connection {
    private static final ReadOnlyCstruct CONTINUE =
            ReadOnlyCstruct.of("HTTP/1.1 100 Continue\r\n\r\n");

    /// What ends the head of a prepared response, by what Connection has to say.
    private static final String GOES_ON = "\r\n\r\n";

    private static final String GOES_ON_1_0 = "\r\nConnection: keep-alive\r\n\r\n";
    private static final String ENDS = "\r\nConnection: close\r\n\r\n";
    private static final int DATE_AND_MORE = 128;

    private final HttpServer server;
    private final Flow flow;
    private final Watched watched;
    private final Idleness idleness = new Idleness();
    private final Farewell farewell;
    private final Input input;
    private final Output output;
    private final MessageReader reader;
    private final AccessLine line;

    private int requests;
    private boolean persistent;
    private boolean continueExpected;
    private boolean lingers;
    private long began; // when the first octet of the request was there

    Connection(HttpServer server, Flow flow) {
        this.server = server;
        this.flow = flow;
        watched = new Watched(flow, server.clock());
        farewell = new Farewell(server);
        reader = MessageReader.ofRequests(server.rules());
        Limits limits = server.rules().limits();
        int most =
                Math.addExact(limits.headOctets(), limits.startLineOctets())
                        + Math.max(limits.trailerOctets(), limits.chunkLineOctets());
        input = new Input(flow, server.memory(), Math.max(most, 4 * Input.SMALL));
        output = new Output(flow, server.memory(), watched, deadlines().writeNanos());
        line = new AccessLine(server, flow);
    }

    /// The server drains: an idle connection ends, and an exchange is told.
    void drain() {
        idleness.wake();
        farewell.say();
    }

    Farewell farewell() {
        return farewell;
    }

    Watched watched() {
        return watched;
    }

    /// Serves until there is nothing more to serve; throws nothing whatever the client sends.
    void run() {
        boolean inOrder = false;
        try {
            while (serveOne()) {}
            output.flush();
            if (lingers) {
                Lingering.on(flow, server.clock());
            }
            inOrder = true;
        } catch (IOException e) {
            line.cut(cause(e));
        } catch (RuntimeException | Error e) {
            server.metrics().failure();
            line.cut(e.toString());
        } finally {
            output.release();
            input.release();
            end(inOrder);
        }
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
    }

    private boolean serveOne() throws IOException {
        Event event = awaitHead();
        if (event == Event.MORE) {
            return false;
        }
        long octetsBefore = output.octets();
        requests++;
        int status;
        if (event == Event.MALFORMED) {
            server.metrics().refused();
            lingers = true;
            status = refuse(reader.malformed().status(), reader.malformed().toString());
        } else {
            status = answer();
        }
        long nanos = now() - began;
        server.metrics().answered(status, output.octets() - octetsBefore, nanos);
        line.end(status, output.octets() - octetsBefore, nanos);
        watched.totalBy(Watched.NEVER);
        return persistent;
    }

    /// HEAD, MALFORMED, or MORE where no request comes any more.
    private Event awaitHead() throws IOException {
        persistent = false;
        began = now();
        boolean begun = input.length() > 0;
        long deadline = begun ? began + deadlines().headNanos() : began + idleNanos();
        if (begun) {
            line.begin();
        }
        while (true) {
            Event event = reader.next(input.window());
            if (event == Event.HEAD || event == Event.MALFORMED) {
                watched.totalBy(began + deadlines().totalNanos());
                return event;
            }
            input.consume(reader.consumed());
            if (!begun) {
                input.shrink();
            }
            try {
                output.flush();
                output.release();
                if (fill(deadline, !begun) < 0) {
                    return reader.finish();
                }
            } catch (TimedOutException e) {
                server.metrics().timedOut();
                if (begun) {
                    tooLate("the head came too slowly", Status.REQUEST_TIMEOUT);
                }
                return Event.MORE;
            } catch (Memory.NoMemoryException e) {
                tooLate(e.toString(), Status.SERVICE_UNAVAILABLE);
                return Event.MORE;
            }
            if (!begun) {
                begun = true;
                line.begin();
                began = now();
                deadline = began + deadlines().headNanos();
            }
        }
    }

    private long idleNanos() {
        Deadlines deadlines = deadlines();
        return requests == 0 ? deadlines.headNanos() : deadlines.idleNanos();
    }

    private int fill(long deadline, boolean idle) throws IOException {
        long left = deadline - now();
        if (left <= 0) {
            throw new TimedOutException("no time is left");
        }
        if (!idle) {
            return input.fill(left);
        }
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
            if (!idleness.end()) {
                throw e;
            }
            return input.fill(HttpServer.DRAIN_GRACE_NANOS);
        } finally {
            idleness.end();
        }
    }

    private void tooLate(String cause, int status) throws IOException {
        lingers = true;
        long before = output.octets();
        refuse(status, cause);
        server.metrics().answered(status, output.octets() - before, now() - began);
        line.end(status, output.octets() - before, now() - began);
    }

    private int refuse(int status, String cause) throws IOException {
        persistent = false;
        line.because(cause);
        var content = ReadOnlyCstruct.of(status + " " + Status.reason(status) + "\n");
        Prepared refusal =
                Prepared.of(
                        Response.of(status, "Content-Type", "text/plain; charset=utf-8"), content);
        send(refusal, ENDS, true);
        return status;
    }

    private void send(Prepared prepared, String more, boolean withContent) throws IOException {
        Cstruct room = output.room(prepared.length() + DATE_AND_MORE);
        output.written(prepared.writeTo(room, date(), more, withContent));
    }

    private int answer() throws IOException {
        Head head = reader.head();
        line.head(head);
        boolean none = head.contentKind() == ContentKind.NONE;
        persistent =
                head.persistent()
                        && requests < server.limits().requestsPerConnection()
                        && !server.isDraining();
        boolean asksForHead = head.hasMethod("HEAD");
        if (none && (asksForHead || head.hasMethod("GET"))) {
            Prepared prepared = server.shortcut().find(head);
            if (prepared != null) {
                String more = !persistent ? ENDS : head.version() < 11 ? GOES_ON_1_0 : GOES_ON;
                input.consume(reader.consumed());
                reader.next(input.window());
                send(prepared, more, !asksForHead);
                return prepared.status();
            }
        }
        return handle(head);
    }

    private int handle(Head head) throws IOException {
        output.flush(); // the handler may take its time
        continueExpected = head.expectsContinue() && head.version() >= 11;
        boolean connects = head.contentKind() == ContentKind.TUNNEL;
        persistent &= !connects;
        var content = new RequestContent(this, reader, input, now());
        var exchange =
                new HttpExchange(
                        this, Request.copyOf(head, server.scheme()), content, output, head);
        input.consume(reader.consumed());
        IOException failure = null;
        try {
            (connects ? server.connects() : server.handler()).handle(exchange);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            server.metrics().failure();
            failure = new IOException(e.toString(), e);
        }
        farewell.clear();
        Thread.interrupted(); // a handler's own
        return finish(exchange, content, failure);
    }

    private int finish(HttpExchange exchange, RequestContent content, @Nullable IOException failure)
            throws IOException {
        if (exchange.tunnelled()) {
            if (failure != null) {
                throw failure;
            }
            return exchange.status();
        }
        RefusedException refused = content.refused();
        ResponseContent response = exchange.response();
        if (refused != null) {
            server.metrics().refused();
            lingers = true;
            persistent = false;
            line.because(cause(refused));
        } else if (failure != null) {
            line.because(cause(failure));
        }
        if (response == null) {
            if (refused != null) {
                return refuse(refused.status(), cause(refused));
            }
            if (failure == null) {
                line.because("the handler has not responded");
            }
            exchange.respond(Response.of(Status.INTERNAL_SERVER_ERROR), ReadOnlyCstruct.of(""));
            response = exchange.response();
        } else if (failure != null) {
            throw failure;
        }
        if (response != null && !response.finish()) {
            throw new IOException("the content is less than Content-Length said");
        }
        persistent &= refused == null && hasRead(content);
        return exchange.status();
    }

    private static String cause(IOException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    /// Whether the input is at the next request, or was brought there.
    private boolean hasRead(RequestContent content) throws IOException {
        if (content.ended()) {
            return true;
        }
        if (persistent) {
            try {
                if (reader.head().contentKind() != ContentKind.NONE) {
                    output.flush();
                }
                if (content.skip(server.limits().unreadOctets())) {
                    return true;
                }
            } catch (RefusedException e) {
                line.because(cause(e));
            }
        }
        lingers = true;
        return false;
    }

    /// The handler reads content: a client that waits to be told so is told.
    void contentWanted() throws IOException {
        if (continueExpected) {
            continueExpected = false;
            if (input.length() == 0) {
                output.write(CONTINUE);
                output.flush();
            }
        }
    }

    void closeAfterwards() {
        persistent = false;
    }

    /// The response goes on for as long as somebody listens.
    void endless() {
        watched.totalBy(Watched.NEVER);
    }

    /// The head of the response was written: what follows is another protocol.
    Flow tunnel() throws IOException {
        output.flush();
        reader.tunnel();
        endless();
        return new TunnelFlow(flow, input, output);
    }

    /// What Connection has to say in the response that begins; empty for nothing.
    String connectionField() {
        if (server.isDraining() || continueExpected) {
            // RFC 9110, 10.1.1: a client that was not told to send its content may send it or not,
            // and after this it is too late to tell it.
            continueExpected = false;
            persistent = false;
        }
        if (!persistent) {
            return "close";
        }
        return reader.head().version() < 11 ? "keep-alive" : "";
    }

    long now() {
        return server.clock().nanoTime();
    }

    long totalBy() {
        return watched.totalBy();
    }

    String date() {
        return server.date();
    }

    Deadlines deadlines() {
        return server.deadlines();
    }
}
