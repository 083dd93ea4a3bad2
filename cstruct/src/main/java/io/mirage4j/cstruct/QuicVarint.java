// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

/// The variable-length integers of QUIC (RFC 9000, section 16): the two top bits of the first octet
/// say that the number takes 1, 2, 4 or 8 octets; the rest is the number, in network order.
///
/// A number is measured first, then read, as in [Leb128]; the one thing that can be wrong is that
/// the window ends too early. Longer forms than needed are right but in frame types (section 12.4):
/// who must refuse them compares with [#length].
///
/// Nothing here allocates.
public final class QuicVarint {
    /// The window ends before the number does.
    public static final int TRUNCATED = -1;

    /// The largest number: 62 bits.
    public static final long MAX = (1L << 62) - 1;

    /// How many octets the number at `off` takes, or [#TRUNCATED].
    public static int measure(ReadOnlyCstruct buf, int off) {
        buf.check(off, 0);
        int available = buf.length() - off;
        if (available == 0) return TRUNCATED;
        int octets = 1 << (buf.u8(off) >> 6);
        return octets <= available ? octets : TRUNCATED;
    }

    /// The number at `off`; it has been measured.
    public static long value(ReadOnlyCstruct buf, int off) {
        int first = buf.u8(off);
        return switch (first >> 6) {
            case 0 -> first;
            case 1 -> buf.u16be(off) & 0x3fff;
            case 2 -> buf.u32be(off) & 0x3fff_ffff;
            default -> buf.u64be(off) & MAX;
        };
    }

    /// How many octets the shortest form of `v` takes.
    public static int length(long v) {
        checkRange(v);
        return v < 0x40 ? 1 : v < 0x4000 ? 2 : v < 0x4000_0000 ? 4 : 8;
    }

    /// Writes the shortest form of `v` and returns how many octets that took.
    public static int put(Cstruct buf, int off, long v) {
        int octets = length(v);
        put(buf, off, v, octets);
        return octets;
    }

    /// Writes `v` in a form of `octets` octets, which may be longer than needed: so a length that
    /// is not known yet gets its place first.
    public static void put(Cstruct buf, int off, long v, int octets) {
        if (octets < length(v)) {
            throw new IllegalArgumentException(
                    v + " takes " + length(v) + " octets, more than " + octets);
        }
        switch (octets) {
            case 1 -> buf.putU8(off, (int) v);
            case 2 -> buf.putU16be(off, (int) v | 0x4000);
            case 4 -> buf.putU32be(off, (int) v | 0x8000_0000);
            case 8 -> buf.putU64be(off, v | 0xc000_0000_0000_0000L);
            default ->
                    throw new IllegalArgumentException(
                            "a form of " + octets + " octets is none of 1, 2, 4 and 8");
        }
    }

    private static void checkRange(long v) {
        if (v < 0 || v > MAX) throw new IllegalArgumentException(v + " is not in 0.." + MAX);
    }

    private QuicVarint() {}
}
