// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The classes of octets that HTTP knows (RFC 9110, 5.5 and 5.6), and the scans over them, eight
/// octets at a time. A scan begins at `at` and returns the first offset that is not of the class,
/// or `end`. Nothing here allocates.
///
/// The tests of a word carry into, or borrow from, the octet above only where they hit, so the
/// lowest hit is exact, and only that is used.
final class Octets {
    static final int HTAB = '\t';
    static final int LF = '\n';
    static final int CR = '\r';
    static final int SP = ' ';

    private static final int TOKEN = 1;
    private static final int VALUE = 2;
    private static final int TARGET = 4;
    private static final int QUOTED = 8;
    private static final int HOST = 16;

    private static final byte[] CLASSES = classes();

    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long DELS = 0x7f * ONES;

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean visible = c > ' ' && c < 0x7f;
            boolean text = visible || c == SP || c == HTAB || c >= 0x80;
            boolean delimiter = "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0;
            classes[c] =
                    (byte)
                            ((visible && !delimiter ? TOKEN : 0)
                                    | (text ? VALUE : 0)
                                    | (visible ? TARGET : 0)
                                    | (text && c != '"' && c != '\\' ? QUOTED : 0)
                                    | (isHost(c) ? HOST : 0));
        }
        return classes;
    }

    /// Unreserved characters and sub-delimiters of RFC 3986.
    private static boolean isHost(int c) {
        int lower = c | 0x20;
        boolean letter = c < 0x80 && lower >= 'a' && lower <= 'z';
        return letter || isDigit(c) || "-._~!$&'()*+,;=".indexOf(c) >= 0;
    }

    /// What the name of a host may hold but for percent triples.
    static boolean isHostName(int c) {
        return (CLASSES[c & 0xff] & HOST) != 0;
    }

    static boolean isToken(int c) {
        return (CLASSES[c & 0xff] & TOKEN) != 0;
    }

    /// What a field value may hold: VCHAR, obs-text, SP, HTAB.
    static boolean isValue(int c) {
        return (CLASSES[c & 0xff] & VALUE) != 0;
    }

    static boolean isTarget(int c) {
        return (CLASSES[c & 0xff] & TARGET) != 0;
    }

    /// What may stand in a quoted string as it is.
    static boolean isQuoted(int c) {
        return (CLASSES[c & 0xff] & QUOTED) != 0;
    }

    static boolean isBlank(int c) {
        return c == SP || c == HTAB;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// The value of a hexadecimal digit, or -1.
    static int hex(int c) {
        if (isDigit(c)) return c - '0';
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// No letter and no hyphen, in the top bits of the octets up to the first one that is not
    /// ASCII.
    static long notLetterOrHyphen(long x) {
        long lower = x | 0x20 * ONES;
        long letter = (lower + (0x80 - 'a') * ONES) & ~(lower + (0x80 - ('z' + 1)) * ONES);
        long notHyphen = (x ^ '-' * ONES) + DELS;
        return ((~letter & notHyphen) | x) & TOPS;
    }

    /// No letter, digit, hyphen or dot, as above.
    static long notHostName(long x) {
        long digitOrSlash = (x + (0x80 - '/') * ONES) & ~(x + (0x80 - ('9' + 1)) * ONES);
        long dotOrSlash = ~(((x ^ '.' * ONES) & ~ONES) + DELS);
        return notLetterOrHyphen(x) & (~(digitOrSlash ^ dotOrSlash) | x);
    }

    /// Neither SP nor visible ASCII: less than SP is below zero, and too much passes 0x7f by a sum.
    static long notPlain(long x) {
        long above = x - SP * ONES;
        return (above | (above + (0x7f - ('~' - SP)) * ONES)) & TOPS;
    }

    /// Not visible ASCII.
    static long notVisible(long x) {
        long above = x - '!' * ONES;
        return (above | (above + (0x7f - ('~' - '!')) * ONES)) & TOPS;
    }

    /// The place in a word of what the lowest bit set stands for.
    static int first(long stop) {
        return Long.numberOfTrailingZeros(stop) >>> 3;
    }

    /// Over token octets: letters and hyphens fast, the others one by one.
    static int skipToken(ReadOnlyCstruct w, int at, int end) {
        while (at < end) {
            long stop = notLetterOrHyphen(w.u64lePadded(at));
            if (stop == 0) {
                at += 8;
                continue;
            }
            at += first(stop);
            if (at >= end || !isToken(w.u8(at))) return Math.min(at, end);
            at++;
        }
        return end;
    }

    /// Over what the name of a host may hold but for percent triples: letters, digits, dots and
    /// hyphens fast, the others one by one.
    static int skipHostName(ReadOnlyCstruct w, int at, int end) {
        while (at < end) {
            long stop = notHostName(w.u64lePadded(at));
            if (stop == 0) {
                at += 8;
                continue;
            }
            at += first(stop);
            if (at >= end || !isHostName(w.u8(at))) return Math.min(at, end);
            at++;
        }
        return end;
    }

    /// Over what a field value may hold: plain octets fast, the others one by one.
    static int skipValue(ReadOnlyCstruct w, int at, int end) {
        while (at < end) {
            long stop = notPlain(w.u64lePadded(at));
            if (stop == 0) {
                at += 8;
                continue;
            }
            at += first(stop);
            if (at >= end || !isValue(w.u8(at))) return Math.min(at, end);
            at++;
        }
        return end;
    }

    /// Over visible ASCII.
    static int skipTarget(ReadOnlyCstruct w, int at, int end) {
        while (at < end) {
            long stop = notVisible(w.u64lePadded(at));
            if (stop == 0) {
                at += 8;
                continue;
            }
            return Math.min(end, at + first(stop));
        }
        return end;
    }

    /// Over what a field value may hold where control characters are let pass.
    static int skipLenientValue(ReadOnlyCstruct w, int at, int end, boolean nul) {
        while (at < end) {
            int c = w.u8(at);
            if (c == CR || c == LF || (c == 0 && !nul)) return at;
            at++;
        }
        return at;
    }

    static int skipBlanks(ReadOnlyCstruct w, int at, int end) {
        while (at < end && isBlank(w.u8(at))) {
            at++;
        }
        return at;
    }

    /// Tells whether the octets from `off` to `end` are `lower`, which is in lower case, but for
    /// case.
    static boolean same(ReadOnlyCstruct w, int off, int end, String lower) {
        int length = lower.length();
        if (end - off != length) return false;
        for (int i = 0; i < length; i++) {
            int c = w.u8(off + i);
            if (c != lower.charAt(i) && !(c >= 'A' && c <= 'Z' && (c | 0x20) == lower.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private Octets() {}
}
