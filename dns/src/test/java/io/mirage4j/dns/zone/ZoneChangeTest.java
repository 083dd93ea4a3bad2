// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrSet;
import io.mirage4j.dns.RrType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

class ZoneChangeTest {
    private static final DnsName APEX = DnsName.of("example.test.");

    private static List<String> records(Zone zone) {
        List<String> records = new ArrayList<>();
        zone.each().forEachRemaining(record -> records.add(record.toString()));
        return records;
    }

    private static Zone build(ZoneBuilder builder) {
        return ((ZoneBuilder.Good) builder.build()).zone();
    }

    @Property
    void theRecordsOfAZoneMakeTheZone(@ForAll Random random) {
        Zone zone = RandomZones.of(random);
        List<String> records = records(zone);
        assertThat(records).hasSize(zone.records()).doesNotHaveDuplicates();
        assertThat(records.getFirst()).contains("\tSOA\t");
        Zone again = build(ZoneBuilder.of(zone));
        assertThat(records(again)).containsExactlyInAnyOrderElementsOf(records);
        assertThat(ZoneChange.between(zone, again).records()).isEqualTo(2);
    }

    @Property
    void aDifferenceLeadsFromOneZoneToTheOther(@ForAll Random random) {
        Zone old = RandomZones.of(random);
        Zone next = RandomZones.of(random);
        var builder = ZoneBuilder.of(old);
        assertThat(builder.apply(ZoneChange.between(old, next))).isTrue();
        assertThat(new TreeSet<>(records(build(builder)))).isEqualTo(new TreeSet<>(records(next)));
    }

    @Test
    void whatIsNotThereIsNotRemoved() {
        Zone one = RandomZones.zone("www A 192.0.2.1\n");
        Zone two = RandomZones.zone("www A 192.0.2.2\n");
        assertThat(ZoneBuilder.of(one).apply(ZoneChange.between(two, one))).isFalse();
    }

    @Test
    void setsAreFoundByNameAndType() {
        Zone zone = RandomZones.zone("Www A 192.0.2.2\nwww A 192.0.2.1\nwww MX 1 www\n");
        DnsName www = DnsName.of("WWW.example.test.");
        assertThat(zone.set(www, RrType.A).data()).hasToString("[192.0.2.1, 192.0.2.2]");
        assertThat(zone.sets(www)).extracting(RrSet::type).containsExactly(RrType.A, RrType.MX);
        assertThat(zone.set(www, RrType.TXT)).isNull();
        assertThat(zone.sets(DnsName.of("example.org."))).isEmpty();
    }

    @Test
    void anEditLeavesTheZoneAloneAndTellsWhatIsDifferent() {
        Zone zone = RandomZones.zone("www A 192.0.2.1\nwww MX 1 www\n");
        DnsName www = DnsName.of("www.example.test.");
        var edit = new ZoneEdit(zone);
        edit.put(RrSet.of(record("www.example.test. 60 A 192.0.2.9")));
        edit.remove(www, RrType.MX);
        assertThat(edit.isChanged()).isTrue();
        edit.put(zone.set(www, RrType.MX));
        edit.put(RrSet.of(record("example.test. 60 SOA ns admin 8 2 3 4 5")));
        ZoneChange change = edit.change();
        assertThat(change.fromSerial()).isEqualTo(7);
        assertThat(change.toSerial()).isEqualTo(8);
        assertThat(change.removed()).hasSize(2);
        assertThat(change.added())
                .hasSize(2)
                .last()
                .hasToString(record("www.example.test. 60 A 192.0.2.9").toString());
        assertThat(zone.sets(www)).hasSize(2);
    }

    private static ResourceRecord record(String text) {
        return ResourceRecord.parse(text, APEX, DnsName.ROOT, 60).orThrow();
    }

    @Test
    void aHistoryLeadsFromEachOfItsVersionsToTheLast() {
        ZoneHistory history = ZoneHistory.NONE;
        for (int serial = 1; serial < 10; serial++)
            history = history.with(change(serial, serial + 1));
        assertThat(history.since(7)).extracting(ZoneChange::toSerial).containsExactly(8, 9, 10);
        assertThat(history.since(10)).isEmpty();
        assertThat(history.since(4711)).isEmpty();
        assertThat(history.with(change(20, 21)).changes()).hasSize(1);
    }

    @Test
    void aHistoryForgetsItsOldest() {
        ZoneHistory history = ZoneHistory.NONE;
        for (int serial = 1; serial <= 1500; serial++) {
            history = history.with(change(serial, serial + 1));
        }
        assertThat(history.changes()).hasSize(1000);
        assertThat(history.since(500)).isEmpty();
        assertThat(history.since(501)).hasSize(1000);
    }

    private static ZoneChange change(int from, int to) {
        return new ZoneChange(
                List.of(record("example.test. 60 SOA ns admin " + from + " 2 3 4 5")),
                List.of(record("example.test. 60 SOA ns admin " + to + " 2 3 4 5")));
    }

    @Test
    void serialsGoRound() {
        assertThat(Serial.isAfter(1, 0)).isTrue();
        assertThat(Serial.isAfter(0, -1)).isTrue();
        assertThat(Serial.isAfter(-1, 0)).isFalse();
        assertThat(Serial.isAfter(5, 5)).isFalse();
        assertThat(Serial.next(-1)).isEqualTo(1);
    }
}
