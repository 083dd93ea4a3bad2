// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.lang.foreign.MemorySegment;

/// The internet checksum (RFC 1071): the 16-bit ones' complement of the ones' complement sum of the
/// octets taken as big-endian 16-bit words, the last one filled up with a zero octet.
///
/// A *sum* here is partial: a `long` that is not folded to 16 bits yet. Sums are added with `+` (a
/// pseudo-header, several windows), and [#finish] folds and complements at the end:
///
/// ```java
/// long sum = InternetChecksum.onesComplementSum(packet, 0, 12); // pseudo-header
/// sum += InternetChecksum.onesComplementSum(packet, 12, len);
/// packet.putU16be(12 + CHECKSUM, InternetChecksum.finish(sum));
/// ```
///
/// The sum of a window is below 2^33, so two thousand million of them can be added before a `long`
/// overflows; [#fold] makes one small again. Nothing here allocates.
public final class InternetChecksum {
    /// The sum of the `len` octets from `off`, as if `off` were even: what comes first is the high
    /// octet of a word.
    public static long onesComplementSum(ReadOnlyCstruct window, int off, int len) {
        window.check(off, len);
        return sum(window, off, len);
    }

    /// The sum of a whole window.
    public static long onesComplementSum(ReadOnlyCstruct window) {
        return sum(window, 0, window.length);
    }

    /// `sum` as if each of its octets stood one place later: what a piece that begins after an odd
    /// number of octets adds to the whole (RFC 1071, 2 (B): byte order independence).
    public static long swapped(long sum) {
        return Short.toUnsignedLong(Short.reverseBytes((short) fold(sum)));
    }

    /// The sum of `a`, which was over `aOctets` octets, and of `b`, which came right after it.
    public static long combine(long a, long aOctets, long b) {
        return a + ((aOctets & 1) == 0 ? b : swapped(b));
    }

    /// The sum in 16 bits. It is 0 only if all that was summed was 0, otherwise 1 to 0xffff.
    public static int fold(long sum) {
        long folded = halved(sum);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ((folded & 0xffff) + (folded >>> 16));
    }

    /// The checksum to put into the packet, whose checksum field was 0 when it was summed.
    public static int finish(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /// Tells whether octets that hold their own checksum, and sum up to `sum`, are whole.
    public static boolean isValid(long sum) {
        return fold(sum) == 0xffff;
    }

    /// The checksum after a 16-bit field of the packet went from `from` to `to` (RFC 1624, 3: `HC'
    /// = ~(~HC + ~m + m')`, which is right where RFC 1141 is not).
    public static int updateU16(int checksum, int from, int to) {
        return finish((~checksum & 0xffffL) + (~from & 0xffffL) + (to & 0xffffL));
    }

    /// As [#updateU16] for a 32-bit field at an even offset.
    public static int updateU32(int checksum, int from, int to) {
        return finish((~checksum & 0xffffL) + (~from & 0xffff_ffffL) + (to & 0xffff_ffffL));
    }

    /// Adds little-endian words of 32 bits, which vectorises and looks at no carry, and turns the
    /// result round instead of the words: the sum of swapped octets is the swapped sum (RFC 1071, 2
    /// (B)). Swapping multiplies by 2^8 modulo 2^16 - 1; a rotation does that in 64 bits too.
    private static long sum(ReadOnlyCstruct window, int off, int len) {
        byte[] heap = window.heap;
        MemorySegment segment = window.segment;
        long base = window.base;
        int at = off;
        int whole = len & -8;
        long sum = RawMemory.sumOfInts(heap, segment, base, at, whole);
        at += whole;
        if ((len & 4) != 0) {
            sum += RawMemory.getInt(heap, segment, base, at) & 0xffff_ffffL;
            at += 4;
        }
        if ((len & 2) != 0) {
            sum += RawMemory.getShort(heap, segment, base, at) & 0xffff;
            at += 2;
        }
        if ((len & 1) != 0) {
            sum += RawMemory.getByte(heap, segment, base, at) & 0xff;
        }
        return halved(Long.rotateLeft(sum, Byte.SIZE));
    }

    private static long halved(long sum) {
        return (sum & 0xffff_ffffL) + (sum >>> Integer.SIZE);
    }

    private InternetChecksum() {}
}
