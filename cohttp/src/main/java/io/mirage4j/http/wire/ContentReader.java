// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// Reads the content of one message after the other, as their heads frame it (RFC 9112, 6 and 7):
/// so many octets, chunks and trailers, or all that comes. Nothing here allocates, but for trailers
/// with more lines than any before.
final class ContentReader {
    /// The states are numbers, not an enum: to store a reference costs the collector's barrier, for
    /// each message twice.
    private static final int OCTETS = 0;

    private static final int CHUNK_LINE = 1;
    private static final int CHUNK_DATA = 2;
    private static final int TRAILERS = 3;
    private static final int UNTIL_CLOSE = 4;
    private static final int END = 5;

    private final Limits limits;
    private final ChunkParser chunk;
    private final FieldLines trailers = new FieldLines();
    private final FieldLinesParser trailerLines;

    private int state = END;
    private long remaining;
    private long octets;
    private int extensionOctets;
    private int consumed;
    private int dataLength;
    private @Nullable Fault fault;

    ContentReader(Rules rules) {
        limits = rules.limits();
        chunk = new ChunkParser(rules.bits(), limits.chunkLineOctets());
        trailerLines = FieldLinesParser.ofTrailers(rules, trailers);
    }

    void begin(Head head) {
        trailers.clear();
        switch (head.contentKind) {
            case NONE, TUNNEL -> state = END;
            case LENGTH -> {
                remaining = head.contentLength;
                state = remaining == 0 ? END : OCTETS;
            }
            case CHUNKED -> {
                octets = 0;
                extensionOctets = 0;
                chunk.begin(true);
                state = CHUNK_LINE;
            }
            case UNTIL_CLOSE -> {
                octets = 0;
                state = UNTIL_CLOSE;
            }
        }
    }

    /// There is none, whatever the head says.
    void skip() {
        state = END;
    }

    /// What comes next in `input`: [Event#CHUNK], [Event#DATA], [Event#END], [Event#MORE], or
    /// [Event#MALFORMED] with a [#fault] at [#consumed].
    Event next(ReadOnlyCstruct input) {
        consumed = 0;
        dataLength = 0;
        return switch (state) {
            case OCTETS -> counted(input, END);
            case CHUNK_LINE -> chunkLine(input);
            case CHUNK_DATA -> counted(input, CHUNK_LINE);
            case TRAILERS -> trailerSection(input);
            case UNTIL_CLOSE -> untilClose(input);
            default -> Event.END;
        };
    }

    /// Whether the content is whole if no more octets come.
    boolean mayEnd() {
        return state == END || state == UNTIL_CLOSE;
    }

    /// How many octets of the last window are done with, or where it is at fault.
    int consumed() {
        return consumed;
    }

    int dataLength() {
        return dataLength;
    }

    @Nullable Fault fault() {
        return fault;
    }

    ChunkParser chunk() {
        return chunk;
    }

    FieldLines trailers() {
        return trailers;
    }

    private Event counted(ReadOnlyCstruct input, int after) {
        Event event = data(input, remaining);
        remaining -= dataLength;
        if (remaining == 0) {
            state = after;
            if (after == CHUNK_LINE) {
                chunk.begin(false);
            }
        }
        return event;
    }

    private Event chunkLine(ReadOnlyCstruct input) {
        if (!chunk.parse(input)) return stopped(chunk.fault(), chunk.at());
        consumed = chunk.at();
        extensionOctets += chunk.extensionLength();
        if (extensionOctets > limits.chunkExtensionOctets()) {
            return stopped(Fault.CHUNK_EXTENSIONS_TOO_LARGE, consumed);
        }
        remaining = chunk.size();
        if (remaining > limits.contentOctets() - octets) {
            return stopped(Fault.CONTENT_TOO_LARGE, consumed);
        }
        octets += remaining;
        if (remaining == 0) {
            trailerLines.begin(0, 0);
            state = TRAILERS;
        } else {
            state = CHUNK_DATA;
        }
        return Event.CHUNK;
    }

    private Event trailerSection(ReadOnlyCstruct input) {
        if (!trailerLines.parse(input)) return stopped(trailerLines.fault(), trailerLines.at());
        consumed = trailerLines.at();
        for (int line = 0; line < trailers.count(); line++) {
            if (framesOrRoutes(line)) return stopped(Fault.FORBIDDEN_TRAILER, consumed);
        }
        return Event.END;
    }

    /// RFC 9110, 6.5.1: what would change how the message is read or where it goes comes too late.
    private boolean framesOrRoutes(int line) {
        return switch (trailers.nameLength(line)) {
            case 4 -> trailers.isNamed(line, "host");
            case 14 -> trailers.isNamed(line, "content-length");
            case 17 -> trailers.isNamed(line, "transfer-encoding");
            default -> false;
        };
    }

    private Event untilClose(ReadOnlyCstruct input) {
        long room = limits.contentOctets() - octets;
        if (room == 0 && !input.isEmpty()) return stopped(Fault.CONTENT_TOO_LARGE, 0);
        Event event = data(input, room);
        octets += dataLength;
        return event;
    }

    private Event data(ReadOnlyCstruct input, long most) {
        dataLength = consumed = (int) Math.min(most, input.length());
        return dataLength == 0 ? Event.MORE : Event.DATA;
    }

    /// The window ends first, or there is a fault at `at`.
    private Event stopped(@Nullable Fault fault, int at) {
        this.fault = fault;
        consumed = fault == null ? 0 : at;
        return fault == null ? Event.MORE : Event.MALFORMED;
    }
}
