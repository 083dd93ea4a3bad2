// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Collectors;

/// The files that a client is set up by, and the search list.
class FilesTest {
    @Test
    void aUsualFileIsRead() {
        var conf =
                ResolvConf.parse(
                        """
                        # made by hand
                        ; as well
                        domain ignored.example
                        search example.org sub.example.org.
                        nameserver 192.0.2.53
                        nameserver\t2001:db8::53 # behind it counts for nothing
                        options ndots:2 timeout:3 attempts:4 rotate
                        options use-vc edns0 trust-ad no-aaaa
                        """);
        assertThat(conf.ignored()).isEmpty();
        ClientOptions options = conf.options();
        assertThat(options.servers())
                .containsExactly(Endpoint.of("192.0.2.53:53"), Endpoint.of("[2001:db8::53]:53"));
        assertThat(options.search().domains())
                .containsExactly(DnsName.of("example.org."), DnsName.of("sub.example.org."));
        assertThat(options.search().ndots()).isEqualTo(2);
        assertThat(options.timeoutNanos()).isEqualTo(3_000_000_000L);
        assertThat(options.attempts()).isEqualTo(4);
        assertThat(options.transport()).isEqualTo(ClientOptions.Transport.STREAM);
        assertThat(options.features())
                .contains(
                        ClientOptions.Feature.ROTATE,
                        ClientOptions.Feature.TRUST_AD,
                        ClientOptions.Feature.NO_AAAA);
    }

    @Test
    void anEmptyFileMeansThisMachine() {
        ResolvConf conf = ResolvConf.parse("");
        assertThat(conf.options().servers()).containsExactly(Endpoint.of("127.0.0.1:53"));
        assertThat(conf.options().search()).isEqualTo(SearchList.NONE);
    }

    @Test
    void whatMeansNothingIsToldWithItsReason() {
        var conf =
                ResolvConf.parse(
                        """
                        nameserver 192.0.2.256
                        nameserver
                        nameserver fe80::1%eth0
                         nameserver 192.0.2.1
                        search good.example bad..example
                        sortlist 192.0.2.0
                        resolver 192.0.2.1
                        options ndots:x debug timeout:
                        nameserver 192.0.2.2
                        """);
        assertThat(conf.options().servers()).containsExactly(Endpoint.of("192.0.2.2:53"));
        assertThat(conf.options().search().domains()).containsExactly(DnsName.of("good.example."));
        assertThat(conf.ignored().stream().map(IgnoredLine::toString))
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("1: 'nameserver 192.0.2.256': not an"),
                        note -> assertThat(note).isEqualTo("2: 'nameserver': no address"),
                        note -> assertThat(note).contains("addresses have no zone here"),
                        note -> assertThat(note).contains("begins with a blank"),
                        note -> assertThat(note).startsWith("5: 'bad..example': not a name"),
                        note -> assertThat(note).contains("as RFC 6724 has it"),
                        note -> assertThat(note).contains("no keyword of this file"),
                        note -> assertThat(note).isEqualTo("8: 'ndots:x': not a number"),
                        note -> assertThat(note).startsWith("8: 'debug': no option"),
                        note -> assertThat(note).isEqualTo("8: 'timeout:': not a number"));
    }

    @Test
    void numbersAreCutToWhatMakesSense() {
        ClientOptions options =
                ResolvConf.parse("options ndots:99 timeout:0 attempts:99").options();
        assertThat(options.search().ndots()).isEqualTo(15);
        assertThat(options.timeoutNanos()).isEqualTo(1_000_000_000L);
        assertThat(options.attempts()).isEqualTo(5);
    }

    @Property
    void anyTextIsRead(@ForAll String text) {
        assertThat(ResolvConf.parse("nameserver " + text).options().servers()).isNotEmpty();
        assertThat(ResolvConf.parse(text).options().servers()).isNotEmpty();
        assertThat(Hosts.parse(text)).isNotNull();
    }

    @Test
    void filesAsLongAsTheyLikeHaveLimits() {
        ResolvConf conf = ResolvConf.parse("nameserver 192.0.2.1\nnonsense\n".repeat(5000));
        assertThat(conf.options().servers()).hasSize(ClientOptions.MOST_SERVERS);
        assertThat(conf.ignored()).hasSize(1000);
        String domains = "search" + " a.example".repeat(5000);
        assertThat(ResolvConf.parse(domains).options().search().domains()).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource({
        "www,              www.a.example. www.b.example. www.",
        "www.sub,          www.sub. www.sub.a.example. www.sub.b.example.",
        "www.,             www.",
        "w\\.w,            w\\.w.a.example. w\\.w.b.example. w\\.w.",
        "w\\.,             w\\..a.example. w\\..b.example. w\\..",
    })
    void shortNamesAreLookedForInEachDomain(String text, String expected) {
        var search = new SearchList(List.of(DnsName.of("a.example."), DnsName.of("b.example.")), 1);
        String found =
                search.candidates(text).orThrow().stream()
                        .map(DnsName::toString)
                        .collect(Collectors.joining(" "));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aNameThatGetsTooLongInADomainIsNotLookedForThere() {
        String longest = ("a".repeat(60) + ".").repeat(4) + "aa";
        var search = new SearchList(List.of(DnsName.of("example.")), 9);
        assertThat(search.candidates(longest).orThrow()).containsExactly(DnsName.of(longest));
        assertThat(search.candidates("a".repeat(64))).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void hostsHaveAddressesOfBothVersions() {
        var hosts =
                Hosts.parse(
                        """
                        127.0.0.1 localhost
                        192.0.2.1   WWW.example.org www # both
                        2001:db8::1 www.example.org
                        192.0.2.1 www.example.org
                        nonsense www
                        192.0.2.3 bad..name good
                        """);
        assertThat(hosts.addresses(DnsName.of("www.EXAMPLE.org.")))
                .containsExactly(IpAddress.of("192.0.2.1"), IpAddress.of("2001:db8::1"));
        assertThat(hosts.addresses(DnsName.of("localhost.")))
                .containsExactly(IpAddress.of("127.0.0.1"));
        assertThat(hosts.addresses(DnsName.of("good."))).hasSize(1);
        assertThat(hosts.addresses(DnsName.of("other."))).isEmpty();
        assertThat(hosts.ignored()).extracting(IgnoredLine::number).containsExactly(5, 6);
    }

    @Test
    void nobodyIsAskedForLocalhost() {
        assertThat(Hosts.NONE.addresses(DnsName.of("a.LOCALHOST.")))
                .containsExactly(IpAddress.of("::1"), IpAddress.of("127.0.0.1"));
    }
}
