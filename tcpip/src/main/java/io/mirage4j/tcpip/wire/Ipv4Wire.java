// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The IPv4 header (RFC 791), read and written in place; `off` is its first octet. Once [#check]
/// returns [Verdict#OK] the readers stay in the packet. Nothing here allocates.
///
/// ```
///  0       4       8              16      19                  31
/// +-------+-------+--------------+-------------------------------+
/// |   4   |  IHL  |  DSCP, ECN   |         total length          |
/// |        identification        | 0 DF MF|   offset / 8         |
/// |      TTL      |   protocol   |       header checksum         |
/// |                            source                            |
/// |                          destination                         |
/// |                     options, up to 40 octets                 |
/// +--------------------------------------------------------------+
/// ```
public final class Ipv4Wire {
    public static final int HEADER_LENGTH = 20;
    public static final int MAX_HEADER_LENGTH = 60;
    public static final int MAX_LENGTH = 0xffff;

    /// In [#fragment].
    public static final int DONT_FRAGMENT = 0x4000;

    public static final int MORE_FRAGMENTS = 0x2000;
    public static final int OFFSET_MASK = 0x1fff;

    private static final int TOS = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    /// Tells whether the `available` octets from `off` hold one whole packet with a sound header.
    /// Octets past its length are link padding, and are no fault. Options: [Ipv4Options#check].
    public static Verdict check(ReadOnlyCstruct buf, int off, int available) {
        Verdict verdict = checkLengths(buf, off, available);
        if (verdict != Verdict.OK) return verdict;
        int header = headerLength(buf, off);
        long sum =
                header == HEADER_LENGTH
                        ? plainSum(buf, off)
                        : InternetChecksum.onesComplementSum(buf, off, header);
        return InternetChecksum.isValid(sum) ? Verdict.OK : Verdict.IPV4_BAD_CHECKSUM;
    }

    /// The sum of a header without options, as nearly all are.
    private static long plainSum(ReadOnlyCstruct buf, int off) {
        long first = buf.u64be(off);
        long second = buf.u64be(off + 8);
        return (first >>> Integer.SIZE)
                + (first & 0xffff_ffffL)
                + (second >>> Integer.SIZE)
                + (second & 0xffff_ffffL)
                + (buf.u32be(off + DESTINATION) & 0xffff_ffffL);
    }

    /// As [#check], without the checksum.
    public static Verdict checkLengths(ReadOnlyCstruct buf, int off, int available) {
        if (available < 1) return Verdict.IPV4_TRUNCATED;
        if (buf.u8(off) >>> 4 != 4) return Verdict.IPV4_BAD_VERSION;
        if (available < HEADER_LENGTH) return Verdict.IPV4_TRUNCATED;
        int header = headerLength(buf, off);
        if (header < HEADER_LENGTH) return Verdict.IPV4_BAD_HEADER_LENGTH;
        int total = totalLength(buf, off);
        if (total < header) return Verdict.IPV4_BAD_TOTAL_LENGTH;
        return total <= available ? Verdict.OK : Verdict.IPV4_TRUNCATED;
    }

    public static int headerLength(ReadOnlyCstruct buf, int off) {
        return (buf.u8(off) & 0xf) << 2;
    }

    /// DSCP (6 bits) and ECN (2 bits).
    public static int tos(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + TOS);
    }

    public static int totalLength(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + TOTAL_LENGTH);
    }

    public static int identification(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + IDENTIFICATION);
    }

    /// Three flags and the offset in units of 8 octets.
    public static int fragment(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + FRAGMENT);
    }

    public static boolean isFragment(ReadOnlyCstruct buf, int off) {
        return (fragment(buf, off) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
    }

    public static int ttl(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + TTL);
    }

    public static int protocol(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + PROTOCOL);
    }

    public static int source(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + SOURCE);
    }

    public static int destination(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + DESTINATION);
    }

    /// Writes a header of `headerLength` octets, whose options stand there already, with its
    /// checksum.
    public static void put(
            Cstruct buf,
            int off,
            int headerLength,
            int tos,
            int totalLength,
            int identification,
            int fragment,
            int ttl,
            int protocol,
            int source,
            int destination) {
        int first = 0x40 << 24 | headerLength >>> 2 << 24 | tos << 16 | totalLength;
        int second = identification << 16 | fragment;
        int third = ttl << 24 | protocol << 16;
        // From the values: what was just written is slow to read in other pieces.
        long sum = words(first) + words(second) + words(third) + words(source) + words(destination);
        if (headerLength > HEADER_LENGTH) {
            sum +=
                    InternetChecksum.onesComplementSum(
                            buf, off + HEADER_LENGTH, headerLength - HEADER_LENGTH);
        }
        third |= InternetChecksum.finish(sum);
        buf.putU64be(off, pair(first, second));
        buf.putU64be(off + TTL, pair(third, source));
        buf.putU32be(off + DESTINATION, destination);
    }

    private static long words(int pair) {
        return (long) (pair >>> 16) + (pair & 0xffff);
    }

    private static long pair(int first, int second) {
        return (long) first << Integer.SIZE | Integer.toUnsignedLong(second);
    }

    private Ipv4Wire() {}
}
