// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// In which order the addresses of one host are to be tried: RFC 6724, 6. Rules 4 and 7 ask for
/// home addresses and tunnels, which we have none of; 10, to leave the order as it was, is the
/// sort's.
final class DestinationOrder {
    private static final Comparator<Destination> BEST_FIRST =
            // Rule 1: avoid unusable destinations.
            Comparator.comparing((Destination d) -> d.source == null)
                    // Rule 2: prefer matching scope.
                    .thenComparing(d -> !d.hasMatchingScope())
                    // Rule 3: avoid deprecated addresses.
                    .thenComparing(Destination::hasDeprecatedSource)
                    // Rule 5: prefer matching label.
                    .thenComparing(d -> !d.hasMatchingLabel())
                    // Rule 6: prefer higher precedence.
                    .thenComparingInt(d -> -d.policy().precedence)
                    // Rule 8: prefer smaller scope.
                    .thenComparingInt(Destination::scope)
                    // Rule 9: use the longest matching prefix. What precedes it has left together
                    // only what is of one version.
                    .thenComparingInt(d -> -d.commonPrefix());

    /// An address, and ours from which it would be spoken to.
    private record Destination(
            IpAddress address, long high, long low, @Nullable LocalAddress source) {
        int scope() {
            return AddressPolicy.scope(high, low);
        }

        AddressPolicy policy() {
            return AddressPolicy.of(high, low);
        }

        boolean hasMatchingScope() {
            return source != null && AddressPolicy.scope(source.high, source.low) == scope();
        }

        boolean hasMatchingLabel() {
            return source != null
                    && AddressPolicy.of(source.high, source.low).label == policy().label;
        }

        boolean hasDeprecatedSource() {
            return source != null && source.state == LocalAddress.State.DEPRECATED;
        }

        int commonPrefix() {
            return source == null ? 0 : AddressPolicy.commonPrefix(source, high, low);
        }
    }

    static List<IpAddress> of(List<? extends IpAddress> addresses, Stack stack) {
        List<Destination> destinations = new ArrayList<>();
        for (IpAddress address : addresses) {
            long high = Addresses.high(address);
            long low = Addresses.low(address);
            LocalAddress source = stack.reaches(address) ? stack.locals.select(high, low) : null;
            destinations.add(new Destination(address, high, low, source));
        }
        destinations.sort(BEST_FIRST);
        return destinations.stream().map(Destination::address).toList();
    }

    private DestinationOrder() {}
}
