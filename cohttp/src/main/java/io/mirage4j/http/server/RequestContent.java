// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.ContentKind;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// The content of the request that a connection is at.
final class RequestContent implements ContentSource {
    private final Handling handling;
    private final MessageReader reader;
    private final Input input;
    private final long lengthOctets; // -1: chunked
    private final long start;

    private long received;
    private int pending; // octets of content that the input begins with
    private boolean ended;
    private Fields trailers = Fields.NONE;
    private @Nullable RefusedException refused;

    RequestContent(Handling handling, MessageReader reader, Input input, long now) {
        this.handling = handling;
        this.reader = reader;
        this.input = input;
        boolean chunked = reader.head().contentKind() == ContentKind.CHUNKED;
        lengthOctets = chunked ? -1 : reader.head().contentLength();
        start = now;
    }

    /// Whether all of it was read.
    boolean ended() {
        return ended;
    }

    @Nullable RefusedException refused() {
        return refused;
    }

    @Override
    public Fields trailers() {
        return trailers;
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        RefusedException before = refused;
        if (before != null) throw before;
        if (ended || buf.isEmpty()) return ended ? END : 0;
        handling.contentWanted();
        while (pending == 0) {
            boolean direct = input.length() == 0 && lengthOctets > received;
            if (direct && buf.length() >= Input.SMALL) return readInto(buf);
            if (!step()) return END;
        }
        int count = Math.min(pending, buf.length());
        input.copyTo(buf, count);
        input.consume(count);
        pending -= count;
        received += count;
        return count;
    }

    /// Goes to the next content; false at the end.
    private boolean step() throws IOException {
        Event event = reader.next(input.window());
        switch (event) {
            case DATA -> pending = reader.dataLength();
            case END -> {
                input.consume(reader.consumed());
                trailers = Fields.copyOf(reader.trailers());
                ended = true;
                return false;
            }
            case MALFORMED -> throw malformed();
            case MORE -> {
                input.consume(reader.consumed());
                fill();
            }
            default -> input.consume(reader.consumed());
        }
        return true;
    }

    private void fill() throws IOException {
        try {
            if (input.fill(timeLeft()) < 0) {
                reader.finish();
                throw malformed();
            }
        } catch (TimedOutException e) {
            throw late();
        }
    }

    /// No octet of it is in the input: past it.
    private int readInto(Cstruct buf) throws IOException {
        long missing = lengthOctets - received;
        Cstruct target = missing < buf.length() ? buf.sub(0, (int) missing) : buf;
        int count;
        try {
            count = input.readInto(target, timeLeft());
        } catch (TimedOutException e) {
            throw late();
        }
        if (count < 0) {
            reader.finish();
            throw malformed();
        }
        reader.next(count == target.length() ? target : target.sub(0, count));
        received += count;
        return count;
    }

    private long timeLeft() throws RefusedException {
        long now = handling.now();
        long deadline = handling.deadlines().bodyDeadline(start, received);
        long left = Math.min(deadline, handling.totalBy()) - now;
        if (left <= 0) throw late();
        return left;
    }

    private RefusedException malformed() {
        return refuse(reader.malformed().status(), reader.malformed().toString());
    }

    private RefusedException late() {
        return refuse(Status.REQUEST_TIMEOUT, "the content came too slowly");
    }

    private RefusedException refuse(int status, String cause) {
        var refusal = new RefusedException(status, cause);
        refused = refusal;
        return refusal;
    }

    /// Reads what the handler left, if that is not more than `most`; tells whether it is at its
    /// end.
    boolean skip(int most) throws IOException {
        if (lengthOctets - received > most) return false;
        long from = received;
        while (!ended && received - from <= most) {
            if (pending > 0) {
                input.consume(pending);
                received += pending;
                pending = 0;
            } else {
                step();
            }
        }
        return ended;
    }
}
