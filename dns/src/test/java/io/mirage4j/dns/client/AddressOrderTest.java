// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.IpAddress;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

class AddressOrderTest {
    /// As in RFC 6724, 10.2, the best first: `destination<source`, `-` for no way.
    @ParameterizedTest
    @CsvSource({
        "2001:db8:1::1<2001:db8:1::2 198.51.100.121<169.254.13.78",
        "198.51.100.121<198.51.100.117 2001:db8:1::1<fe80::1",
        "2001:db8:1::1<2001:db8:1::2 10.1.2.3<10.1.2.4",
        "fe80::1<fe80::2 2001:db8:1::1<2001:db8:1::2",
        "2002:c633:6401::1<2002:c633:6401::2 2001:db8:1::1<2002:c633:6401::2",
        "2001:db8:1::1<2001:db8:1::2 2002:c633:6401::1<2002:c633:6401::2",
        "192.0.2.1<192.0.2.9 2001:db8::1<-",
        "::1<::1 127.0.0.1<127.0.0.1",
        "2001:db8::1<2001:db8::2 2001:dc8::1<2001:db8::2",
    })
    void theStandardsOwnCases(String line) {
        Map<IpAddress, IpAddress> sources = new HashMap<>();
        List<IpAddress> expected = new ArrayList<>();
        for (String pair : line.split(" ")) {
            String[] both = pair.split("<");
            IpAddress destination = IpAddress.of(both[0]);
            expected.add(destination);
            sources.put(destination, both[1].equals("-") ? null : IpAddress.of(both[1]));
        }
        assertThat(AddressOrder.sort(expected, sources::get)).isEqualTo(expected);
        assertThat(AddressOrder.sort(expected.reversed(), sources::get)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1 2001:db8::1, 2001:db8::1 192.0.2.1",
        "192.0.2.9 192.0.2.1, 192.0.2.9 192.0.2.1",
        "2002:c000:201::1 192.0.2.1, 192.0.2.1 2002:c000:201::1",
        "fd00::1 192.0.2.1, 192.0.2.1 fd00::1",
    })
    void withoutSourcesPrecedenceAndTheServersOrderDecide(String given, String expected) {
        assertThat(AddressOrder.sort(addresses(given))).isEqualTo(addresses(expected));
    }

    private static List<IpAddress> addresses(String texts) {
        return Stream.of(texts.split(" ")).map(IpAddress::of).toList();
    }

    @Property
    void theOrderDoesNotDependOnWhatComesFirst(@ForAll Random random) {
        List<IpAddress> pool =
                addresses(
                        "192.0.2.1 127.0.0.1 169.254.1.1 10.0.0.1 ::1 fe80::1 fc00::1 2001:db8::1"
                                + " 2002::1 2001::1 fec0::1 ff02::1 ::ffff:192.0.2.7 ::192.0.2.8");
        List<IpAddress> sources = new ArrayList<>(pool);
        sources.add(null);
        Map<IpAddress, IpAddress> towards = new HashMap<>();
        for (IpAddress one : pool) towards.put(one, sources.get(random.nextInt(sources.size())));
        List<IpAddress> sorted = AddressOrder.sort(pool, towards::get);
        assertThat(sorted).containsExactlyInAnyOrderElementsOf(pool);
        // Sorting is idempotent only if the rules contradict each other nowhere.
        assertThat(AddressOrder.sort(sorted, towards::get)).isEqualTo(sorted);
    }
}
