// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// Reads the messages of one connection, one direction of it, in whatever pieces they come.
///
/// ```java
/// Event event = reader.next(input);
/// input = input.shift(reader.consumed());
/// ```
///
/// [#next] looks at a window that begins with the first octet not consumed yet, and says what it
/// found there. On [Event#MORE] the rest has to be shown again with more behind it, at the same
/// place of the message; content is consumed as it comes, so what a caller has to keep is a head, a
/// chunk's line or a trailer section, which [Limits] bound. The events are the same wherever the
/// input is cut, but that [Event#DATA] may come in several parts, and no octet is looked at twice.
///
/// Messages follow one another. After [Event#MALFORMED] nothing does: the connection can not be
/// trusted any more. A reader belongs to one thread at a time.
///
/// Nothing here allocates, but for messages with more field lines than any before, with folded
/// values, or with a Transfer-Encoding.
public final class MessageReader {
    /// The states are numbers, not an enum: to store a reference costs the collector's barrier, for
    /// each message twice.
    ///
    /// Between two messages: the head of the last one is still there.
    private static final int BETWEEN = 0;

    private static final int START_LINE = 1;
    private static final int FIELDS = 2;
    private static final int CONTENT = 3;
    private static final int TUNNEL = 4;
    private static final int CLOSED = 5;
    private static final int MALFORMED = 6;

    private final int lenient;
    private final Head head = new Head();

    /// Only of requests: responses are read by programs that have more to do.
    private final @Nullable WholeHead whole;

    private final StartLineParser startLine;
    private final FieldLinesParser fieldLines;
    private final Framing framing;
    private final ContentReader content;

    private int state = BETWEEN;
    private Asked asked = Asked.OTHER;

    /// Octets consumed before the window of the last call, and of it.
    private long passed;

    private int consumed;
    private @Nullable Malformed malformed;

    private MessageReader(boolean requests, Rules rules) {
        lenient = rules.bits();
        Limits limits = rules.limits();
        framing = new Framing(rules, head);
        whole = requests ? new WholeHead(limits, head, framing) : null;
        startLine = new StartLineParser(requests, lenient, head, limits);
        fieldLines = FieldLinesParser.ofHead(rules, head.fields, framing);
        content = new ContentReader(rules);
    }

    public static MessageReader ofRequests(Rules rules) {
        return new MessageReader(true, rules);
    }

    public static MessageReader ofResponses(Rules rules) {
        return new MessageReader(false, rules);
    }

    /// Begins with another connection, of which so many octets were read before: as if nothing had
    /// been read here.
    public void restart(long octets) {
        state = BETWEEN;
        passed = octets;
        consumed = 0;
        malformed = null;
    }

    /// How many octets of the connection were consumed.
    public long position() {
        return passed + consumed;
    }

    /// Tells what the next response answers to. Holds until another is told, and for interim
    /// responses too.
    public void answersTo(Asked asked) {
        this.asked = asked;
    }

    /// What comes next in `input`, whose first octet is the first one not consumed yet.
    public Event next(ReadOnlyCstruct input) {
        passed += consumed;
        consumed = 0;
        return switch (state) {
            case BETWEEN, START_LINE, FIELDS -> head(input);
            case CONTENT -> content(input);
            case TUNNEL -> Event.TUNNEL;
            case CLOSED -> closed(input);
            default -> Event.MALFORMED;
        };
    }

    /// The other side sends no more; to be called when [#next] has said [Event#MORE]. Gives
    /// [Event#END] for content that ends so, [Event#MALFORMED] within a message, [Event#TUNNEL] in
    /// a tunnel, and [Event#MORE] between messages.
    public Event finish() {
        passed += consumed;
        consumed = 0;
        return switch (state) {
            case BETWEEN, CLOSED -> Event.MORE;
            case START_LINE -> startLine.begun() ? malformed(Fault.INCOMPLETE, 0) : Event.MORE;
            case CONTENT -> content.mayEnd() ? complete(0) : malformed(Fault.INCOMPLETE, 0);
            case TUNNEL -> Event.TUNNEL;
            case FIELDS -> malformed(Fault.INCOMPLETE, 0);
            default -> Event.MALFORMED;
        };
    }

