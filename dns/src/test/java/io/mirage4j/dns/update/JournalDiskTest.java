// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.memory.FaultyBlockDevice;
import io.mirage4j.platform.memory.MemoryBlockDevice;
import io.mirage4j.platform.memory.SeededEntropy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

class JournalDiskTest {
    private static final int SECTOR = 512;
    private static final int PART_OCTETS = 40 * SECTOR;
    private static final List<DnsName> APEXES =
            List.of(DnsName.of("a.test."), DnsName.of("b.example."), DnsName.of("c.test."));

    /// One version of a zone, all of whose records tell which.
    private static Zone zone(DnsName apex, int serial) {
        var builder = new ZoneBuilder(apex);
        String text =
                """
                @ SOA ns admin %1$d 2 3 4 5
                @ NS ns
                ns A 192.0.2.1
                first TXT %1$d
                host%2$d TXT %1$d %3$s
                last TXT %1$d
                """
                        .formatted(serial, serial % 7, "x".repeat(serial * 37 % 200));
        for (String line : text.split("\n")) {
            builder.add(ResourceRecord.parse(line, apex, apex, 60).orThrow());
        }
        return ((ZoneBuilder.Good) builder.build()).zone();
    }

    private static TreeSet<String> records(Zone zone) {
        var records = new TreeSet<String>();
        zone.each().forEachRemaining(record -> records.add(record.toString()));
        return records;
    }

    private static @Nullable Zone kept(JournalDisk disk, DnsName apex) throws IOException {
        return Journal.open(disk.part(apex), apex).zone();
    }

    /// Versions of several zones on one disk, some of which go and come, and what is known of them.
    private static final class Story {
        private final SeededEntropy choice;
        private final Map<DnsName, Integer> safe = new HashMap<>();
        private final Map<DnsName, BlockDevice> parts = new HashMap<>();
        private final Map<DnsName, Journal> journals = new HashMap<>();
        private @Nullable DnsName busy;

        Story(long seed) {
            choice = new SeededEntropy(seed);
        }

        /// Goes on until the power fails; true if it did not.
        boolean run(BlockDevice device, int steps) {
            try {
                JournalDisk disk = JournalDisk.open(device, PART_OCTETS);
                for (int step = 0; step < steps; step++) step(disk);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private void step(JournalDisk disk) throws IOException {
            DnsName apex = APEXES.get(choice.nextInt(APEXES.size()));
            Journal journal = journals.get(apex);
            if (journal == null) {
                if (journals.size() == 2) {
                    // Two parts for three zones: who comes takes the part of who goes.
                    DnsName gone = journals.keySet().iterator().next();
                    journals.remove(gone);
                    safe.remove(gone);
                    ((Closeable) parts.remove(gone)).close();
                }
                busy = null;
                BlockDevice part = disk.part(apex);
                parts.put(apex, part);
                journal = Journal.open(part, apex);
                journals.put(apex, journal);
            }
            int serial = safe.getOrDefault(apex, 0);
            Zone next = zone(apex, serial + 1);
            busy = apex;
            if (serial == 0) {
                journal.restart(next);
            } else {
                journal.append(List.of(ZoneChange.between(zone(apex, serial), next)), next);
            }
            safe.put(apex, serial + 1);
            busy = null;
        }

        void check(BlockDevice device) throws IOException {
            JournalDisk disk = JournalDisk.open(device, PART_OCTETS);
            for (Map.Entry<DnsName, Integer> known : safe.entrySet()) {
                DnsName apex = known.getKey();
                Zone kept = kept(disk, apex);
                assertThat(kept).as("%s %s", apex, known.getValue()).isNotNull();
                int serial = kept.serial();
                if (apex.equals(busy)) {
                    assertThat(serial).isIn(known.getValue(), known.getValue() + 1);
                } else {
                    assertThat(serial).isEqualTo(known.getValue());
                }
                assertThat(records(kept)).isEqualTo(records(zone(apex, serial)));
            }
        }
    }

    /// The power fails at every sector that is written, from the label of the disk on: each zone
    /// has what was acknowledged, or of one update that was not, all.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noZoneLosesWhatWasAcknowledgedOrHasHalfOfAnUpdate(long seed) throws IOException {
        for (int sectors = 0; ; sectors++) {
            var memory = MemoryBlockDevice.create(SECTOR, 8 + 2 * 40);
            var device = FaultyBlockDevice.over(memory, seed * 10_000 + sectors);
            device.powerFailsAfter(sectors);
            var story = new Story(seed);
            boolean over = story.run(device, 60);
            if (over) {
                assertThat(sectors).isGreaterThan(60);
                story.check(device);
                return;
            }
            device.powerOn();
            story.check(device);
        }
    }

