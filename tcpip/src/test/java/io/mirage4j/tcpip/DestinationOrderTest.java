// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

/// The examples of RFC 6724, 10.2, and what a rule alone decides.
class DestinationOrderTest {
    private static Host host(String sources) {
        Host host =
                Host.of(
                        b -> {
                            for (String source : sources.split(" ")) {
                                String address = source.replace("!", "");
                                int length = address.contains(":") ? 64 : 16;
                                b.address(IpPrefix.of(address + "/" + length));
                            }
                            return b.gateway(IpAddress.of("2001:db8:1::fe"))
                                    .gateway(IpAddress.of("198.51.100.254"))
                                    .gateway(IpAddress.of("10.1.2.254"));
                        });
        host.passes(10 * Host.SECOND);
        for (String source : sources.split(" ")) {
            if (source.endsWith("!")) {
                deprecate(host, IpAddress.of(source.replace("!", "")));
            }
        }
        return host;
    }

    private static void deprecate(Host host, IpAddress address) {
        for (LocalAddress local : host.stack.locals.all()) {
            if (local.prefix().address().equals(address)) {
                local.state = LocalAddress.State.DEPRECATED;
            }
        }
    }

    /// The link-local source of each is the host's own; `!` marks a deprecated source.
    @ParameterizedTest(name = "from {0}: {1}")
    @CsvSource({
        // rule 2: prefer matching scope
        "2001:db8:1::2 169.254.13.78, 2001:db8:1::1 198.51.100.121",
        "198.51.100.117, 198.51.100.121 2001:db8:1::1",
        // rule 6: prefer higher precedence
        "2001:db8:1::2 10.1.2.4, 2001:db8:1::1 10.1.2.3",
        // rule 8: prefer smaller scope
        "2001:db8:1::2, fe80::1 2001:db8:1::1",
        // rule 3: avoid deprecated addresses
        "2001:db8:1::2! 198.51.100.117, 198.51.100.121 2001:db8:1::1",
        // rule 9: use the longest matching prefix
        "2001:db8:1::2 2001:db8:3::2, 2001:db8:3::1 2001:db8:1:1::1",
        "198.51.100.117 10.1.2.4, 198.51.100.1 198.7.7.1",
        // rule 5: prefer matching label
        "2002:c633:6401::2, 2002:c633:6401::1 2001:db8:1::1",
        "2002:c633:6401::2 2001:db8:1::2, 2001:db8:1::1 2002:c633:6401::1",
        // rule 1: avoid unusable destinations
        "10.1.2.4, 10.1.2.3 2001:db8:1::1",
    })
    void theRulesOfTheRfcDecide(String sources, String ordered) {
        Stack stack = host(sources).stack;
        List<IpAddress> best = Arrays.stream(ordered.split(" ")).map(IpAddress::of).toList();
        assertThat(stack.byPreference(best)).isEqualTo(best);
        assertThat(stack.byPreference(best.reversed())).isEqualTo(best);
    }

    /// Rule 10.
    @Test
    void whatNoRuleDecidesStaysAsItWas() {
        Stack stack = host("2001:db8:1::2").stack;
        List<IpAddress> names =
                List.of(IpAddress.of("2001:db8:9::2"), IpAddress.of("2001:db8:9::1"));
        assertThat(stack.byPreference(names)).isEqualTo(names);
        assertThat(stack.byPreference(names.reversed())).isEqualTo(names.reversed());
    }
}
