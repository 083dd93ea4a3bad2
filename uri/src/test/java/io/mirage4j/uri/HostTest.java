// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

class HostTest {
    @Test
    void theKindIsTheFirstThatMatches() {
        assertThat(Host.of("a.example")).isEqualTo(new Host.RegName("a.example"));
        assertThat(Host.of("")).isEqualTo(new Host.RegName(""));
        assertThat(Host.of("1.2.3.4")).isEqualTo(new Host.Ipv4(0x01020304));
        assertThat(Host.of("1.2.3.256")).isEqualTo(new Host.RegName("1.2.3.256"));
        assertThat(Host.of("01.2.3.4")).isEqualTo(new Host.RegName("01.2.3.4"));
        assertThat(Host.of("1.2.3.4.")).isEqualTo(new Host.RegName("1.2.3.4."));
        assertThat(Host.of("[::1]")).isEqualTo(new Host.Ipv6(0, 1, ""));
        assertThat(Host.of("[fe80::1%25eth%200]"))
                .isEqualTo(new Host.Ipv6(0xfe80L << 48, 1, "eth 0"));
        assertThat(Host.of("[vF.a:b]")).isEqualTo(new Host.IpvFuture("F", "a:b"));
    }

    /// The examples of RFC 5952, 2 and 4, and others.
    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "0:0:0:0:0:0:0:0, ::",
        "1::, 1::",
        "::1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "::FFFF:c000:201, ::ffff:192.0.2.1",
        "1:2:3:4:5:6:7.8.9.10, 1:2:3:4:5:6:708:90a",
        "::1.2.3.4, ::102:304",
    })
    void ipv6IsWrittenInItsRecommendedForm(String text, String expected) {
        assertThat(Host.of("[" + text + "]")).hasToString("[" + expected + "]");
    }

    @Property
    void ipv6AddressesComeBack(@ForAll long high, @ForAll long low) throws UnknownHostException {
        var address = new Host.Ipv6(high, low, "");
        assertThat(Host.of(address.toString())).isEqualTo(address);
        byte[] octets = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        String expanded = InetAddress.getByAddress(octets).getHostAddress();
        if (expanded.contains(":")) {
            assertThat(Host.of("[" + expanded + "]")).isEqualTo(address);
        }
    }

    @Property
    void sparseIpv6AddressesComeBack(@ForAll byte mask, @ForAll byte group) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            if ((mask >> i & 1) != 0) {
                high |= (group & 0xffL) << 16 * i;
            }
            if ((mask >> (i + 4) & 1) != 0) {
                low |= (group & 0xffL) << 16 * i;
            }
        }
        var address = new Host.Ipv6(high, low, "z");
        assertThat(Host.of(address.toString())).isEqualTo(address);
    }

    @Property
    void ipv4AddressesComeBack(@ForAll int address) {
        var host = new Host.Ipv4(address);
        assertThat(Host.of(host.toString())).isEqualTo(host);
    }

    @Test
    void aNameIsDecodedOnRequest() {
        assertThat(new Host.RegName("%C3%A9.example").decoded()).isEqualTo("é.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a:1", "a@b", "[::1", "::1", "a b", "%4", "[::1]?x", "é"})
    void whatIsNoHostIsRefused(String text) {
        assertThatThrownBy(() -> Host.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValueThatCouldNotBeWrittenCannotBeMade() {
        assertThatThrownBy(() -> new Host.RegName("a b")).hasMessage("no reg-name: a b");
        assertThatThrownBy(() -> new Host.RegName("1.2.3.4")).hasMessageContaining("IPv4");
        assertThatThrownBy(() -> new Host.IpvFuture("1.a", "b")).hasMessageContaining("IPvFuture");
        assertThatThrownBy(() -> new Host.IpvFuture("", "b")).hasMessageContaining("IPvFuture");
        assertThatThrownBy(() -> new Host.IpvFuture("1", "b]")).hasMessageContaining("IPvFuture");
    }
}
