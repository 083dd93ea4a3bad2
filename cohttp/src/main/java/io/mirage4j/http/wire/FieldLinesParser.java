// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static io.mirage4j.http.wire.Octets.CR;
import static io.mirage4j.http.wire.Octets.LF;
import static io.mirage4j.http.wire.Octets.isBlank;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// Reads field lines up to the empty one behind them (RFC 9112, 5), of a head and of a trailer
/// section alike. It stops at any octet and goes on there: each octet is looked at once, however
/// the input is cut. Nothing here allocates.
///
/// What has been read before must stand in the window again, at the same offsets.
final class FieldLinesParser {
    private enum State {
        /// At the first octet of a line.
        LINE,
        NAME,
        /// Between a name and its colon, where that is let pass.
        BEFORE_COLON,
        BEFORE_VALUE,
        VALUE
    }

    private final int lenient;
    private final FieldLines lines;
    private final int lineLimit;
    private final int linesLimit;
    private final int sectionLimit;
    private final Fault sectionFault;

    /// Judges each line of a head once it is complete.
    private final @Nullable Framing framing;

    private State state = State.LINE;
    private int at;
    private int sectionEnd;
    private int lineOff;
    private int nameEnd;
    private int valueOff;
    private boolean pending;
    private @Nullable Fault fault;

    private FieldLinesParser(
            Rules rules,
            FieldLines lines,
            int sectionLimit,
            Fault sectionFault,
            @Nullable Framing framing) {
        lenient = rules.bits();
        lineLimit = rules.limits().fieldLineOctets();
        linesLimit = rules.limits().fields();
        this.lines = lines;
        this.sectionLimit = sectionLimit;
        this.sectionFault = sectionFault;
        this.framing = framing;
    }

    static FieldLinesParser ofHead(Rules rules, FieldLines lines, Framing framing) {
        int limit = rules.limits().headOctets();
        return new FieldLinesParser(rules, lines, limit, Fault.HEAD_TOO_LARGE, framing);
    }

    static FieldLinesParser ofTrailers(Rules rules, FieldLines lines) {
        int limit = rules.limits().trailerOctets();
        return new FieldLinesParser(rules, lines, limit, Fault.TRAILERS_TOO_LARGE, null);
    }

    /// Begins at `off`; the section is counted from `sectionOff`.
    void begin(int off, int sectionOff) {
        state = State.LINE;
        at = off;
        pending = false;
        sectionEnd = sectionOff + sectionLimit;
        fault = null;
        lines.clear();
    }

    /// Where it stopped: behind the empty line, or at what is wrong.
    int at() {
        return at;
    }

    @Nullable Fault fault() {
        return fault;
    }

