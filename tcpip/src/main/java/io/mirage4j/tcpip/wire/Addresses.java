// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

/// Addresses as the hot path has them: two `long`s, an IPv4 address as the IPv4-mapped one (RFC
/// 4291, 2.5.5.2: high half 0, low half `0x0000ffff_aabbccdd`), so that one table serves both
/// versions. Only [#value] allocates.
public final class Addresses {
    private static final long MAPPED = 0x0000_ffff_0000_0000L;

    /// The low half of an IPv4 address; its high half is 0.
    public static long mapped(int ipv4) {
        return MAPPED | Integer.toUnsignedLong(ipv4);
    }

    public static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    public static long high(IpAddress address) {
        return switch (address) {
            case Ipv4Address _ -> 0;
            case Ipv6Address(long high, long _) -> high;
        };
    }

    public static long low(IpAddress address) {
        return switch (address) {
            case Ipv4Address(int bits) -> mapped(bits);
            case Ipv6Address(long _, long low) -> low;
        };
    }

    public static IpAddress value(long high, long low) {
        return isIpv4(high, low) ? new Ipv4Address((int) low) : new Ipv6Address(high, low);
    }

    /// `0.0.0.0` or `::`.
    public static boolean isUnspecified(long high, long low) {
        return high == 0 && (low == 0 || low == MAPPED);
    }

    /// 224.0.0.0/4 or ff00::/8.
    public static boolean isMulticast(long high, long low) {
        return high >>> 56 == 0xff || (isIpv4(high, low) && (int) low >>> 28 == 0xe);
    }

    /// 232.0.0.0/8 or ff3x::/32: groups that are heard from named sources only (RFC 4607).
    public static boolean isSourceSpecific(long high, long low) {
        return (high >>> 52 == 0xff3 && (int) (high >>> 32 & 0xffff) == 0)
                || (isIpv4(high, low) && (int) low >>> 24 == 232);
    }

    /// 169.254.0.0/16 or fe80::/10.
    public static boolean isLinkLocal(long high, long low) {
        return high >>> 54 == 0xfe80 >>> 6 || (isIpv4(high, low) && (int) low >>> 16 == 0xa9fe);
    }

    /// 127.0.0.0/8 or ::1.
    public static boolean isLoopback(long high, long low) {
        return high == 0 && (low == 1 || (isIpv4(high, low) && (int) low >>> 24 == 127));
    }

    /// The limited broadcast 255.255.255.255.
    public static boolean isBroadcast(long high, long low) {
        return high == 0 && low == (MAPPED | 0xffff_ffffL);
    }

    /// Where the group of the neighbours that may bear an address listens: ff02::1:ffXX:XXXX (RFC
    /// 4291, 2.7.1). Its low half; the high one is [#LINK_GROUPS].
    public static long solicitedNode(long low) {
        return 0x1_ff00_0000L | (low & 0xff_ffff);
    }

    /// The high half of ff02::/16 groups.
    public static final long LINK_GROUPS = 0xff02L << 48;

    /// The Ethernet group of an IP group (RFC 1112, 6.4; RFC 2464, 7).
    public static long groupMac(long high, long low) {
        return isIpv4(high, low)
                ? 0x0100_5e00_0000L | (low & 0x7f_ffff)
                : 0x3333_0000_0000L | (low & 0xffff_ffffL);
    }

    private Addresses() {}
}
