// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static io.mirage4j.http.wire.Octets.CR;
import static io.mirage4j.http.wire.Octets.LF;
import static io.mirage4j.http.wire.Octets.SP;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads a request's head that is whole in the window and that every rule lets pass as it stands,
/// in one go. Whatever it has a doubt about (a fault, an end of the window, an empty line in front,
/// a head as long as the limit of a line) it leaves to [StartLineParser] and [FieldLinesParser],
/// which begin again and say what it is. They are its oracle in the tests: a head that is cut
/// anywhere goes through them.
///
/// The octets are copied into an array of its own and looked at there, eight at a time: one check
/// reaches them where a window needs three, and the zeros behind them, which no class has, end
/// every scan, so that none asks where the end is. To copy them costs a tenth of what that saves.
///
/// Nothing here allocates, but for a head longer than [#SHORT] and than any before.
final class WholeHead {
    /// What is copied at first: most heads are no longer, and behind them there may be others.
    private static final int SHORT = 1024;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// `HTTP/1.` with a zero on top, and the octets of a word that it fills.
    private static final long HTTP_1 = 0x002e312f50545448L;

    /// `host`.
    private static final int HOST = 0x74736f68;

    private static final long SEVEN_OCTETS = -1L >>> 8;

    private final Head head;
    private final Framing framing;
    private final int most;
    private final int mostFields;

    private byte[] octets = new byte[SHORT + ZEROS];

    /// Two words: so far a scan may look that has met the first of them.
    private static final int ZEROS = 16;

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
        int end = parse(w, Math.min(length, SHORT));
        return end == 0 && length > SHORT ? parse(w, length) : end;
    }

    private int parse(ReadOnlyCstruct w, int length) {
        byte[] b = copied(w, length);
        head.fields.begin(w);
        int fields = startLine(b);
        if (fields == 0) return 0;
        framing.begin();
        return fieldLines(b, fields);
    }

    private byte[] copied(ReadOnlyCstruct w, int length) {
        if (length > octets.length - ZEROS) {
            octets = new byte[most + ZEROS];
        }
        byte[] b = octets;
        w.copyTo(0, b, 0, length);
        WORD.set(b, length, 0L);
        WORD.set(b, length + 8, 0L);
        return b;
    }

    /// Where the line ends, or 0.
    private int startLine(byte[] b) {
        int at = tokenEnd(b, 0);
        if (at == 0 || b[at] != SP) return 0;
        int targetOff = at + 1;
        int targetEnd = targetEnd(b, targetOff);
        if (targetEnd == targetOff || b[targetEnd] != SP) return 0;
        int version = targetEnd + 1;
        long octets = word(b, version);
        int minor = (int) (octets >>> 56) - '0';
        if ((octets & SEVEN_OCTETS) != HTTP_1 || (minor | 1) != 1 || !isLineEnd(b, version + 8)) {
            return 0;
        }
        head.request(at, targetOff, targetEnd, 10 + minor);
        return version + 10;
    }

    /// Where the head ends, or 0.
    private int fieldLines(byte[] b, int off) {
        FieldLines lines = head.fields;
        int at = off;
        while (true) {
            int nameOff = at;
            int nameEnd = tokenEnd(b, nameOff);
            if (nameEnd == nameOff) return isLineEnd(b, at) ? at + 2 : 0;
            if (b[nameEnd] != ':' || lines.count() == mostFields) return 0;
            int valueOff = nameEnd + 1;
            while (Octets.isBlank(b[valueOff])) {
                valueOff++;
            }
            at = valueEnd(b, valueOff);
            if (!isLineEnd(b, at)) return 0;
            int valueEnd = at;
            while (valueEnd > valueOff && Octets.isBlank(b[valueEnd - 1])) {
                valueEnd--;
            }
            at += 2;
            lines.add(nameOff, nameEnd, valueOff, valueEnd);
            if (Framing.mayKnow(b[nameOff], nameEnd - nameOff)) {
                if (isHost(b, nameOff, nameEnd) && isPlainHost(b, valueOff, valueEnd)) {
                    framing.plainHost();
                } else if (framing.line(lines.count() - 1) != null) {
                    return 0;
                }
            }
        }
    }

    private static boolean isHost(byte[] b, int off, int end) {
        return end - off == 4 && ((int) word(b, off) | 0x20202020) == HOST;
    }

    /// Whether it is a name without a port: what ends a value is no octet of a name, and so ends
    /// the scan.
    private static boolean isPlainHost(byte[] b, int off, int end) {
        int at = off;
        while (true) {
            long stop = Octets.notHostName(word(b, at));
            if (stop != 0) return at + Octets.first(stop) == end;
            at += 8;
        }
    }

    private static int tokenEnd(byte[] b, int off) {
        int at = off;
        while (true) {
            long stop = Octets.notLetterOrHyphen(word(b, at));
            if (stop == 0) {
                at += 8;
                continue;
            }
            at += Octets.first(stop);
            if (b[at] == ':' || !Octets.isToken(b[at])) return at;
            at++;
        }
    }

    private static int targetEnd(byte[] b, int off) {
        int at = off;
        while (true) {
            long stop = Octets.notVisible(word(b, at));
            if (stop != 0) return at + Octets.first(stop);
            at += 8;
        }
    }

    private static int valueEnd(byte[] b, int off) {
        int at = off;
        while (true) {
            long stop = Octets.notPlain(word(b, at));
            if (stop == 0) {
                at += 8;
                continue;
            }
            at += Octets.first(stop);
            if (b[at] == CR || !Octets.isValue(b[at])) return at;
            at++;
        }
    }

    private static boolean isLineEnd(byte[] b, int at) {
        return b[at] == CR && b[at + 1] == LF;
    }

    private static long word(byte[] b, int at) {
        return (long) WORD.get(b, at);
    }
}
