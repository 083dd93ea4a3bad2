// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.ContentKind;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.Head;
import io.mirage4j.http.wire.Limits;
import io.mirage4j.http.wire.MessageReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// What a connection works with while it has something to do: a reader, what has come, what is to
/// go. A connection that idles has none, so one desk may serve many of them in turn.
///
/// It finds requests and answers them where that takes no handler. Nothing here allocates but the
/// window over an input that is not as long as the one before, and refusals.
final class Desk {
    /// What ends the head of a prepared response, by what Connection has to say.
    private static final String GOES_ON = "\r\n\r\n";

    private static final String GOES_ON_1_0 = "\r\nConnection: keep-alive\r\n\r\n";
    private static final String ENDS = "\r\nConnection: close\r\n\r\n";

    /// Of the lines that a prepared response is given when it is sent.
    static final int DATE_AND_MORE = 128;

    final Input input;
    final Output output;
    final MessageReader reader;
    final AccessLine line;

    private final HttpServer server;

    private Event found = Event.MORE;
    private boolean begun;
    private long began;
    private int requests;

    Desk(HttpServer server) {
        this.server = server;
        reader = MessageReader.ofRequests(server.rules());
        Limits limits = server.rules().limits();
        int most =
                Math.addExact(limits.headOctets(), limits.startLineOctets())
                        + Math.max(limits.trailerOctets(), limits.chunkLineOctets());
        input = new Input(server.memory(), Math.max(most, 4 * Input.SMALL));
        output = new Output(server.memory(), server.deadlines().writeNanos());
        line = new AccessLine(server);
    }

    /// Begins to work for a connection.
    ///
    /// @param requests that it has had before
    /// @param octets of it that were read before
    void begin(Watched watched, int requests, long octets) {
        this.requests = requests;
        input.begin(watched.flow());
        output.begin(watched);
        reader.restart(octets);
        line.of(watched.flow());
        found = Event.MORE;
        begun = false;
    }

    /// Lets go of what the work took.
    void end() {
        output.release();
        input.release();
    }

    /// How many requests the connection has had.
    int requests() {
        return requests;
    }

    /// Whether nothing of a request is there.
    boolean isIdle() {
        return input.length() == 0 && !begun;
    }

    /// Whether the first octet of a request is there.
    boolean hasBegun() {
        return begun;
    }

    /// When it was.
    long began() {
        return began;
    }

    /// What there is: HEAD or MALFORMED until it was seen to, or MORE.
    Event look() {
        if (found == Event.MORE) {
            if (!begun && input.length() > 0) {
                begun = true;
                began = server.clock().nanoTime();
                line.begin();
            }
            found = reader.next(input.window());
            if (found != Event.HEAD && found != Event.MALFORMED) {
                input.consume(reader.consumed());
                found = Event.MORE;
            }
        }
        return found;
    }

    /// The client sends no more: MALFORMED within a head, else MORE.
    Event finish() {
        return reader.finish();
    }

    /// Answers requests that are there, as long as it takes neither a handler nor a wait, and says
    /// what is there then; [Event#END] after the last response of the connection.
    Event answerAtOnce() throws IOException {
        while (true) {
            Event event = look();
            Prepared prepared = event == Event.HEAD ? prepared() : null;
            if (prepared == null || !output.fits(prepared.length() + DATE_AND_MORE)) return event;
            if (!answer(prepared)) return Event.END;
        }
    }

    /// The response to the head that was found, if it is one that needs no handler.
    @Nullable Prepared prepared() {
        Head head = reader.head();
        boolean asks = head.hasMethod("GET") || head.hasMethod("HEAD");
        return asks && head.contentKind() == ContentKind.NONE ? server.shortcut().find(head) : null;
    }

    /// Answers the head that was found; tells whether another one may come.
    boolean answer(Prepared prepared) throws IOException {
        Head head = reader.head();
        boolean goesOn = take();
        boolean withContent = !head.hasMethod("HEAD");
        String more = !goesOn ? ENDS : head.version() < 11 ? GOES_ON_1_0 : GOES_ON;
        input.consume(reader.consumed());
        reader.next(input.window());
        long before = output.octets();
        send(prepared, more, withContent);
        answered(prepared.status(), before);
        return goesOn;
    }

    /// Takes the head that was found; tells whether another one may follow.
    boolean take() {
        found = Event.MORE;
        requests++;
        Head head = reader.head();
        line.head(head);
        return head.persistent()
                && requests < server.limits().requestsPerConnection()
                && !server.isDraining();
    }

    /// Answers what is malformed, or late; nothing may follow.
    void refuse(int status, String cause) throws IOException {
        long before = output.octets();
        sayRefused(status, cause);
        answered(status, before);
    }

    void sayRefused(int status, String cause) throws IOException {
        line.because(cause);
        var content = ReadOnlyCstruct.of(status + " " + Status.reason(status) + "\n");
        Prepared refusal =
                Prepared.of(
                        Response.of(status, "Content-Type", "text/plain; charset=utf-8"), content);
        send(refusal, ENDS, true);
    }

    /// A response is complete, before which so many octets were sent.
    void answered(int status, long before) {
        begun = false;
        long nanos = server.clock().nanoTime() - began;
        server.metrics().answered(status, output.octets() - before, nanos);
        line.end(status, output.octets() - before, nanos);
    }

    private void send(Prepared prepared, String more, boolean withContent) throws IOException {
        Cstruct room = output.room(prepared.length() + DATE_AND_MORE);
        output.written(prepared.writeTo(room, server.date(), more, withContent));
    }
}
