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
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;

class IpAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "1.2.3.4", "10.0.0.1", "255.255.255.255", "127.0.0.1"})
    void canonicalV4TextIsKept(String text) {
        assertThat(Ipv4Address.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                octet expected, 0",
        "1.2.3,             '.' expected, 5",
        "1.2.3.,            octet expected, 6",
        "1.2.3.4.,          nothing more expected, 7",
        "1.2.3.4.5,         nothing more expected, 7",
        "256.2.3.4,         octet > 255, 0",
        "1.2.3.99999999999, octet > 255, 6",
        "01.2.3.4,          octet has a zero in front, 0",
        "1.2.3.00,          octet has a zero in front, 6",
        "0x1.2.3.4,         '.' expected, 1",
        "-1.2.3.4,          octet expected, 0",
        "+1.2.3.4,          octet expected, 0",
        "1..3.4,            octet expected, 2",
        "1.2.3.4/8,         nothing more expected, 7",
        "' 1.2.3.4',        octet expected, 0",
        "'1.2.3.4 ',        nothing more expected, 7",
        "1.2.3.\u0664,      octet expected, 6",
        "16909060,          octet > 255, 0",
    })
    void whatIsNoV4TextIsRefusedWithThePlace(String text, String reason, int position) {
        assertThat(Ipv4Address.parse(text)).isEqualTo(new Parsed.Malformed<>(reason, position));
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 4291, 2.2
        "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789, abcd:ef01:2345:6789:abcd:ef01:2345:6789",
        "2001:DB8:0:0:8:800:200C:417A,            2001:db8::8:800:200c:417a",
        "FF01:0:0:0:0:0:0:101,                    ff01::101",
        "0:0:0:0:0:0:0:1,                         ::1",
        "0:0:0:0:0:0:0:0,                         ::",
        "0:0:0:0:0:0:13.1.68.3,                   ::d01:4403",
        "0:0:0:0:0:FFFF:129.144.52.38,            ::ffff:129.144.52.38",
        "::13.1.68.3,                             ::d01:4403",
        "64:ff9b::192.0.2.33,                     64:ff9b::c000:221",
        "1:2:3:4:5:6:7.8.9.10,                    1:2:3:4:5:6:708:90a",
        // RFC 5952, 4.2: one group is not shortened, the longest run is, the first of equals
        "2001:db8::1:1:1:1:1,                     2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,                      2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,                    2001:db8::1:0:0:1",
        "2001:0db8::0001,                         2001:db8::1",
        "1:2:3:4:5:6:7::,                         1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8,                         0:2:3:4:5:6:7:8",
        "1::,                                     1::",
        "::1:2:0:0,                               ::1:2:0:0",
        "1:0:0:2:0:0:0:0,                         1:0:0:2::",
        "::ffff:0:0,                              ::ffff:0.0.0.0",
    })
    void v6TextIsReadInEveryFormAndWrittenInOne(String text, String canonical) {
        assertThat(Ipv6Address.of(text)).hasToString(canonical);
        assertThat(Ipv6Address.of(canonical)).isEqualTo(Ipv6Address.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                     group expected, 0",
        ":,                      ':' expected, 1",
        ":::,                    nothing more expected, 2",
        ":1,                     ':' expected, 1",
        "1:,                     group expected, 2",
        "1:2:3:4:5:6:7,          7 groups and no '::', 13",
        "1:2:3:4:5:6:7:,         group expected, 14",
        "1:2:3:4:5:6:7:8:,       nothing more expected, 15",
        "1:2:3:4:5:6:7:8:9,      nothing more expected, 15",
        "1:2:3:4:5:6:7:8::,      nothing more expected, 15",
        "1:2:3:4:5:6:7::8,       8 groups and a '::', 16",
        "::1:2:3:4:5:6:7:8,      8 groups and a '::', 17",
        "1::2::3,                second '::', 4",
        "::1::,                  second '::', 3",
        "12345::,                group of more than 4 digits, 0",
        "1:00001::,              group of more than 4 digits, 2",
        "g::,                    group expected, 0",
        "::g,                    nothing more expected, 2",
        "1:g::,                  group expected, 2",
        "::1.2.3,                '.' expected, 7",
        "::1.2.3.256,            octet > 255, 8",
        "::01.2.3.4,             octet has a zero in front, 2",
        "::1.2.3.4:5,            nothing more expected, 9",
        "1:2:3:4:5:6:7:1.2.3.4,  no room for a dotted end, 14",
        "1:2:3:4:5:6::1.2.3.4,   8 groups and a '::', 20",
        "1.2.3.4::,              2 groups and no '::', 7",
        "fe80::1%eth0,           nothing more expected, 7",
        "[::1],                  group expected, 0",
        "::/0,                   nothing more expected, 2",
        "'::1 ',                 nothing more expected, 3",
        "::\u0661,               nothing more expected, 2",
    })
    void whatIsNoV6TextIsRefusedWithThePlace(String text, String reason, int position) {
        assertThat(Ipv6Address.parse(text)).isEqualTo(new Parsed.Malformed<>(reason, position));
    }

    @Test
    void eitherVersionIsRecognised() {
        assertThat(IpAddress.of("192.0.2.1")).isEqualTo(new Ipv4Address(0xc0000201));
        assertThat(IpAddress.of("::1")).isEqualTo(Ipv6Address.LOOPBACK);
        assertThat(IpAddress.of("::")).isEqualTo(Ipv6Address.UNSPECIFIED);
        assertThat(IpAddress.parse("localhost"))
                .isEqualTo(new Parsed.Malformed<>("octet expected", 0));
    }

    @Test
    void aWrongLiteralThrows() {
        assertThatThrownBy(() -> IpAddress.of("1.2.3.256"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("octet > 255 at 6");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, unspecified",
        "::, unspecified",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "::1, loopback",
        "169.254.0.0, link-local",
        "169.254.255.255, link-local",
        "fe80::, link-local",
        "febf:ffff::1, link-local",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "ff02::1, multicast",
        "10.0.0.0, private",
        "10.255.255.255, private",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "192.168.0.0, private",
        "192.168.255.255, private",
        "fc00::, private",
        "fdff:ffff::, private",
        "126.255.255.255, ''",
        "128.0.0.0, ''",
        "169.253.255.255, ''",
        "169.255.0.0, ''",
        "223.255.255.255, ''",
        "240.0.0.0, ''",
        "255.255.255.255, ''",
        "9.255.255.255, ''",
        "11.0.0.0, ''",
        "172.15.255.255, ''",
        "172.32.0.0, ''",
        "192.167.255.255, ''",
        "192.169.0.0, ''",
        "::2, ''",
        "1::1, ''",
        "fe7f:ffff::, ''",
        "fec0::, ''",
        "fbff:ffff::, ''",
        "fe00::, ''",
        "::ffff:127.0.0.1, ''",
        "2001:db8::1, ''",
    })
    void everyAddressIsOfOneKindAtMost(String text, String kind) {
        IpAddress address = IpAddress.of(text);
        assertThat(address.isUnspecified()).isEqualTo(kind.equals("unspecified"));
        assertThat(address.isLoopback()).isEqualTo(kind.equals("loopback"));
        assertThat(address.isLinkLocal()).isEqualTo(kind.equals("link-local"));
        assertThat(address.isMulticast()).isEqualTo(kind.equals("multicast"));
        assertThat(address.isPrivate()).isEqualTo(kind.equals("private"));
    }

    @Test
    void onlyTheLimitedBroadcastIsOne() {
        assertThat(Ipv4Address.BROADCAST.isBroadcast()).isTrue();
        assertThat(Ipv4Address.of("255.255.255.254").isBroadcast()).isFalse();
    }

    @Test
    void mappedAddressesGoBothWays() {
        var mapped = Ipv6Address.mapped(Ipv4Address.of("192.0.2.1"));
        assertThat(mapped).hasToString("::ffff:192.0.2.1");
        assertThat(mapped.mappedV4()).contains(Ipv4Address.of("192.0.2.1"));
        assertThat(Ipv6Address.mapped(Ipv4Address.BROADCAST).mappedV4())
                .contains(Ipv4Address.BROADCAST);
        assertThat(Ipv6Address.of("::192.0.2.1").mappedV4()).isEmpty();
        assertThat(Ipv6Address.of("1::ffff:192.0.2.1").mappedV4()).isEmpty();
    }

    @Test
    void addressesOrderByVersionThenOctets() {
        assertThat(
                        java.util.stream.Stream.of(
                                        "::",
                                        "255.0.0.0",
                                        "8000::",
                                        "1.0.0.0",
                                        "::1",
                                        "::8000:0:0:0",
                                        "1::")
                                .map(IpAddress::of)
                                .sorted())
                .map(IpAddress::toString)
                .containsExactly(
                        "1.0.0.0", "255.0.0.0", "::", "::1", "::8000:0:0:0", "1::", "8000::");
    }

    @Test
    void aWindowOfAnotherLengthIsNoAddress() {
        assertThatThrownBy(() -> IpAddress.read(Cstruct.create(16), 0, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length 6 is not 4 or 16");
    }

    @Test
    void aWindowThatIsTooShortStaysAsItWas() {
        Cstruct buf = Cstruct.create(15);
        assertThatThrownBy(() -> Ipv6Address.of("ffff::1").write(buf, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(buf).isEqualTo(Cstruct.create(15));
    }

    @Property
    void textIsReadBack(@ForAll("addresses") IpAddress address) {
        assertThat(IpAddress.parse(address.toString())).isEqualTo(new Parsed.Value<>(address));
    }

    @Property
    void octetsAreReadBack(@ForAll("addresses") IpAddress address) {
        Cstruct buf = Cstruct.create(address.lengthOctets() + 2);
        address.write(buf, 1);
        assertThat(IpAddress.read(buf, 1, address.lengthOctets())).isEqualTo(address);
        assertThat(buf.u8(0) + buf.u8(address.lengthOctets() + 1)).isZero();
    }

    @Property
    void theJdkReadsOurText(@ForAll("addresses") IpAddress address) throws UnknownHostException {
        // The JDK turns mapped addresses into IPv4 ones.
        IpAddress expected =
                address instanceof Ipv6Address v6
                        ? v6.mappedV4().<IpAddress>map(v4 -> v4).orElse(v6)
                        : address;
        assertThat(InetAddress.ofLiteral(address.toString()).getAddress())
                .isEqualTo(octets(expected));
    }

    @Property
    void weReadTheJdksText(@ForAll("addresses") IpAddress address) throws UnknownHostException {
        String text = InetAddress.getByAddress(octets(address)).getHostAddress();
        IpAddress expected =
                address instanceof Ipv6Address v6
                        ? v6.mappedV4().<IpAddress>map(v4 -> v4).orElse(v6)
                        : address;
        assertThat(IpAddress.of(text)).isEqualTo(expected);
    }

    @Property
    void theKindsAreTheJdks(@ForAll("addresses") IpAddress address) throws UnknownHostException {
        InetAddress theirs = InetAddress.getByAddress(octets(address));
        if (theirs.getAddress().length != address.lengthOctets()) {
            return; // a mapped one
        }
        assertThat(address.isUnspecified()).isEqualTo(theirs.isAnyLocalAddress());
        assertThat(address.isLoopback()).isEqualTo(theirs.isLoopbackAddress());
        assertThat(address.isLinkLocal()).isEqualTo(theirs.isLinkLocalAddress());
        assertThat(address.isMulticast()).isEqualTo(theirs.isMulticastAddress());
        if (address instanceof Ipv4Address) {
            assertThat(address.isPrivate()).isEqualTo(theirs.isSiteLocalAddress());
        }
    }

    /// What we take, the JDK takes for the same address; it takes more.
    @Property(tries = 20_000)
    void arbitraryTextNeverThrows(@ForAll("almostAddresses") String text) {
        switch (IpAddress.parse(text)) {
            case Parsed.Value<IpAddress>(Ipv4Address v4) ->
                    assertThat(InetAddress.ofLiteral(text).getAddress()).isEqualTo(octets(v4));
            case Parsed.Value<IpAddress>(Ipv6Address v6) ->
                    assertThat(Ipv6Address.of(v6.toString())).isEqualTo(v6);
            case Parsed.Malformed<IpAddress> malformed ->
                    assertThat(malformed.position()).isBetween(0, text.length());
        }
    }

    @Property
    void arbitraryStringsNeverThrow(@ForAll String text) {
        assertThat(IpAddress.parse(text)).isInstanceOf(Parsed.Malformed.class);
        assertThat(IpPrefix.parse(text)).isInstanceOf(Parsed.Malformed.class);
        assertThat(MacAddress.parse(text)).isInstanceOf(Parsed.Malformed.class);
        assertThat(Endpoint.parse(text)).isInstanceOf(Parsed.Malformed.class);
    }

    @Provide
    Arbitrary<IpAddress> addresses() {
        return IpAddresses.any();
    }

    @Provide
    Arbitrary<String> almostAddresses() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "0", "1", "25", "255", "256", "00", "a", "ffff", "10000", ".", ".", ".",
                        ":", ":", ":", "::", "1.2.3.4", "1:2:3", "%", "/", "[", " ", "\0", "é");
        return pieces.list().ofMaxSize(16).map(list -> String.join("", list));
    }

    private static byte[] octets(IpAddress address) {
        Cstruct buf = Cstruct.create(address.lengthOctets());
        address.write(buf, 0);
        return buf.toByteArray();
    }
}
