// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;

import java.util.List;

/// What makes one version of a zone into the next (RFC 1995, 2).
///
/// @param removed the SOA record of the old version first
/// @param added the SOA record of the new version first
public record ZoneChange(List<ResourceRecord> removed, List<ResourceRecord> added) {
    public ZoneChange {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        serial(removed);
        serial(added);
    }

    private static int serial(List<ResourceRecord> records) {
        if (!records.isEmpty() && records.getFirst().data().value() instanceof RecordData.Soa soa) {
            return soa.serial();
        }
        throw new IllegalArgumentException("a change that does not begin with SOA: " + records);
    }

    public int fromSerial() {
        return serial(removed);
    }

    public int toSerial() {
        return serial(added);
    }

    /// How many records there are in it.
    public int records() {
        return removed.size() + added.size();
    }

    /// What is different in two zones of one name, beside their SOA records, too.
    public static ZoneChange between(Zone old, Zone next) {
        return new ZoneDifference(old, next).change();
    }
}
