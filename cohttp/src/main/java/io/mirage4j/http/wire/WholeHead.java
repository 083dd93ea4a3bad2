// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static io.mirage4j.http.wire.Octets.CR;
import static io.mirage4j.http.wire.Octets.LF;
import static io.mirage4j.http.wire.Octets.SP;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// Reads a request's head that is whole in the window and that every rule lets pass as it stands,
/// in one go. Whatever it has a doubt about (a fault, an end of the window, an empty line in front,
/// a head as long as the limit of a line) it leaves to [StartLineParser] and [FieldLinesParser],
/// which begin again and say what it is. They are its oracle in the tests: a head that is cut
/// anywhere goes through them.
///
/// Octets are looked at eight at a time. Where less than eight are left, those before them are
/// shifted out and zeros, which no class has, stand for what is not there.
///
/// Nothing here allocates.
final class WholeHead {
    private static final int LEAST = 8;
    private static final int CRLF = CR | (LF << 8);

    /// `HTTP/1.` with a zero on top, and the octets of a word that it fills.
    private static final long HTTP_1 = 0x002e312f50545448L;

    private static final long SEVEN_OCTETS = -1L >>> 8;

    private final Head head;
    private final Framing framing;
    private final int most;
    private final int mostFields;

    WholeHead(Limits limits, Head head, Framing framing) {
        this.head = head;
        this.framing = framing;
        most =
                Math.min(
                        limits.headOctets(),
                        Math.min(limits.startLineOctets(), limits.fieldLineOctets()));
        mostFields = limits.fields();
    }

    /// How many octets the head has; 0 where it is not for this reader, and then nothing counts
    /// that was found.
    int parse(ReadOnlyCstruct w) {
        int length = Math.min(w.length(), most);
        if (length < LEAST) return 0;
        head.clear();
        head.fields.clear();
        head.fields.over(w);
        int at = startLine(w, length);
        if (at == 0) return 0;
        framing.begin();
        return fieldLines(w, at, length);
    }

    private int startLine(ReadOnlyCstruct w, int length) {
        int last = length - 8;
        int at = Octets.skipToken(w, 0, length);
        if (at == 0 || at >= last || w.u8(at) != SP) return 0;
        int targetOff = at + 1;
        int targetEnd = Octets.skipTarget(w, targetOff, length);
        int version = targetEnd + 1;
        if (targetEnd == targetOff || version > last - 2 || w.u8(targetEnd) != SP) return 0;
        long octets = w.u64le(version);
        int minor = (int) (octets >>> 56) - '0';
        if ((octets & SEVEN_OCTETS) != HTTP_1 || (minor | 1) != 1 || w.u16le(version + 8) != CRLF) {
            return 0;
        }
        head.methodEnd = at;
        head.targetOff = targetOff;
        head.targetEnd = targetEnd;
        head.version = 10 + minor;
        return version + 10;
    }

    private int fieldLines(ReadOnlyCstruct w, int off, int length) {
        FieldLines lines = head.fields;
        int last = length - 8;
        int at = off;
        while (true) {
            int nameOff = at;
            at = nameEnd(w, at, last);
            if (at < 0) return 0;
            if (at == nameOff) return w.u16le(at) == CRLF ? at + 2 : 0;
            if (w.u8(at) != ':' || lines.count() == mostFields) return 0;
            int nameEnd = at++;
            while (Octets.isBlank(w.u8(at))) {
                if (++at > last + 6) return 0;
            }
            int valueOff = at;
            at = valueEnd(w, at, last);
            if (at < 0) return 0;
            int valueEnd = at;
            while (valueEnd > valueOff && Octets.isBlank(w.u8(valueEnd - 1))) {
                valueEnd--;
            }
            at += 2;
            lines.add(nameOff, nameEnd, valueOff, valueEnd);
            if (((Framing.NAME_LENGTHS >>> (nameEnd - nameOff)) & 1) != 0
                    && framing.line(lines.count() - 1) != null) {
                return 0;
            }
        }
    }

    /// The first octet not of a token, if there is one behind it; or -1.
    private static int nameEnd(ReadOnlyCstruct w, int off, int last) {
        int at = off;
        while (at <= last + 6) {
            long stop = Octets.notLetterOrHyphen(word(w, at, last));
            if (stop == 0) {
                at += 8;
                continue;
            }
            at += Long.numberOfTrailingZeros(stop) >>> 3;
            if (at > last + 6) break;
            if (!Octets.isToken(w.u8(at))) return at;
            at++;
        }
        return -1;
    }

    /// Where CR LF stands behind what a value may hold; or -1.
    private static int valueEnd(ReadOnlyCstruct w, int off, int last) {
        int at = off;
        while (at <= last + 6) {
            long stop = Octets.notPlain(word(w, at, last));
            if (stop == 0) {
                at += 8;
                continue;
            }
            at += Long.numberOfTrailingZeros(stop) >>> 3;
            if (at > last + 6) break;
            if (w.u16le(at) == CRLF) return at;
            if (!Octets.isValue(w.u8(at))) break;
            at++;
        }
        return -1;
    }

    /// The eight octets from `at`, with zeros for those behind `last + 8`.
    private static long word(ReadOnlyCstruct w, int at, int last) {
        return at <= last ? w.u64le(at) : w.u64le(last) >>> ((at - last) << 3);
    }
}
