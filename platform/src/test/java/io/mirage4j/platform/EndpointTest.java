// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3.4:80,          1.2.3.4:80",
        "0.0.0.0:0,           0.0.0.0:0",
        "[::1]:65535,         [::1]:65535",
        "[2001:DB8:0:0::1]:1, [2001:db8::1]:1",
        "[::ffff:1.2.3.4]:53, [::ffff:1.2.3.4]:53",
    })
    void textIsReadAndWrittenCanonically(String text, String canonical) {
        assertThat(Endpoint.of(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "'',             octet expected, 0",
        "1.2.3.4,        ':' expected, 7",
        "1.2.3.4:,       port expected, 8",
        "1.2.3.4:65536,  port > 65535, 8",
        "1.2.3.4:080,    port has a zero in front, 8",
        "1.2.3.4:80a,    nothing more expected, 10",
        "1.2.3.4:-1,     port expected, 8",
        "::1:80,         octet expected, 0",
        "[::1],          ':' expected, 5",
        "[::1]80,        ':' expected, 5",
        "[::1:80,        ']' expected, 7",
        "[1.2.3.4]:80,   2 groups and no '::', 8",
        "localhost:80,   octet expected, 0",
        "[]:80,          group expected, 1",
    })
    void whatIsNoEndpointIsRefusedWithThePlace(String text, String reason, int position) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Parsed.Malformed<>(reason, position));
    }

    @Test
    void portsOutsideTheRangeAreRefused() {
        assertThatThrownBy(() -> new Endpoint(Ipv4Address.LOOPBACK, 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port 65536 is not in 0..65535");
        assertThatThrownBy(() -> new Endpoint(Ipv4Address.LOOPBACK, -1))
                .hasMessage("port -1 is not in 0..65535");
    }

    @Test
    void endpointsOrderByAddressThenPort() {
        assertThat(Endpoint.of("1.2.3.4:80")).isLessThan(Endpoint.of("1.2.3.4:443"));
        assertThat(Endpoint.of("1.2.3.4:443")).isLessThan(Endpoint.of("1.2.3.5:80"));
    }

    @Property
    void textIsReadBack(
            @ForAll("addresses") IpAddress address, @ForAll @IntRange(max = 65_535) int port) {
        var endpoint = new Endpoint(address, port);
        assertThat(Endpoint.of(endpoint.toString())).isEqualTo(endpoint);
    }

    @Provide
    Arbitrary<IpAddress> addresses() {
        return IpAddresses.any();
    }
}
