// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.MessageWriter;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.transfer.TransferRecords;
import io.mirage4j.dns.transfer.TransferWriter;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.dns.zone.ZoneHistory;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// A zone and what became of it, on a disk of its own. Its entries are the messages of transfers:
/// first the whole zone, then changes. What [#append] or [#restart] has returned from is there
/// after a loss of power; of what it was doing then, all or nothing is.
///
/// The disk is two halves. Where one is full the zone as it is then is written to the other, whose
/// head, written last, makes it count. So a zone takes up to half of the disk, and any number of
/// changes goes through it.
///
/// One caller at a time.
public final class Journal {
    /// A head and an entry in each half.
    static final int LEAST_SECTORS = 4;

    private final DnsName apex;
    private final BlockDevice device;
    private final JournalHalf[] halves;
    private final MessageWriter writer = new MessageWriter();
    private int current;
    private long generation;
    private long sector;
    private int number;

    /// Whether what stands at [#sector] and behind may be a change that nobody was told was kept.
    private boolean doubtful;

    private @Nullable Zone zone;

    private Journal(BlockDevice device, DnsName apex) {
        this.device = device;
        this.apex = apex;
        halves =
                new JournalHalf[] {
                    new JournalHalf(device, apex, false), new JournalHalf(device, apex, true)
                };
        writer.keepCase();
    }

    /// Reads what a disk holds of a zone; that may be nothing.
    ///
    /// @throws IOException if the disk fails, has no room for anything, or holds what is no zone
    public static Journal open(BlockDevice device, DnsName apex) throws IOException {
        if (device.sectors() < LEAST_SECTORS) {
            throw new IOException(
                    "journal of %s: %d sectors are less than %d"
                            .formatted(apex, device.sectors(), LEAST_SECTORS));
        }
        var journal = new Journal(device, apex);
        JournalHalf.Head first = journal.halves[0].head();
        JournalHalf.Head second = journal.halves[1].head();
        boolean isFirst = apex.equals(first.apex());
        boolean isSecond = apex.equals(second.apex());
        if (!isFirst && !isSecond) {
            journal.generation = Math.max(first.generation(), second.generation());
            return journal;
        }
        boolean inSecond = isSecond && !(isFirst && first.generation() > second.generation());
        journal.current = inSecond ? 1 : 0;
        journal.generation = (inSecond ? second : first).generation();
        journal.replay();
        return journal;
    }

    /// The zone with its last changes as its history; null if there is none.
    public @Nullable Zone zone() {
        return zone;
    }

    private void replay() throws IOException {
        sector = JournalHalf.start();
        number = 0;
        TransferRecords records = next(null);
        if (records == null) return;
        ZoneBuilder builder = records.whole();
        ZoneHistory history = ZoneHistory.NONE;
        Integer serial = builder.serial();
        while (serial != null && (records = next(serial)) != null) {
            for (ZoneChange change : records.changes()) {
                if (!builder.apply(change)) {
                    throw new IOException("journal of " + apex + ": a change of what is not there");
                }
                history = history.with(change);
                serial = change.toSerial();
            }
        }
        zone =
                switch (builder.build()) {
                    case ZoneBuilder.Good(Zone built, var warnings) -> built.with(history);
                    case ZoneBuilder.Bad(var faults) ->
                            throw new IOException("journal of " + apex + ": " + faults.getFirst());
                };
    }

    /// The records of the messages from [#sector] on, as far as they belong together; null, and the
    /// place as it was, if they do not come to an end.
    private @Nullable TransferRecords next(@Nullable Integer serial) throws IOException {
        var records = new TransferRecords(apex, serial);
        long at = sector;
        int index = number;
        while (!records.isComplete()) {
            Cstruct octets = halves[current].read(at, generation, index);
            if (octets == null) return null;
            at = halves[current].after(at, octets.length());
            index++;
            if (!(Message.parse(octets) instanceof Parsed.Value<Message>(Message message))) {
                return null;
            }
            for (ResourceRecord record : message.answers()) {
                if (records.add(record) != null) return null;
            }
        }
        sector = at;
        number = index;
        return records;
    }

    /// Keeps changes, the last of which led to `next`, and returns when they are safe. Where there
    /// is no room behind the others, the zone is written anew.
    ///
    /// @throws IOException if the disk fails, or has no room for the zone; the changes may be kept
    ///   or not
    public void append(List<ZoneChange> changes, Zone next) throws IOException {
        boolean follows = zone != null && !doubtful && !changes.isEmpty();
        doubtful = true;
        if (!follows || !put(TransferWriter.of(changes, next))) {
            restart(next);
            return;
        }
        device.sync();
        doubtful = false;
        zone = next;
    }

    /// Keeps a zone in the place of whatever there was, and returns when it is safe.
    ///
    /// @throws IOException if the disk fails, or has no room for the zone: what was there stays
    public void restart(Zone next) throws IOException {
        int oldHalf = current;
        long oldSector = sector;
        int oldNumber = number;
        long oldGeneration = generation;
        boolean done = false;
        try {
            current = 1 - current;
            generation = oldGeneration + 1;
            sector = JournalHalf.start();
            number = 0;
            if (!put(TransferWriter.whole(next))) {
                throw new IOException(
                        "journal of %s: %d sectors of %d octets have no room for it twice"
                                .formatted(apex, device.sectors(), device.sectorSize()));
            }
            device.sync();
            halves[current].putHead(generation);
            device.sync();
            zone = next;
            doubtful = false;
            done = true;
        } finally {
            if (!done) {
                current = oldHalf;
                sector = oldSector;
                number = oldNumber;
                generation = oldGeneration;
            }
        }
    }

    /// Writes messages behind the last; false if there is no room, and then the place is as it was.
    private boolean put(TransferWriter records) throws IOException {
        JournalHalf half = halves[current];
        long at = sector;
        int index = number;
        while (!records.isDone()) {
            Cstruct message = half.message();
            writer.start(message, message.length());
            if (!records.fill(writer)) throw new IOException("a record longer than any message");
            at = half.put(at, generation, index++, writer.finish());
            if (at < 0) return false;
        }
        sector = at;
        number = index;
        return true;
    }
}
