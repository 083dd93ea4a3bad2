// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The extension headers of IPv6 (RFC 8200, 4), one at a time; `off` is the first octet of one.
/// Nothing here allocates.
public final class Ipv6Extensions {
    public static final int FRAGMENT_LENGTH = 8;

    /// What a packet may have at most: each kind once, destination options twice (RFC 8200, 4.1),
    /// and a few to spare. Longer chains cost us more than they can mean.
    public static final int MAX_HEADERS = 8;

    /// What to do about an option that we do not know: the two highest bits of its type (RFC 8200,
    /// 4.2).
    public static final int SKIP = 0;

    public static final int DISCARD = 1;
    public static final int DISCARD_AND_REPORT = 2;
    public static final int DISCARD_AND_REPORT_UNICAST = 3;

    private static final int PAD1 = 0;
    private static final int PADN = 1;
    private static final int ROUTER_ALERT = 5;

    /// Hop-by-hop options, destination options or a routing header.
    public static boolean isSized(int header) {
        return header == IpProtocol.HOP_BY_HOP
                || header == IpProtocol.DESTINATION_OPTIONS
                || header == IpProtocol.ROUTING;
    }

    public static int nextHeader(ReadOnlyCstruct buf, int off) {
        return buf.u8(off);
    }

    /// The length of a header that [#isSized].
    public static int length(ReadOnlyCstruct buf, int off) {
        return (buf.u8(off + 1) + 1) << 3;
    }

    /// How many segments a routing header has left.
    public static int segmentsLeft(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + 3);
    }

    /// The offset of the first option, in the options header of `len` octets at `off`, that we
    /// neither know nor may skip; -1 if there is none, -2 if one does not end in the header.
    public static int unknownOption(ReadOnlyCstruct buf, int off, int len) {
        int end = off + len;
        for (int at = off + 2; at < end; ) {
            int type = buf.u8(at);
            if (type == PAD1) {
                at++;
                continue;
            }
            if (at + 2 > end || at + 2 + buf.u8(at + 1) > end) return -2;
            if (type != PADN && type != ROUTER_ALERT && type >>> 6 != SKIP) return at;
            at += 2 + buf.u8(at + 1);
        }
        return -1;
    }

    /// In units of octets.
    public static int fragmentOffset(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + 2) & ~7;
    }

    public static boolean moreFragments(ReadOnlyCstruct buf, int off) {
        return (buf.u8(off + 3) & 1) != 0;
    }

    public static int identification(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + 4);
    }

    public static void putFragment(
            Cstruct buf,
            int off,
            int nextHeader,
            int offsetOctets,
            boolean more,
            int identification) {
        buf.putU8(off, nextHeader);
        buf.putU8(off + 1, 0);
        buf.putU16be(off + 2, offsetOctets | (more ? 1 : 0));
        buf.putU32be(off + 4, identification);
    }

    /// Hop-by-hop options of 8 octets that ask routers to look (RFC 2711), as MLD wants them.
    public static void putRouterAlert(Cstruct buf, int off, int nextHeader) {
        buf.putU8(off, nextHeader);
        buf.putU8(off + 1, 0);
        buf.putU16be(off + 2, ROUTER_ALERT << 8 | 2);
        buf.putU16be(off + 4, 0);
        buf.putU16be(off + 6, PADN << 8);
    }

    private Ipv6Extensions() {}
}