    @Test
    void eachZoneHasAPartAndFindsItAgain() throws IOException {
        var device = MemoryBlockDevice.create(SECTOR, 8 + 2 * 40);
        JournalDisk disk = JournalDisk.open(device, PART_OCTETS);
        for (DnsName apex : APEXES.subList(0, 2)) {
            Journal.open(disk.part(apex), apex).restart(zone(apex, 3));
        }
        assertThatIOException()
                .isThrownBy(() -> disk.part(APEXES.get(2)))
                .withMessage(
                        "no room for a journal of c.test.: 2 there are, of [a.test., b.example.]");
        assertThatIOException()
                .isThrownBy(() -> disk.part(APEXES.get(0)))
                .withMessage("the journal of a.test. is in use");
        // In another order, and with another length wished for.
        JournalDisk again = JournalDisk.open(device, 2 * PART_OCTETS);
        assertThat(kept(again, APEXES.get(1))).extracting(Zone::apex).isEqualTo(APEXES.get(1));
        assertThat(kept(again, APEXES.get(0))).extracting(Zone::apex).isEqualTo(APEXES.get(0));
    }

    @Test
    void whoComesBackHasWhatThereWasUnlessSomebodyNeededTheRoom() throws IOException {
        var device = MemoryBlockDevice.create(SECTOR, 8 + 40);
        JournalDisk disk = JournalDisk.open(device, 1 << 30);
        DnsName apex = APEXES.getFirst();
        BlockDevice part = disk.part(apex);
        assertThat(part.sectors()).isEqualTo(40);
        Journal.open(part, apex).restart(zone(apex, 3));
        ((Closeable) part).close();
        part = disk.part(apex);
        assertThat(Journal.open(part, apex).zone()).isNotNull();
        ((Closeable) part).close();
        assertThat(kept(disk, APEXES.get(1))).isNull();
        assertThat(kept(JournalDisk.open(device, 0), apex)).isNull();
    }

    @Test
    void aDiskThatHoldsSomethingElseIsRefused() {
        var memory = Cstruct.create(100 * SECTOR);
        memory.putU16be(510, 0x55aa);
        assertThatIOException()
                .isThrownBy(() -> JournalDisk.open(MemoryBlockDevice.over(memory, SECTOR), 1))
                .withMessageStartingWith("the disk holds something else than journals");
        assertThatIOException()
                .isThrownBy(() -> JournalDisk.open(MemoryBlockDevice.create(SECTOR, 11), 1))
                .withMessage("11 sectors are less than the 12 that a journal takes");
    }

    @Test
    void aDiskWithOtherSectorsThanBeforeIsRefused() throws IOException {
        var memory = Cstruct.create(1 << 20);
        JournalDisk.open(MemoryBlockDevice.over(memory, SECTOR), PART_OCTETS);
        assertThatIOException()
                .isThrownBy(() -> JournalDisk.open(MemoryBlockDevice.over(memory, 4096), 1))
                .withMessage(
                        "the disk has 256 sectors of 4096 octets, its journals are of 40 sectors of"
                                + " 512");
    }
}
