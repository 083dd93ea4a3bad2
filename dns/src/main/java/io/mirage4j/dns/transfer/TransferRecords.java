// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.zone.Serial;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The records of a transfer in their order. SOA records part them:
///
/// ```
/// whole:    SOA(new) records... SOA(new)
/// changes:  SOA(new) [SOA(from) removed... SOA(to) added...]... SOA(new)
/// nothing:  SOA(new)
/// ```
public final class TransferRecords {
    /// A zone of more than that is not taken.
    static final int MOST_RECORDS = 20_000_000;

    private enum State {
        FIRST,
        SECOND,
        WHOLE,
        REMOVED,
        ADDED,
        COMPLETE
    }

    private final DnsName apex;
    private final @Nullable Integer have;
    private final ZoneBuilder whole;
    private final List<ZoneChange> changes = new ArrayList<>();
    private List<ResourceRecord> removed = new ArrayList<>();
    private List<ResourceRecord> added = new ArrayList<>();
    private State state = State.FIRST;
    private int serial;
    private int records;
    private @Nullable ResourceRecord first;

    /// @param have the version that changes are taken from; null where only a whole zone is
    public TransferRecords(DnsName apex, @Nullable Integer have) {
        this.apex = apex;
        this.have = have;
        this.whole = ZoneBuilder.trusting(apex);
    }

    /// Takes the next record, or tells what is wrong with it.
    public @Nullable String add(ResourceRecord record) {
        if (record.rrClass() != RrClass.IN) return "a record of another class";
        if (++records > MOST_RECORDS) return "more than " + MOST_RECORDS + " records";
        RecordData.Soa soa =
                record.data().value() instanceof RecordData.Soa found && record.name().equals(apex)
                        ? found
                        : null;
        return switch (state) {
            case FIRST -> first(record, soa);
            case SECOND -> second(record, soa);
            case WHOLE -> {
                if (soa == null) whole.add(record);
                else if (soa.serial() != serial) yield "the zone changed under way";
                else state = State.COMPLETE;
                yield null;
            }
            case REMOVED -> {
                if (soa != null) {
                    state = State.ADDED;
                }
                (soa == null ? removed : added).add(record);
                yield null;
            }
            case ADDED -> {
                if (soa != null) yield endOfChange(record, soa);
                added.add(record);
                yield null;
            }
            case COMPLETE -> "a record behind the last";
        };
    }

    private @Nullable String first(ResourceRecord record, RecordData.@Nullable Soa soa) {
        if (soa == null) return "no SOA record at the start";
        first = record;
        serial = soa.serial();
        state = State.SECOND;
        return null;
    }

    private @Nullable String second(ResourceRecord record, RecordData.@Nullable Soa soa) {
        if (first == null) throw new AssertionError("a second record without a first");
        if (soa != null && have != null && soa.serial() == have && serial != soa.serial()) {
            removed.add(record);
            state = State.REMOVED;
            return null;
        }
        if (soa != null && soa.serial() != serial) return "changes from another version";
        whole.add(first);
        if (soa != null) return complete();
        whole.add(record);
        state = State.WHOLE;
        return null;
    }

    private @Nullable String complete() {
        state = State.COMPLETE;
        return null;
    }

    private @Nullable String endOfChange(ResourceRecord record, RecordData.Soa soa) {
        var change = new ZoneChange(removed, added);
        if (!Serial.isAfter(change.toSerial(), change.fromSerial())) return "a change backwards";
        changes.add(change);
        removed = new ArrayList<>();
        added = new ArrayList<>();
        if (soa.serial() != change.toSerial()) return "changes that do not follow each other";
        if (soa.serial() == serial) return complete();
        removed.add(record);
        state = State.REMOVED;
        return null;
    }

    /// Whether all there is by now is one SOA record, and it is not newer.
    boolean isSoaAlone() {
        return state == State.SECOND && have != null && !Serial.isAfter(serial, have);
    }

    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /// The changes that came; empty where the whole zone did.
    public List<ZoneChange> changes() {
        return List.copyOf(changes);
    }

    /// The records that came where the whole zone did.
    public ZoneBuilder whole() {
        return whole;
    }
}
