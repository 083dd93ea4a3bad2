// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.memory.FaultyBlockDevice;
import io.mirage4j.platform.memory.MemoryBlockDevice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

class JournalTest {
    private static final DnsName APEX = RandomZones.APEX;
    private static final Zone ZONE = RandomZones.zone("a A 192.0.2.1\n");

    /// The zone one version later, with one more record of some octets.
    private static Zone after(Zone old, int octets) {
        var builder = ZoneBuilder.of(old);
        ResourceRecord soa = old.each().next();
        builder.remove(soa);
        int serial = old.serial() + 1;
        String text = soa.toString().replace(" " + old.serial() + " 2 3 ", " " + serial + " 2 3 ");
        builder.add(ResourceRecord.parse(text, APEX, APEX, 60).orThrow());
        // Ten names, so that the zone does not grow for ever.
        String host = "host" + serial % 10 + ".example.test. 60 TXT ";
        var old10 = DnsName.of("host" + serial % 10 + ".example.test.");
        old.sets(old10).forEach(set -> set.records().forEach(builder::remove));
        String data = String.valueOf((char) ('a' + serial % 26)).repeat(octets);
        builder.add(ResourceRecord.parse(host + data, APEX, APEX, 60).orThrow());
        return ((ZoneBuilder.Good) builder.build()).zone();
    }

    private static void append(Journal journal, Zone old, Zone next) throws IOException {
        journal.append(List.of(ZoneChange.between(old, next)), next);
    }

    private static TreeSet<String> records(Zone zone) {
        var records = new TreeSet<String>();
        zone.each().forEachRemaining(record -> records.add(record.toString()));
        return records;
    }

    private static void expect(BlockDevice disk, Zone zone) throws IOException {
        Zone kept = Journal.open(disk, APEX).zone();
        assertThat(kept).isNotNull();
        assertThat(records(kept)).isEqualTo(records(zone));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void whatWasKeptIsThere(int sectorSize) throws IOException {
        var disk = MemoryBlockDevice.create(sectorSize, 200);
        Journal journal = Journal.open(disk, APEX);
        assertThat(journal.zone()).isNull();
        journal.restart(ZONE);
        expect(disk, ZONE);
        Zone zone = ZONE;
        // Longer than the disk: both halves are used again and again.
        for (int i = 0; i < 300; i++) {
            Zone next = after(zone, 10 + 100 * (i % 20));
            append(journal, zone, next);
            zone = next;
            if (i % 7 == 0) {
                expect(disk, zone);
            }
            if (i % 50 == 0) {
                journal = Journal.open(disk, APEX);
            }
        }
        Zone kept = Journal.open(disk, APEX).zone();
        assertThat(records(kept)).isEqualTo(records(zone));
        assertThat(kept.history().changes()).last().matches(c -> c.toSerial() == kept.serial());
    }

    @Test
    void aDiskWithoutRoomForAnythingIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> Journal.open(MemoryBlockDevice.create(512, 3), APEX))
                .withMessage("journal of example.test.: 3 sectors are less than 4");
    }

    @Test
    void anotherZonesDiskIsEmpty() throws IOException {
        var disk = MemoryBlockDevice.create(512, 100);
        Journal.open(disk, APEX).restart(ZONE);
        assertThat(Journal.open(disk, DnsName.of("example.org.")).zone()).isNull();
    }

    @Test
    void aZoneThatHasNoRoomIsRefusedAndTheOldOneStays() throws IOException {
        var disk = MemoryBlockDevice.create(512, 20);
        Journal journal = Journal.open(disk, APEX);
        journal.restart(ZONE);
        Zone large = after(ZONE, 20_000);
        assertThatThrownBy(() -> append(journal, ZONE, large))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room");
        expect(disk, ZONE);
        Zone next = after(ZONE, 100);
        append(journal, ZONE, next);
        expect(disk, next);
    }

    /// The power fails at every write in turn: what was answered for is there, and what was under
    /// way is there or not, but never in part.
    @ParameterizedTest
    @ValueSource(ints = {40, 64, 200})
    void nothingIsLostAndNothingIsHalfThereWhenThePowerFails(int sectors) throws IOException {
        for (int writes = 0; ; writes++) {
            var disk = FaultyBlockDevice.over(MemoryBlockDevice.create(512, sectors), writes);
            disk.powerFailsAfter(writes);
            List<Zone> known = new ArrayList<>();
            boolean over = run(disk, known);
            if (over) {
                assertThat(writes).isGreaterThan(30);
                return;
            }
            disk.powerOn();
            Zone kept = Journal.open(disk, APEX).zone();
            if (known.size() == 1) {
                // Nobody was told that anything is safe.
                if (kept != null) {
                    assertThat(records(kept)).isEqualTo(records(known.getFirst()));
                }
                continue;
            }
            assertThat(kept).as("after %d writes", writes).isNotNull();
            assertThat(records(kept))
                    .as("after %d writes", writes)
                    .isIn(records(known.get(known.size() - 2)), records(known.getLast()));
            // And the journal can be gone on with.
            Zone next = after(kept, 30);
            append(Journal.open(disk, APEX), kept, next);
            expect(disk, next);
        }
    }

    /// Keeps versions until the power fails; those kept, and behind them the one under way.
    private static boolean run(BlockDevice disk, List<Zone> known) {
        try {
            Zone zone = ZONE;
            known.add(zone);
            Journal journal = Journal.open(disk, APEX);
            journal.restart(zone);
            for (int i = 0; i < 25; i++) {
                Zone next = after(zone, 10 + 150 * (i % 5));
                known.add(next);
                append(journal, zone, next);
                zone = next;
            }
            known.add(zone);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
