// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.memory.MemoryKv;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;

/// Updates sent to a secondary, and what it knows of the age of its zone, beside `nsupdate` and
/// `dig`.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandoverTest {
    private static final ZoneAccess OPEN =
            new ZoneAccess(AccessList.ANY, AccessList.ANY, AccessList.ANY, AccessList.ANY);

    private static Zone zone() throws IOException {
        var files = new MemoryKv();
        files.put("zone", "$TTL 60\n@ SOA ns admin 1 3600 60 7200 5\n@ NS ns\nns A 192.0.2.1\n");
        return switch (ZoneBuilder.read(files, "zone", OurServer.APEX)) {
            case ZoneBuilder.Good(Zone zone, var warnings) -> zone;
            case ZoneBuilder.Bad(var faults) -> throw new AssertionError(faults);
        };
    }

    private static void follow(OurServer secondary, OurServer primary) throws Exception {
        var settings = new ZoneSettings(OPEN, List.of(), null);
        secondary.store.secondary(OurServer.APEX, List.of(OurServer.peer(primary.port)), settings);
        secondary.awaitSerial(1);
    }

    @Test
    void aSecondaryHandsUpdatesOnWithTheirSignatureWhichItDoesNotKnow() throws Exception {
        try (var primary = new OurServer();
                var secondary = new OurServer()) {
            primary.store.primary(zone(), OurServer.settings(null));
            follow(secondary, primary);
            secondary.server.policy(secondary.server.policy().with(TsigKeys.NONE));
            // It checks that the answer is signed.
            assertThat(
                            OurServer.nsupdate(
                                    secondary.port, "update add a.example.test 60 A 192.0.2.7"))
                    .isEmpty();
            assertThat(primary.serial()).isEqualTo(2);
            secondary.awaitSerial(2);
            String refused =
                    OurServer.nsupdate(
                            secondary.port,
                            "prereq nxdomain a.example.test",
                            "update add b.example.test 60 A 192.0.2.7");
            assertThat(refused).contains("YXDOMAIN");
        }
    }

    @Test
    void whoMayNotUpdateIsRefusedByTheSecondary() throws Exception {
        try (var primary = new OurServer();
                var secondary = new OurServer()) {
            primary.store.primary(zone(), new ZoneSettings(OPEN, List.of(), null));
            secondary.store.secondary(
                    OurServer.APEX, List.of(OurServer.peer(primary.port)), ZoneSettings.STANDARD);
            secondary.awaitSerial(1);
            assertThat(
                            OurServer.nsupdate(
                                    secondary.port, "update add a.example.test 60 A 192.0.2.7"))
                    .contains("REFUSED");
            assertThat(primary.serial()).isEqualTo(1);
        }
    }

    @Test
    void anUpdateThatNobodyTakesIsServfail() throws Exception {
        try (var secondary = new OurServer()) {
            try (var primary = new OurServer()) {
                primary.store.primary(zone(), OurServer.settings(null));
                follow(secondary, primary);
            }
            assertThat(
                            OurServer.nsupdate(
                                    secondary.port, "update add a.example.test 60 A 192.0.2.7"))
                    .contains("SERVFAIL");
        }
    }

    @Test
    void bothTellWhenTheZoneExpires() throws Exception {
        try (var primary = new OurServer();
                var secondary = new OurServer()) {
            primary.store.primary(zone(), OurServer.settings(null));
            follow(secondary, primary);
            String first = OurServer.dig(primary.port, "+expire", "example.test", "SOA");
            assertThat(first).contains("EXPIRE: 7200 ");
            String second = OurServer.dig(secondary.port, "+expire", "example.test", "SOA");
            assertThat(second).containsPattern("EXPIRE: (7200|71[0-9][0-9]) ");
            assertThat(OurServer.dig(primary.port, "+expire", "ns.example.test", "A"))
                    .doesNotContain("EXPIRE: 7");
        }
    }
}
