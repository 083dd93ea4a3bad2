// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static io.mirage4j.http.wire.Octets.CR;
import static io.mirage4j.http.wire.Octets.LF;
import static io.mirage4j.http.wire.Octets.SP;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// Reads a request line or a status line (RFC 9112, 3 and 4), with the empty lines before it. It
/// stops at any octet and goes on there, as [FieldLinesParser] does. Nothing here allocates.
final class StartLineParser {
    private enum State {
        EMPTY_LINES,
        METHOD,
        TARGET,
        VERSION,
        STATUS,
        REASON,
        LINE_END
    }

    private static final int VERSION_LENGTH = 8;
    private static final int STATUS_LENGTH = 3;

    /// `HTTP/1.1` and `HTTP/1.0` as little-endian numbers.
    private static final long HTTP_1_1 = 0x312e312f50545448L;

    private static final long HTTP_1_0 = 0x302e312f50545448L;

    private final boolean requests;
    private final int lenient;
    private final Head head;
    private final Limits limits;

    private State state = State.EMPTY_LINES;
    private int at;
    private int lineOff;
    private int empty;
    private @Nullable Fault fault;

    StartLineParser(boolean requests, int lenient, Head head, Limits limits) {
        this.requests = requests;
        this.lenient = lenient;
        this.head = head;
        this.limits = limits;
    }

    void begin() {
        state = State.EMPTY_LINES;
        at = 0;
        empty = 0;
        fault = null;
        head.clear();
    }

    /// Where it stopped: behind the line, or at what is wrong.
    int at() {
        return at;
    }

    /// Where the line begins.
    int lineOff() {
        return lineOff;
    }

    /// Whether anything but empty lines has come.
    boolean begun() {
        return state != State.EMPTY_LINES;
    }

    @Nullable Fault fault() {
        return fault;
    }

    /// Reads on; false if the window ends first or a fault was found.
    boolean parse(ReadOnlyCstruct w) {
        if (state == State.EMPTY_LINES && !emptyLines(w)) return false;
        if (state == State.METHOD && !method(w)) return false;
        if (state == State.TARGET && !target(w)) return false;
        if (state == State.VERSION && !version(w)) return false;
        if (state == State.STATUS && !status(w)) return false;
        if (state == State.REASON && !reason(w)) return false;
        return lineEnd(w);
    }

    /// RFC 9112, 2.2: empty lines before a request line are passed over, a few of them; we do the
    /// same before a status line.
    private boolean emptyLines(ReadOnlyCstruct w) {
        int length = w.length();
        while (at < length) {
            int c = w.u8(at);
            if (c != CR && c != LF) {
                lineOff = at;
                head.methodOff = requests ? at : 0;
                state = requests ? State.METHOD : State.VERSION;
                return true;
            }
            if (empty == limits.emptyLines()) return fail(at, Fault.EMPTY_LINES);
            if (c == LF) {
                if (!lets(Leniency.BARE_LF)) return fail(at, Fault.BARE_LF);
                at++;
            } else {
                if (at + 1 >= length) return false;
                if (w.u8(at + 1) == LF) {
                    at += 2;
                } else if (lets(Leniency.BARE_CR)) {
                    at++;
                } else {
                    return fail(at, Fault.BARE_CR);
                }
            }
            empty++;
        }
        return false;
    }

    private boolean method(ReadOnlyCstruct w) {
        int end = end(w);
        int at = Octets.skipToken(w, this.at, end);
        this.at = at;
        if (at == end) return stop();
        if (at == lineOff || w.u8(at) != SP) return fail(at, Fault.BAD_METHOD);
        head.methodEnd = at;
        head.targetOff = at + 1;
        this.at = at + 1;
        state = State.TARGET;
        return true;
    }

    private boolean target(ReadOnlyCstruct w) {
        int end = end(w);
        int at = Octets.skipTarget(w, this.at, end);
        this.at = at;
        if (at >= end) return stop();
        int c = w.u8(at);
        if (at == head.targetOff) return fail(at, Fault.BAD_TARGET);
        head.targetEnd = at;
        if (c == SP) {
            this.at = at + 1;
            state = State.VERSION;
            return true;
        }
        if (c != CR && c != LF) return fail(at, Fault.BAD_TARGET);
        if (!lets(Leniency.HTTP_0_9)) return fail(at, Fault.BAD_VERSION);
        head.version = 9;
        state = State.LINE_END;
        return true;
    }

