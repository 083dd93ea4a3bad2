// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.platform.memory.MemoryKv;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

class ZoneBuilderTest {
    private static final DnsName ORIGIN = DnsName.of("example.org.");
    private static final String APEX =
            "$TTL 1h\n@ SOA ns admin 1 7200 3600 1209600 300\n@ NS ns\nns A 192.0.2.1\n";

    private static ZoneBuilder.Result read(String text) throws IOException {
        var files = new MemoryKv();
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        files.put("zone", Cstruct.of(octets).readOnly(), Instant.EPOCH);
        return ZoneBuilder.read(files, "zone", ORIGIN);
    }

    private static List<String> faults(String text) throws IOException {
        return switch (read(text)) {
            case ZoneBuilder.Good good -> List.of();
            case ZoneBuilder.Bad(var faults) -> faults.stream().map(ZoneFault::toString).toList();
        };
    }

    @Test
    void aGoodZoneIsTaken() throws IOException {
        assertThat(read(APEX)).isInstanceOf(ZoneBuilder.Good.class);
        var zone = ((ZoneBuilder.Good) read(APEX)).zone();
        assertThat(zone.apex()).isEqualTo(ORIGIN);
        assertThat(zone.records()).isEqualTo(3);
        assertThat(zone.soa().serial()).isEqualTo(1);
        assertThat(zone.isSigned()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a CNAME b\\na A 192.0.2.2         | zone:5:1: CNAME beside A at a.example.org.
                    a A 192.0.2.2\\na CNAME b         | zone:6:1: CNAME beside A at a.example.org.
                    a CNAME b\\na CNAME c             | zone:6:1: a second CNAME record at a.example.org.
                    a DNAME b\\na DNAME c             | zone:6:1: a second DNAME record at a.example.org.
                    @ SOA ns admin 2 7200 3600 60 300 | zone:5:1: a second SOA record at example.org.
                    a SOA ns admin 1 7200 3600 60 300 | zone:5:1: an SOA record at a.example.org., below example.org.
                    sub NS ns.sub                     | zone:5:1: no glue for ns.sub.example.org.
                    sub NS nobody                     | zone:5:1: no address of nobody.example.org.
                    @ DS 1 8 2 00                     | zone:5:1: a DS record at example.org.
                    d DNAME e\\nsub NS ns.d           | zone:6:1: the name server ns.d.example.org. is below a DNAME
                    sub NS al\\nal CNAME ns           | zone:5:1: the name server al.example.org. is an alias
                    """)
    void aFaultOfTheZoneIsToldWithItsLine(String lines, String fault) throws IOException {
        assertThat(faults(APEX + lines.replace("\\n", "\n") + "\n")).containsExactly(fault);
    }

    @Test
    void allFaultsAreTold() throws IOException {
        assertThat(faults("$TTL 1h\na A 192.0.2.300\nb CNAME c\nb CNAME d\n"))
                .hasSize(4)
                .contains("zone: no SOA record at example.org.", "zone:2:5: not an IPv4 address");
    }

    @Test
    void whatIsElsewhereNeedsNoAddressHere() throws IOException {
        assertThat(faults(APEX + "sub NS ns.example.net.\n")).isEmpty();
        assertThat(faults(APEX + "sub NS ns.other\nother NS ns.example.net.\n")).isEmpty();
        assertThat(faults(APEX + "sub NS ns.wild\n*.wild A 192.0.2.3\n")).isEmpty();
    }

    @Test
    void whatNobodySeesBelowADnameIsNoFault() throws IOException {
        String top = "$TTL 1h\n@ SOA ns admin 1 7200 3600 1209600 300\n@ NS ns.example.net.\n";
        assertThat(faults(top + "@ DNAME example.net.\nfoo NS nobody\n")).isEmpty();
        // A delegation goes before an alias at the same name, and so what is below it is glue.
        assertThat(faults(APEX + "d NS ns.d\nd DNAME e\nns.d A 192.0.2.2\n")).isEmpty();
    }

    @Test
    void whatIsOutsideOfTheZoneIsLeftOut() throws IOException {
        var good = (ZoneBuilder.Good) read(APEX + "a.example.net. A 192.0.2.2\n");
        assertThat(good.zone().records()).isEqualTo(3);
        assertThat(good.warnings())
                .singleElement()
                .hasToString(
                        "zone:5:1: a.example.net. is not in the zone example.org. and left out");
    }

    @Test
    void differentTtlsInOneSetAreServedAsTheLowest() throws IOException {
        var good = (ZoneBuilder.Good) read(APEX + "a 60 A 192.0.2.2\na 30 A 192.0.2.3\n");
        assertThat(good.warnings())
                .singleElement()
                .hasToString("zone:6:1: TTL 30 in a set with TTL 60; the lower one is served");
    }
}
