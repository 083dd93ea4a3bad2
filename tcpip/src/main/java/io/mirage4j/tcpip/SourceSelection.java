// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

/// Which of two addresses of ours a packet to a given destination should bear: RFC 6724, 5. Nothing
/// here allocates.
final class SourceSelection {
    /// Positive if `a` is the better source to the destination, negative if `b` is, 0 if neither.
    static int compare(LocalAddress a, LocalAddress b, long high, long low) {
        // Rule 1: prefer the same address.
        boolean aSame = a.high == high && a.low == low;
        boolean bSame = b.high == high && b.low == low;
        if (aSame != bSame) return aSame ? 1 : -1;
        // Rule 2: prefer the appropriate scope.
        int aScope = AddressPolicy.scope(a.high, a.low);
        int bScope = AddressPolicy.scope(b.high, b.low);
        int scope = AddressPolicy.scope(high, low);
        if (aScope != bScope) {
            if (aScope < bScope) return aScope < scope ? -1 : 1;
            return bScope < scope ? 1 : -1;
        }
        // Rule 3: avoid deprecated addresses.
        boolean aDeprecated = a.state == LocalAddress.State.DEPRECATED;
        boolean bDeprecated = b.state == LocalAddress.State.DEPRECATED;
        if (aDeprecated != bDeprecated) return aDeprecated ? -1 : 1;
        // Rules 4 and 5 ask for home addresses and interfaces, of which we have no two.
        // Rule 6: prefer the matching label.
        int label = AddressPolicy.of(high, low).label;
        boolean aLabel = AddressPolicy.of(a.high, a.low).label == label;
        boolean bLabel = AddressPolicy.of(b.high, b.low).label == label;
        if (aLabel != bLabel) return aLabel ? 1 : -1;
        // Rule 7: prefer temporary addresses.
        boolean aTemporary = a.origin == LocalAddress.Origin.TEMPORARY;
        boolean bTemporary = b.origin == LocalAddress.Origin.TEMPORARY;
        if (aTemporary != bTemporary) return aTemporary ? 1 : -1;
        // Rule 8: use the longest matching prefix, within that of the source.
        return Integer.compare(
                AddressPolicy.commonPrefix(a, high, low), AddressPolicy.commonPrefix(b, high, low));
    }

    private SourceSelection() {}
}