    /// How many octets of the last window are done with.
    public int consumed() {
        return consumed;
    }

    /// The head of the message that is read.
    public Head head() {
        return head;
    }

    /// After [Event#DATA]: how many octets of content the last window begins with.
    public int dataLength() {
        return content.dataLength();
    }

    /// After [Event#CHUNK]: the size of the chunk; 0 is the last one.
    public long chunkSize() {
        return content.chunk().size();
    }

    /// After [Event#CHUNK]: where in the last window its extensions begin, with their semicolon.
    public int extensionOff() {
        return content.chunk().extensionOff();
    }

    public int extensionLength() {
        return content.chunk().extensionLength();
    }

    /// After [Event#END]: the trailers of chunked content; empty for any other.
    public FieldLines trailers() {
        return content.trailers();
    }

    /// After [Event#MALFORMED]: what is wrong.
    public Malformed malformed() {
        Malformed malformed = this.malformed;
        if (malformed == null) throw new IllegalStateException("nothing is malformed");
        return malformed;
    }

    /// After [Event#HEAD]: the message has no content, whatever its head says.
    public void skipContent() {
        if (state == BETWEEN || state == MALFORMED) {
            throw new IllegalStateException("no message is being read");
        }
        state = CONTENT;
        content.skip();
    }

    /// What follows is another protocol, which was upgraded to.
    public void tunnel() {
        if (state != MALFORMED) {
            state = TUNNEL;
        }
    }

    private Event head(ReadOnlyCstruct input) {
        if (state == BETWEEN) {
            int end = whole == null ? 0 : whole.parse(input);
            if (end > 0) return headEnds(end);
            startLine.begin();
            state = START_LINE;
        }
        if (state == START_LINE) {
            if (!startLine.parse(input)) return stopped(startLine.fault(), startLine.at());
            fieldLines.begin(startLine.at(), startLine.lineOff());
            framing.begin();
            state = FIELDS;
        }
        if (!fieldLines.parse(input)) return stopped(fieldLines.fault(), fieldLines.at());
        return headEnds(fieldLines.at());
    }

    private Event headEnds(int at) {
        Fault fault = framing.judge(asked);
        if (fault != null) return malformed(fault, at);
        consumed = at;
        content.begin(head);
        state = CONTENT;
        return Event.HEAD;
    }

    private Event content(ReadOnlyCstruct input) {
        Event event = content.next(input);
        return switch (event) {
            case END -> complete(content.consumed());
            case MALFORMED -> stopped(content.fault(), content.consumed());
            default -> {
                consumed = content.consumed();
                yield event;
            }
        };
    }

    private Event complete(int octets) {
        consumed = octets;
        if (head.contentKind == ContentKind.TUNNEL) {
            state = TUNNEL;
        } else if (head.persistent() || isInterim() || lets(Leniency.IGNORE_CLOSE)) {
            state = BETWEEN;
        } else {
            state = CLOSED;
        }
        return Event.END;
    }

    private boolean isInterim() {
        return !head.isRequest() && head.status < 200;
    }

    private Event closed(ReadOnlyCstruct input) {
        if (lets(Leniency.DATA_AFTER_CLOSE)) {
            consumed = input.length();
            return Event.MORE;
        }
        int at = 0;
        while (at < input.length() && (input.u8(at) == Octets.CR || input.u8(at) == Octets.LF)) {
            at++;
        }
        if (at < input.length()) return malformed(Fault.DATA_AFTER_CLOSE, at);
        consumed = at;
        return Event.MORE;
    }

    private Event stopped(@Nullable Fault fault, int at) {
        return fault == null ? Event.MORE : malformed(fault, at);
    }

    private Event malformed(Fault fault, int at) {
        state = MALFORMED;
        malformed = new Malformed(fault, passed + at);
        return Event.MALFORMED;
    }

    private boolean lets(Leniency leniency) {
        return (lenient & leniency.bit()) != 0;
    }
}
