// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.tcpip.table.Route.Origin;
import io.mirage4j.tcpip.wire.Addresses;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class RouteTableTest {
    private final RouteTable table = new RouteTable(256);

    @Property(tries = 300)
    void theLongestPrefixWinsAsInANaiveSearch(@ForAll long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            IpAddress address = address(random);
            int bits = 8 * address.lengthOctets();
            var network = new IpPrefix(address, random.nextInt(bits + 1));
            IpAddress gateway =
                    address instanceof Ipv4Address
                            ? new Ipv4Address(1 + i)
                            : new Ipv6Address(1, 1 + i);
            table.add(new Route(network, gateway, random.nextInt(3) - 1, i, Origin.STATIC));
            if (random.nextInt(5) == 0) {
                List<Route> routes = table.routes();
                table.remove(routes.get(random.nextInt(routes.size())));
            }
        }
        for (int i = 0; i < 200; i++) {
            IpAddress address = address(random);
            int found = table.lookup(Addresses.high(address), Addresses.low(address));
            assertThat(found < 0 ? Optional.empty() : Optional.of(table.route(found)))
                    .isEqualTo(naive(address));
        }
    }

    private Optional<Route> naive(IpAddress address) {
        return table.routes().stream()
                .filter(route -> route.network().contains(address))
                .max(
                        Comparator.<Route>comparingInt(route -> route.network().length())
                                .thenComparingInt(Route::preference)
                                .thenComparingInt(route -> -route.metric()));
    }

    /// Few different bits, so that prefixes meet.
    private static IpAddress address(Random random) {
        if (random.nextBoolean()) return new Ipv4Address(random.nextInt() & 0xe010_0081);
        return new Ipv6Address(
                random.nextLong() & 0xe000_0010_0000_0081L,
                random.nextLong() & 0x8000_0000_0000_0101L);
    }

    @Test
    void aDefaultRouteOfOneVersionIsNoneOfTheOther() {
        table.add(Route.via(IpPrefix.of("::/0"), IpAddress.of("fe80::1"), Origin.STATIC));
        assertThat(lookup("192.0.2.1")).isEmpty();
        assertThat(lookup("2001:db8::1")).isPresent();
    }

    /// RFC 4191, 3.2: a router that is not reachable comes after those that are.
    @Test
    void aSilentGatewayCountsOnlyIfThereIsNoOther() {
        var everything = IpPrefix.of("::/0");
        table.add(new Route(everything, IpAddress.of("fe80::1"), 1, 0, Origin.STATIC));
        table.add(new Route(everything, IpAddress.of("fe80::2"), -1, 0, Origin.STATIC));
        assertThat(lookup("2001:db8::1")).contains("fe80::1");
        table.gatewayIsSilent(0xfe80L << 48, 1, true);
        assertThat(lookup("2001:db8::1")).contains("fe80::2");
        table.gatewayIsSilent(0xfe80L << 48, 2, true);
        assertThat(lookup("2001:db8::1")).contains("fe80::1");
        table.gatewayIsSilent(0xfe80L << 48, 2, false);
        assertThat(lookup("2001:db8::1")).contains("fe80::2");
    }

    @Test
    void noMoreRoutesThanAllowedAreTaken() {
        var small = new RouteTable(2);
        assertThat(small.add(onLink("10.0.0.0/8"))).isTrue();
        assertThat(small.add(onLink("11.0.0.0/8"))).isTrue();
        assertThat(small.add(onLink("12.0.0.0/8"))).isFalse();
        assertThat(small.add(onLink("11.0.0.0/8"))).isTrue();
        assertThat(small.routes()).hasSize(2);
    }

    private static Route onLink(String network) {
        return Route.onLink(IpPrefix.of(network), Origin.STATIC);
    }

    private Optional<String> lookup(String address) {
        IpAddress value = IpAddress.of(address);
        int found = table.lookup(Addresses.high(value), Addresses.low(value));
        return found < 0 ? Optional.empty() : Optional.of(table.route(found).gateway().toString());
    }
}
