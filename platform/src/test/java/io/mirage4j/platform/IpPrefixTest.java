// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;
import java.util.HexFormat;

class IpPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.2/24,       10.0.0.0/24,    10.0.0.255,       255.255.255.0",
        "10.1.2.3/0,        0.0.0.0/0,      255.255.255.255,  0.0.0.0",
        "10.1.2.3/32,       10.1.2.3/32,    10.1.2.3,         255.255.255.255",
        "10.1.2.3/31,       10.1.2.2/31,    10.1.2.3,         255.255.255.254",
        "::1/0,             ::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ::",
        "2001:db8::5/64,    2001:db8::/64,  2001:db8::ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff::",
        "2001:db8::5/65,    2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:8000::",
        "2001:db8::5/128,   2001:db8::5/128, 2001:db8::5, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void aPrefixHasANetworkALastAddressAndAMask(
            String text, String network, String last, String mask) {
        IpPrefix prefix = IpPrefix.of(text);
        assertThat(prefix).hasToString(text);
        assertThat(prefix.network()).hasToString(network);
        assertThat(prefix.last()).hasToString(last);
        assertThat(prefix.mask()).hasToString(mask);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0,       '/' expected, 8",
        "10.0.0.0/,      prefix length expected, 9",
        "10.0.0.0/33,    prefix length > 32, 9",
        "::/129,         prefix length > 128, 3",
        "10.0.0.0/08,    prefix length has a zero in front, 9",
        "10.0.0.0/-1,    prefix length expected, 9",
        "10.0.0.0/8 x,   nothing more expected, 10",
        "10.0.0/8,       '.' expected, 6",
        "/8,             octet expected, 0",
        "10.0.0.0/255.0.0.0, prefix length > 32, 9",
    })
    void whatIsNoPrefixIsRefusedWithThePlace(String text, String reason, int position) {
        assertThat(IpPrefix.parse(text)).isEqualTo(new Parsed.Malformed<>(reason, position));
    }

    @Test
    void lengthsOutsideTheAddressAreRefused() {
        assertThatThrownBy(() -> new IpPrefix(Ipv4Address.LOOPBACK, 33))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix length 33 is not in 0..32");
        assertThatThrownBy(() -> new IpPrefix(Ipv6Address.LOOPBACK, -1))
                .hasMessage("prefix length -1 is not in 0..128");
    }

    @Test
    void theVersionsDoNotMix() {
        assertThat(IpPrefix.of("0.0.0.0/0").contains(Ipv6Address.LOOPBACK)).isFalse();
        assertThat(IpPrefix.of("::/0").contains(Ipv4Address.LOOPBACK)).isFalse();
        assertThat(IpPrefix.of("::/0").contains(IpPrefix.of("10.0.0.0/8"))).isFalse();
    }

    @Test
    void aNetworkContainsItselfAndSmallerOnes() {
        IpPrefix ten = IpPrefix.of("10.0.0.0/8");
        assertThat(ten.contains(ten)).isTrue();
        assertThat(ten.contains(IpPrefix.of("10.1.0.0/16"))).isTrue();
        assertThat(ten.contains(IpPrefix.of("11.0.0.0/16"))).isFalse();
        assertThat(IpPrefix.of("10.1.0.0/16").contains(ten)).isFalse();
    }

    @Property
    void textIsReadBack(@ForAll("prefixes") IpPrefix prefix) {
        assertThat(IpPrefix.of(prefix.toString())).isEqualTo(prefix);
    }

    /// Against plain arithmetic: an address is in the network iff it lies from first to last.
    @Property
    void containsIsBeingBetweenFirstAndLast(
            @ForAll("prefixes") IpPrefix prefix, @ForAll("addresses") IpAddress other) {
        BigInteger hostBits =
                BigInteger.TWO.pow(8 * prefix.address().lengthOctets() - prefix.length());
        BigInteger first = number(prefix.address()).divide(hostBits).multiply(hostBits);
        assertThat(number(prefix.first())).isEqualTo(first);
        assertThat(number(prefix.last())).isEqualTo(first.add(hostBits).subtract(BigInteger.ONE));
        assertThat(prefix.contains(other))
                .isEqualTo(
                        other.lengthOctets() == prefix.address().lengthOctets()
                                && other.compareTo(prefix.first()) >= 0
                                && other.compareTo(prefix.last()) <= 0);
        assertThat(prefix.contains(prefix.first())).isTrue();
        assertThat(prefix.contains(prefix.last())).isTrue();
    }

    private static BigInteger number(IpAddress address) {
        Cstruct buf = Cstruct.create(address.lengthOctets());
        address.write(buf, 0);
        return new BigInteger(HexFormat.of().formatHex(buf.toByteArray()), 16);
    }

    @Provide
    Arbitrary<IpAddress> addresses() {
        return IpAddresses.any();
    }

    @Provide
    Arbitrary<IpPrefix> prefixes() {
        return IpAddresses.any()
                .flatMap(
                        address ->
                                Arbitraries.integers()
                                        .between(0, 8 * address.lengthOctets())
                                        .map(length -> new IpPrefix(address, length)));
    }
}
