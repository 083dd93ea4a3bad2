// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

/// LEB128 numbers, as in DWARF and WebAssembly: seven bits an octet, least significant first, the
/// top bit set on all octets but the last.
///
/// A number is measured first, then read. Measuring gives how many octets it takes, or one of the
/// negative codes, so that bad input costs neither an object nor an exception:
///
/// ```java
/// int octets = Leb128.measureU32(buf, off);
/// if (octets < 0) {
///     return BAD_LENGTH; // octets is TRUNCATED, OVERLONG or TOO_LARGE
/// }
/// int count = Leb128.u32(buf, off);
/// ```
///
/// Padding (`80 00` for 0) is accepted up to the octets that the widest number takes, five of 32
/// bits and ten of 64; who wants the one shortest form compares with the length functions. An `off`
/// outside the window is an `IndexOutOfBoundsException`, as everywhere.
///
/// Nothing here allocates.
public final class Leb128 {
    /// The window ends before the number does.
    public static final int TRUNCATED = -1;

    /// The number goes on after the octets that the widest number takes.
    public static final int OVERLONG = -2;

    /// The last octet has bits that the type has not.
    public static final int TOO_LARGE = -3;

    /// How many octets the unsigned 32-bit number at `off` takes, or a negative code.
    public static int measureU32(ReadOnlyCstruct buf, int off) {
        int octets = measure(buf, off, 5);
        return octets == 5 && buf.u8(off + 4) > 0x0f ? TOO_LARGE : octets;
    }

    /// How many octets the unsigned 64-bit number at `off` takes, or a negative code.
    public static int measureU64(ReadOnlyCstruct buf, int off) {
        int octets = measure(buf, off, 10);
        return octets == 10 && buf.u8(off + 9) > 0x01 ? TOO_LARGE : octets;
    }

    /// How many octets the signed 32-bit number at `off` takes, or a negative code.
    public static int measureS32(ReadOnlyCstruct buf, int off) {
        int octets = measure(buf, off, 5);
        // Four bits belong to the number, the three above must repeat its sign.
        return octets == 5 && !isSign(buf.u8(off + 4), 3) ? TOO_LARGE : octets;
    }

    /// How many octets the signed 64-bit number at `off` takes, or a negative code.
    public static int measureS64(ReadOnlyCstruct buf, int off) {
        int octets = measure(buf, off, 10);
        return octets == 10 && !isSign(buf.u8(off + 9), 0) ? TOO_LARGE : octets;
    }

    /// The number at `off`, to be taken as unsigned; it has been measured.
    public static int u32(ReadOnlyCstruct buf, int off) {
        return (int) u64(buf, off);
    }

    /// The number at `off`, to be taken as unsigned; it has been measured.
    public static long u64(ReadOnlyCstruct buf, int off) {
        long value = 0;
        for (int at = off, shift = 0; ; at++, shift += 7) {
            long octet = buf.u8(at);
            value |= (octet & 0x7f) << shift;
            if (octet < 0x80 || shift == 63) return value;
        }
    }

    /// The number at `off`; it has been measured.
    public static int s32(ReadOnlyCstruct buf, int off) {
        return (int) s64(buf, off);
    }

    /// The number at `off`; it has been measured.
    public static long s64(ReadOnlyCstruct buf, int off) {
        long value = 0;
        for (int at = off, shift = 0; ; at++, shift += 7) {
            long octet = buf.u8(at);
            value |= (octet & 0x7f) << shift;
            if (octet < 0x80 || shift == 63) {
                int unused = Math.max(0, 57 - shift);
                return (value << unused) >> unused;
            }
        }
    }

    /// How many octets the shortest form of an unsigned number takes: 1 to 5.
    public static int lengthU32(int v) {
        return lengthU64(v & 0xffff_ffffL);
    }

    /// How many octets the shortest form of an unsigned number takes: 1 to 10.
    public static int lengthU64(long v) {
        return (70 - Long.numberOfLeadingZeros(v | 1)) / 7;
    }

    /// How many octets the shortest form of a signed number takes: 1 to 5.
    public static int lengthS32(int v) {
        return lengthS64(v);
    }

    /// How many octets the shortest form of a signed number takes: 1 to 10.
    public static int lengthS64(long v) {
        // One bit more than the magnitude: the sign.
        return (71 - Long.numberOfLeadingZeros(v ^ (v >> 63))) / 7;
    }

    /// Writes the shortest form of `v`, taken as unsigned, and returns how many octets that took.
    public static int putU32(Cstruct buf, int off, int v) {
        return putU64(buf, off, v & 0xffff_ffffL);
    }

    /// Writes the shortest form of `v`, taken as unsigned, and returns how many octets that took.
    public static int putU64(Cstruct buf, int off, long v) {
        int octets = lengthU64(v);
        put(buf, off, v, octets, v >>> (7 * (octets - 1)));
        return octets;
    }

    /// Writes the shortest form of `v` and returns how many octets that took.
    public static int putS32(Cstruct buf, int off, int v) {
        return putS64(buf, off, v);
    }

    /// Writes the shortest form of `v` and returns how many octets that took.
    public static int putS64(Cstruct buf, int off, long v) {
        int octets = lengthS64(v);
        put(buf, off, v, octets, v >> (7 * (octets - 1)));
        return octets;
    }

    /// All octets or none. `last` is `v` without the bits of all octets but the last: there the
    /// signed and the unsigned differ.
    private static void put(Cstruct buf, int off, long v, int octets, long last) {
        buf.check(off, octets);
        for (int i = 0; i < octets - 1; i++) {
            buf.putU8(off + i, (int) (v >> (7 * i)) | 0x80);
        }
        buf.putU8(off + octets - 1, (int) last & 0x7f);
    }

    private static int measure(ReadOnlyCstruct buf, int off, int most) {
        buf.check(off, 0);
        int available = Math.min(most, buf.length() - off);
        for (int i = 0; i < available; i++) {
            if (buf.u8(off + i) < 0x80) return i + 1;
        }
        return available == most ? OVERLONG : TRUNCATED;
    }

    /// Tells whether bit `from` of a last octet and all above it, up to bit 6, are the same.
    private static boolean isSign(int octet, int from) {
        int sign = (octet << 25) >> (25 + from);
        return sign == 0 || sign == -1;
    }

    private Leb128() {}
}