    private boolean version(ReadOnlyCstruct w) {
        int off = at;
        long octets = w.length() - off < VERSION_LENGTH ? 0 : w.u64le(off);
        if (octets == HTTP_1_1) {
            head.version = 11;
        } else if (octets == HTTP_1_0) {
            head.version = 10;
        } else if (!anyVersion(w, off)) {
            return false;
        }
        at = off + head.protocol.versionLength();
        state = requests ? State.LINE_END : State.STATUS;
        return true;
    }

    /// The octets that are there must be the first ones of a version.
    private boolean anyVersion(ReadOnlyCstruct w, int off) {
        if (off == w.length()) return false;
        boolean others = lets(Leniency.RTSP_AND_ICE);
        Protocol protocol = others ? Protocol.beginningWith(w.u8(off)) : Protocol.HTTP;
        int end = off + protocol.versionLength();
        for (int i = off; i < Math.min(end, w.length()); i++) {
            if (!protocol.fits(i - off, w.u8(i))) return fail(i, Fault.BAD_VERSION);
        }
        if (end > w.length()) return false;
        int major = w.u8(end - 3) - '0';
        int minor = w.u8(end - 1) - '0';
        head.protocol(protocol);
        head.version = 10 * major + minor;
        // RFC 9110, 2.5: a higher minor version is read as the highest one that is known.
        boolean known = major == 1 || (lets(Leniency.HTTP_0_9) && head.version == 9);
        return known
                || protocol != Protocol.HTTP
                || lets(Leniency.ANY_VERSION)
                || fail(off, Fault.UNSUPPORTED_VERSION);
    }

    /// One space and three digits. The space before an empty reason phrase is often left out, and
    /// no two readers could take that differently.
    private boolean status(ReadOnlyCstruct w) {
        int off = at;
        int end = Math.min(w.length(), off + 1 + STATUS_LENGTH);
        int status = 0;
        for (int i = off; i < end; i++) {
            int c = w.u8(i);
            if (i == off ? c != SP : !Octets.isDigit(c)) {
                return fail(i, i == off ? Fault.BAD_VERSION : Fault.BAD_STATUS);
            }
            status = i == off ? 0 : 10 * status + c - '0';
        }
        int next = off + 1 + STATUS_LENGTH;
        if (next >= w.length()) return false;
        if (status < 100) return fail(off + 1, Fault.BAD_STATUS);
        int c = w.u8(next);
        if (c != SP && c != CR && c != LF) return fail(next, Fault.BAD_STATUS);
        head.status = status;
        at = c == SP ? next + 1 : next;
        head.reasonOff = at;
        state = State.REASON;
        return true;
    }

    private boolean reason(ReadOnlyCstruct w) {
        int end = end(w);
        int at = Octets.skipValue(w, this.at, end);
        this.at = at;
        if (at >= end) return stop();
        int c = w.u8(at);
        if (c != CR && c != LF) return fail(at, Fault.BAD_REASON);
        head.reasonEnd = at;
        state = State.LINE_END;
        return true;
    }

    private boolean lineEnd(ReadOnlyCstruct w) {
        if (at > lineOff + limits.startLineOctets()) return fail(at, Fault.START_LINE_TOO_LONG);
        int length = w.length();
        if (at >= length) return false;
        int c = w.u8(at);
        if (c == CR) {
            if (at + 1 >= length) return false;
            if (w.u8(at + 1) == LF) {
                at += 2;
                return true;
            }
            if (!lets(Leniency.BARE_CR)) return fail(at, Fault.BARE_CR);
        } else if (c != LF) {
            return fail(at, Fault.BAD_VERSION);
        } else if (!lets(Leniency.BARE_LF)) {
            return fail(at, Fault.BARE_LF);
        }
        at++;
        return true;
    }

    /// How far the line may be read: to the end of the input, or to the octet that is too much.
    private int end(ReadOnlyCstruct w) {
        return Math.min(w.length(), lineOff + limits.startLineOctets() + 1);
    }

    /// The input is at its end, or the limit is passed.
    private boolean stop() {
        return at <= lineOff + limits.startLineOctets()
                ? false
                : fail(at, Fault.START_LINE_TOO_LONG);
    }

    private boolean fail(int at, Fault fault) {
        this.at = at;
        this.fault = fault;
        return false;
    }

    private boolean lets(Leniency leniency) {
        return (lenient & leniency.bit()) != 0;
    }
}
