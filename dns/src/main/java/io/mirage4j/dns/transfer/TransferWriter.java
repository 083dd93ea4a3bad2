// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import io.mirage4j.dns.MessageWriter;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.Section;
import io.mirage4j.dns.zone.Serial;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneChange;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// The records of a transfer, put into one message after another. Records are made as they are
/// written, so a zone of any size goes through one message's room.
public final class TransferWriter {
    private final Iterator<? extends Iterator<ResourceRecord>> parts;
    private Iterator<ResourceRecord> part = Collections.emptyIterator();
    private @Nullable ResourceRecord next;

    private TransferWriter(Stream<Iterator<ResourceRecord>> parts) {
        this.parts = parts.iterator();
        step();
    }

    /// A whole zone: its SOA record, all others, the SOA record (RFC 5936, 2.2).
    public static TransferWriter whole(Zone zone) {
        return new TransferWriter(Stream.of(zone.each(), soa(zone)));
    }

    /// What leads from the version that a client has to the zone (RFC 1995, 4): the changes where
    /// they are known and no more than the zone, the zone where not, and the SOA record alone where
    /// there is nothing new.
    public static TransferWriter since(int serial, Zone zone) {
        if (!Serial.isAfter(zone.serial(), serial)) return soaOnly(zone);
        List<ZoneChange> changes = zone.history().since(serial);
        int records = changes.stream().mapToInt(ZoneChange::records).sum();
        return changes.isEmpty() || records > zone.records() ? whole(zone) : of(changes, zone);
    }

    /// The changes that led to a zone.
    public static TransferWriter of(List<ZoneChange> changes, Zone zone) {
        Stream<Iterator<ResourceRecord>> differences =
                changes.stream()
                        .flatMap(
                                change ->
                                        Stream.of(
                                                change.removed().iterator(),
                                                change.added().iterator()));
        return new TransferWriter(
                Stream.concat(
                        Stream.concat(Stream.of(soa(zone)), differences), Stream.of(soa(zone))));
    }

    /// Nothing new; over UDP also that there is, and that it takes a stream (RFC 1995, 2).
    public static TransferWriter soaOnly(Zone zone) {
        return new TransferWriter(Stream.of(soa(zone)));
    }

    private static Iterator<ResourceRecord> soa(Zone zone) {
        return List.of(zone.each().next()).iterator();
    }

    public boolean isDone() {
        return next == null;
    }

    /// Puts as many records as have room into the answer section; false if that is none, the next
    /// one being longer than any message.
    public boolean fill(MessageWriter writer) {
        int before = writer.count(Section.ANSWER);
        while (next != null
                && writer.count(Section.ANSWER) < 0xffff
                && writer.record(Section.ANSWER, next)) {
            step();
        }
        return writer.count(Section.ANSWER) > before;
    }

    private void step() {
        while (!part.hasNext() && parts.hasNext()) part = parts.next();
        next = part.hasNext() ? part.next() : null;
    }
}
