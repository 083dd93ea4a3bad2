// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.wire.Addresses;

/// The default policy table of RFC 6724, 2.1, and the scopes of its section 3. IPv4 is in it as
/// mapped addresses. Nothing here allocates.
enum AddressPolicy {
    /// `::1/128`
    LOOPBACK(50, 0),
    /// `::/0`
    NATIVE(40, 1),
    /// `::ffff:0:0/96`
    IPV4(35, 4),
    /// `2002::/16`
    SIX_TO_FOUR(30, 2),
    /// `2001::/32`
    TEREDO(5, 5),
    /// `fc00::/7`
    UNIQUE_LOCAL(3, 13),
    /// `::/96`
    IPV4_COMPATIBLE(1, 3),
    /// `fec0::/10`
    SITE_LOCAL(1, 11),
    /// `3ffe::/16`
    SIX_BONE(1, 12);

    // Scopes of RFC 4007 that unicast addresses have here.
    private static final int LINK_LOCAL_SCOPE = 2;
    private static final int SITE_LOCAL_SCOPE = 5;
    private static final int GLOBAL_SCOPE = 14;

    /// The higher, the better a destination.
    final int precedence;

    /// Source and destination should have the same.
    final int label;

    AddressPolicy(int precedence, int label) {
        this.precedence = precedence;
        this.label = label;
    }

    static AddressPolicy of(long high, long low) {
        if (high == 0 && low == 1) return LOOPBACK;
        if (Addresses.isIpv4(high, low)) return IPV4;
        int first = (int) (high >>> 48);
        if (first == 0x2002) return SIX_TO_FOUR;
        if (high >>> 32 == 0x2001_0000L) return TEREDO;
        if (first >>> 9 == 0xfc >>> 1) return UNIQUE_LOCAL;
        if (high == 0 && low >>> 32 == 0) return IPV4_COMPATIBLE;
        if (isSiteLocal(high)) return SITE_LOCAL;
        return first == 0x3ffe ? SIX_BONE : NATIVE;
    }

    /// RFC 6724, 3.1 and 3.2.
    static int scope(long high, long low) {
        if (high >>> 56 == 0xff) return (int) (high >>> 48) & 0xf;
        if (Addresses.isLinkLocal(high, low) || Addresses.isLoopback(high, low)) {
            return LINK_LOCAL_SCOPE;
        }
        return isSiteLocal(high) ? SITE_LOCAL_SCOPE : GLOBAL_SCOPE;
    }

    private static boolean isSiteLocal(long high) {
        return high >>> 54 == 0xfec0 >>> 6;
    }

    /// How many bits two addresses have in common, within the prefix of the source (RFC 6724, 2.2).
    static int commonPrefix(LocalAddress source, long high, long low) {
        int bits =
                source.high != high
                        ? Long.numberOfLeadingZeros(source.high ^ high)
                        : Long.SIZE + Long.numberOfLeadingZeros(source.low ^ low);
        return Math.min(bits, source.prefixLength + (source.isIpv4() ? 96 : 0));
    }
}