    /// Reads on; false if the window ends first or a fault was found.
    boolean parse(ReadOnlyCstruct w) {
        lines.over(w);
        int length = w.length();
        int at = this.at;
        State state = this.state;
        for (; ; ) {
            if (state == State.LINE) {
                if (at >= length) return stop(at, state);
                if (at >= sectionEnd) return fail(at, sectionFault);
                int c = w.u8(at);
                if (pending && !isBlank(c) && !judge()) return fail(at);
                if (c == CR) {
                    if (at + 1 >= length) return stop(at, state);
                    if (w.u8(at + 1) == LF) {
                        return at + 1 < sectionEnd ? finish(at + 2) : fail(at, sectionFault);
                    }
                    return lets(Leniency.BARE_CR) ? finish(at + 1) : fail(at, Fault.BARE_CR);
                }
                if (c == LF) {
                    return lets(Leniency.BARE_LF) ? finish(at + 1) : fail(at, Fault.BARE_LF);
                }
                if (isBlank(c)) {
                    // RFC 9112, 2.2: not to be taken for a fold, nor passed over.
                    if (lines.count() == 0) return fail(at, Fault.SPACE_AFTER_START_LINE);
                    if (!lets(Leniency.OBS_FOLD)) return fail(at, Fault.OBS_FOLD);
                    lines.removeFolded();
                    pending = false;
                    state = State.VALUE;
                } else {

                    if (lines.count() == linesLimit) return fail(at, Fault.TOO_MANY_FIELDS);
                    lineOff = at;
                    state = State.NAME;
                }
            }
            if (state == State.NAME) {
                int end = end(length);
                at = Octets.skipToken(w, at, end);
                if (at == end) return stop(at, state);
                int c = w.u8(at);
                if (at == lineOff) return fail(at, Fault.BAD_FIELD_NAME);
                nameEnd = at;
                if (c != ':') {
                    if (isBlank(c) && lets(Leniency.SPACE_BEFORE_COLON)) {
                        state = State.BEFORE_COLON;
                    } else {
                        return fail(at, badName(c));
                    }
                } else {
                    at++;
                    state = State.BEFORE_VALUE;
                }
            }
            if (state == State.BEFORE_COLON) {
                int end = end(length);
                at = Octets.skipBlanks(w, at, end);
                if (at == end) return stop(at, state);
                if (w.u8(at) != ':') return fail(at, badName(w.u8(at)));
                at++;
                state = State.BEFORE_VALUE;
            }
            if (state == State.BEFORE_VALUE) {
                int end = end(length);
                at = Octets.skipBlanks(w, at, end);
                if (at == end) return stop(at, state);
                valueOff = at;
                state = State.VALUE;
            }
            int end = end(length);
            at = skipValue(w, at, end);
            if (at == end) return stop(at, state);
            int c = w.u8(at);
            int next = at + 2;
            if (c == CR) {
                if (at + 1 >= length) return stop(at, state);
                if (w.u8(at + 1) != LF) {
                    if (!lets(Leniency.BARE_CR)) return fail(at + 1, Fault.BARE_CR);
                    next = at + 1;
                }
            } else if (c == LF) {
                if (!lets(Leniency.BARE_LF)) return fail(at, Fault.BARE_LF);
                next = at + 1;
            } else {
                return fail(at, Fault.BAD_FIELD_VALUE);
            }
            int valueEnd = at;
            while (valueEnd > valueOff && isBlank(w.u8(valueEnd - 1))) {
                valueEnd--;
            }
            lines.add(lineOff, nameEnd, valueOff, valueEnd);
            at = next;
            state = State.LINE;
            if (lets(Leniency.OBS_FOLD)) {
                // Whether the line goes on is known by the next octet only.
                pending = true;
            } else if (!judge()) {
                return fail(at);
            }
        }
    }

    /// How far the line may be read: to the end of the input, or to the octet that is too much.
    private int end(int length) {
        return Math.min(length, Math.min(lineOff + lineLimit, sectionEnd) + 1);
    }

    private int skipValue(ReadOnlyCstruct w, int at, int end) {
        return lets(Leniency.CONTROLS_IN_VALUE)
                ? Octets.skipLenientValue(w, at, end, lets(Leniency.NUL_IN_VALUE))
                : Octets.skipValue(w, at, end);
    }

    private static Fault badName(int c) {
        return switch (c) {
            case ' ', '\t' -> Fault.SPACE_BEFORE_COLON;
            case CR, LF -> Fault.NO_COLON;
            default -> Fault.BAD_FIELD_NAME;
        };
    }

    private boolean lets(Leniency leniency) {
        return (lenient & leniency.bit()) != 0;
    }

    /// The input is at its end, or a limit is passed.
    private boolean stop(int at, State state) {
        this.at = at;
        this.state = state;
        if (state != State.LINE) {
            if (at > sectionEnd) {
                fault = sectionFault;
            } else if (at > lineOff + lineLimit) {
                fault = Fault.FIELD_TOO_LONG;
            }
        }
        return false;
    }

    /// Has the last line judged; false if it is at fault.
    private boolean judge() {
        pending = false;
        fault = framing == null ? null : framing.line(lines.count() - 1);
        return fault == null;
    }

    private boolean fail(int at) {
        this.at = at;
        return false;
    }

    private boolean fail(int at, Fault fault) {
        this.at = at;
        this.fault = fault;
        return false;
    }

    private boolean finish(int at) {
        this.at = at;
        return true;
    }
}
