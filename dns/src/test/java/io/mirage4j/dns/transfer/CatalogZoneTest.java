// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.zone.RandomZones;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogZoneTest {
    @Test
    void membersAreListedByTheirNames() {
        var members =
                CatalogZone.members(
                        RandomZones.zone(
                                """
                                version TXT 2
                                m1.zones PTR Example.ORG.
                                group.m1.zones TXT nodnssec
                                m2.zones PTR example.net.
                                coo.m2.zones PTR other.catalog.
                                unknown.ext TXT x
                                zones PTR not.a.member.
                                """));
        assertThat(members)
                .containsOnlyKeys(DnsName.of("example.org."), DnsName.of("example.net."))
                .containsValue(DnsName.of("m1.zones.example.test."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m1.zones PTR example.org.\n",
                "version TXT 1\nm1.zones PTR example.org.\n",
                "version TXT 2 2\n",
                "version TXT 2\nversion TXT 3\n",
                "version TXT 2\nm1.zones PTR example.org.\nm2.zones PTR example.org.\n",
                "version TXT 2\nm1.zones PTR example.org.\nm1.zones PTR example.net.\n",
                "version TXT 2\nm1.zones PTR example.test.\n",
            })
    void whatIsBrokenIsNoCatalog(String records) {
        assertThat(CatalogZone.members(RandomZones.zone(records))).isNull();
    }
}
