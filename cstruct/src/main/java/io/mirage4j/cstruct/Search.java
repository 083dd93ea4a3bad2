// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

/// Finds octets in windows, eight at a time: a word is read, and an octet in it that is the one
/// looked for becomes zero by an exclusive or; the arithmetic below tells where zeros are. The
/// words are little-endian, so the first octet is the lowest. Offsets are the caller's care.
///
/// Nothing here allocates.
final class Search {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;

    static int indexOf(ReadOnlyCstruct in, int octet, int from) {
        long wanted = ONES * (octet & 0xff);
        int at = from;
        for (; at <= in.length - 8; at += 8) {
            long zeros = zeros(word(in, at) ^ wanted);
            if (zeros != 0) return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
        }
        for (; at < in.length; at++) {
            if (in.u8(at) == (octet & 0xff)) return at;
        }
        return -1;
    }

    static int lastIndexOf(ReadOnlyCstruct in, int octet) {
        long wanted = ONES * (octet & 0xff);
        int end = in.length;
        for (; end >= 8; end -= 8) {
            long zeros = zeros(word(in, end - 8) ^ wanted);
            if (zeros != 0) return end - 1 - (Long.numberOfLeadingZeros(zeros) >>> 3);
        }
        for (int at = end - 1; at >= 0; at--) {
            if (in.u8(at) == (octet & 0xff)) return at;
        }
        return -1;
    }

    /// A place is looked at closely only where both the first and the last octet of the pattern are
    /// right, which two words tell for eight places at once.
    static int indexOf(ReadOnlyCstruct in, ReadOnlyCstruct pattern, int from) {
        int len = pattern.length;
        if (len == 0) return from;
        if (len > in.length - from) return -1;
        int first = pattern.u8(0);
        if (len == 1) return indexOf(in, first, from);
        long firsts = ONES * first;
        long lasts = ONES * pattern.u8(len - 1);
        int end = in.length - len; // the last place where it fits
        int at = from;
        for (; at <= end - 7; at += 8) {
            long zeros = zeros((word(in, at) ^ firsts) | (word(in, at + len - 1) ^ lasts));
            for (; zeros != 0; zeros &= zeros - 1) {
                int place = at + (Long.numberOfTrailingZeros(zeros) >>> 3);
                if (stands(pattern, in, place)) return place;
            }
        }
        for (; at <= end; at++) {
            if (in.u8(at) == first && stands(pattern, in, at)) return at;
        }
        return -1;
    }

    static int mismatch(ReadOnlyCstruct a, ReadOnlyCstruct b) {
        int common = Math.min(a.length, b.length);
        int at = differs(a, 0, b, common);
        return at < common ? at : a.length == b.length ? -1 : common;
    }

    private static boolean stands(ReadOnlyCstruct pattern, ReadOnlyCstruct in, int at) {
        return differs(in, at, pattern, pattern.length) == pattern.length;
    }

    /// The first of `len` offsets at which `a` from `aOff` and `b` differ; `len` if none.
    private static int differs(ReadOnlyCstruct a, int aOff, ReadOnlyCstruct b, int len) {
        int at = 0;
        for (; at <= len - 8; at += 8) {
            long bits = word(a, aOff + at) ^ word(b, at);
            if (bits != 0) return at + (Long.numberOfTrailingZeros(bits) >>> 3);
        }
        while (at < len && a.u8(aOff + at) == b.u8(at)) {
            at++;
        }
        return at;
    }

    private static long word(ReadOnlyCstruct in, int off) {
        return RawMemory.getLong(in.heap, in.segment, in.base, off);
    }

    /// The high bit of each octet of `word` that is zero. Exact for each: the sum of seven bits
    /// carries into the eighth unless they are all zero, and never out of the octet.
    private static long zeros(long word) {
        return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
    }

    private Search() {}
}
