// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Addresses to test with: any, and many with the zeros and borders that texts are about.
final class IpAddresses {
    static Arbitrary<IpAddress> any() {
        return Arbitraries.oneOf(v4(), v6());
    }

    static Arbitrary<IpAddress> v4() {
        return Arbitraries.integers().map(Ipv4Address::new);
    }

    static Arbitrary<IpAddress> v6() {
        Arbitrary<Integer> group =
                Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.just(0)),
                        Tuple.of(1, Arbitraries.just(0xffff)),
                        Tuple.of(3, Arbitraries.integers().between(0, 0xffff)));
        Arbitrary<Long> half =
                group.list()
                        .ofSize(4)
                        .map(
                                groups ->
                                        groups.stream()
                                                .reduce(0L, (l, g) -> l << 16 | g, Long::sum));
        return Combinators.combine(half, half).as(Ipv6Address::new);
    }

    private IpAddresses() {}
}
