// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The IPv6 header (RFC 8200, 3), read and written in place; `off` is its first octet. Nothing here
/// allocates.
///
/// ```
///  0      4            12               16                24       31
/// +------+-------------+-----------------------------------------+
/// |  6   | DSCP, ECN   |                flow label               |
/// |        payload length              | next header | hop limit |
/// |                      source, 16 octets                       |
/// |                    destination, 16 octets                    |
/// +--------------------------------------------------------------+
/// ```
public final class Ipv6Wire {
    public static final int HEADER_LENGTH = 40;
    public static final int MIN_MTU = 1280;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    /// Tells whether the `available` octets from `off` hold one whole packet; octets past its
    /// length are link padding. Jumbograms (RFC 2675) are none.
    public static Verdict check(ReadOnlyCstruct buf, int off, int available) {
        if (available < 1) return Verdict.IPV6_TRUNCATED;
        if (buf.u8(off) >>> 4 != 6) return Verdict.IPV6_BAD_VERSION;
        if (available < HEADER_LENGTH || available < HEADER_LENGTH + payloadLength(buf, off)) {
            return Verdict.IPV6_TRUNCATED;
        }
        return Verdict.OK;
    }

    /// DSCP (6 bits) and ECN (2 bits).
    public static int trafficClass(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off) >>> 4 & 0xff;
    }

    public static int flowLabel(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off) & 0xf_ffff;
    }

    public static int payloadLength(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + PAYLOAD_LENGTH);
    }

    public static int nextHeader(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + NEXT_HEADER);
    }

    public static int hopLimit(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + HOP_LIMIT);
    }

    public static long sourceHigh(ReadOnlyCstruct buf, int off) {
        return buf.u64be(off + SOURCE);
    }

    public static long sourceLow(ReadOnlyCstruct buf, int off) {
        return buf.u64be(off + SOURCE + 8);
    }

    public static long destinationHigh(ReadOnlyCstruct buf, int off) {
        return buf.u64be(off + DESTINATION);
    }

    public static long destinationLow(ReadOnlyCstruct buf, int off) {
        return buf.u64be(off + DESTINATION + 8);
    }

    public static void put(
            Cstruct buf,
            int off,
            int trafficClass,
            int flowLabel,
            int payloadLength,
            int nextHeader,
            int hopLimit,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow) {
        buf.putU32be(off, 6 << 28 | trafficClass << 20 | flowLabel);
        buf.putU16be(off + PAYLOAD_LENGTH, payloadLength);
        buf.putU8(off + NEXT_HEADER, nextHeader);
        buf.putU8(off + HOP_LIMIT, hopLimit);
        buf.putU64be(off + SOURCE, sourceHigh);
        buf.putU64be(off + SOURCE + 8, sourceLow);
        buf.putU64be(off + DESTINATION, destinationHigh);
        buf.putU64be(off + DESTINATION + 8, destinationLow);
    }

    private Ipv6Wire() {}
}
