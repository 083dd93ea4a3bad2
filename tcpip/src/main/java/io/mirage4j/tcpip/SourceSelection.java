// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.wire.Addresses;

/// Which of two addresses of ours a packet to a given destination should bear: RFC 6724, 5. IPv4 is
/// in it as mapped addresses. Nothing here allocates.
final class SourceSelection {
    // Scopes of RFC 4007 that unicast addresses have here.
    private static final int LINK_LOCAL = 2;
    private static final int SITE_LOCAL = 5;
    private static final int GLOBAL = 14;

    /// Positive if `a` is the better source to the destination, negative if `b` is, 0 if neither.
    static int compare(LocalAddress a, LocalAddress b, long high, long low) {
        // Rule 1: prefer the same address.
        boolean aSame = a.high == high && a.low == low;
        boolean bSame = b.high == high && b.low == low;
        if (aSame != bSame) {
            return aSame ? 1 : -1;
        }
        // Rule 2: prefer the appropriate scope.
        int aScope = scope(a.high, a.low);
        int bScope = scope(b.high, b.low);
        int scope = scope(high, low);
        if (aScope != bScope) {
            if (aScope < bScope) {
                return aScope < scope ? -1 : 1;
            }
            return bScope < scope ? 1 : -1;
        }
        // Rule 3: avoid deprecated addresses.
        boolean aDeprecated = a.state == LocalAddress.State.DEPRECATED;
        boolean bDeprecated = b.state == LocalAddress.State.DEPRECATED;
        if (aDeprecated != bDeprecated) {
            return aDeprecated ? -1 : 1;
        }
        // Rules 4 and 5 ask for home addresses and interfaces, of which we have no two.
        // Rule 6: prefer the matching label.
        int label = label(high, low);
        boolean aLabel = label(a.high, a.low) == label;
        boolean bLabel = label(b.high, b.low) == label;
        if (aLabel != bLabel) {
            return aLabel ? 1 : -1;
        }
        // Rule 7: prefer temporary addresses.
        boolean aTemporary = a.origin == LocalAddress.Origin.TEMPORARY;
        boolean bTemporary = b.origin == LocalAddress.Origin.TEMPORARY;
        if (aTemporary != bTemporary) {
            return aTemporary ? 1 : -1;
        }
        // Rule 8: use the longest matching prefix, within that of the source.
        return Integer.compare(common(a, high, low), common(b, high, low));
    }

    private static int common(LocalAddress source, long high, long low) {
        int bits =
                source.high != high
                        ? Long.numberOfLeadingZeros(source.high ^ high)
                        : Long.SIZE + Long.numberOfLeadingZeros(source.low ^ low);
        return Math.min(bits, source.prefixLength + (source.isIpv4() ? 96 : 0));
    }

    /// RFC 6724, 3.1 and 3.2.
    static int scope(long high, long low) {
        if (high >>> 56 == 0xff) {
            return (int) (high >>> 48) & 0xf;
        }
        if (Addresses.isLinkLocal(high, low) || Addresses.isLoopback(high, low)) {
            return LINK_LOCAL;
        }
        return high >>> 54 == 0xfec0 >>> 6 ? SITE_LOCAL : GLOBAL;
    }

    /// The default policy table: RFC 6724, 2.1.
    static int label(long high, long low) {
        if (high == 0 && low == 1) {
            return 0;
        }
        if (Addresses.isIpv4(high, low)) {
            return 4;
        }
        int first = (int) (high >>> 48);
        if (first == 0x2002) {
            return 2;
        }
        if (high >>> 32 == 0x2001_0000L) {
            return 5;
        }
        if (first >>> 9 == 0xfc >>> 1) {
            return 13;
        }
        if (high == 0 && low >>> 32 == 0) {
            return 3;
        }
        if (first >>> 6 == 0xfec0 >>> 6) {
            return 11;
        }
        return first == 0x3ffe ? 12 : 1;
    }

    private SourceSelection() {}
}
