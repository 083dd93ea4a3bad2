// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrSet;
import io.mirage4j.dns.RrType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sets laid over those of a zone, one name after the other as it is touched. The zone stays as it
/// is; [#change] tells what became different.
public final class ZoneEdit {
    private final Zone zone;
    private final Map<DnsName, Map<Integer, RrSet>> touched = new LinkedHashMap<>();

    public ZoneEdit(Zone zone) {
        this.zone = zone;
    }

    public Zone zone() {
        return zone;
    }

    public @Nullable RrSet set(DnsName name, int type) {
        Map<Integer, RrSet> sets = touched.get(name);
        return sets == null ? zone.set(name, type) : sets.get(type);
    }

    /// All sets at a name: none where there is no such name.
    public List<RrSet> sets(DnsName name) {
        Map<Integer, RrSet> sets = touched.get(name);
        return sets == null ? zone.sets(name) : List.copyOf(sets.values());
    }

    /// Puts a set in the place of the one with its name and type.
    public void put(RrSet set) {
        touch(set.name()).put(set.type(), set);
    }

    public void remove(DnsName name, int type) {
        touch(name).remove(type);
    }

    private Map<Integer, RrSet> touch(DnsName name) {
        return touched.computeIfAbsent(
                name,
                any -> {
                    Map<Integer, RrSet> sets = new TreeMap<>();
                    for (RrSet set : zone.sets(name)) sets.put(set.type(), set);
                    return sets;
                });
    }

    /// Whether anything is different.
    public boolean isChanged() {
        return !difference(true).isEmpty() || !difference(false).isEmpty();
    }

    /// What is different, SOA records first; the SOA record must be.
    public ZoneChange change() {
        return new ZoneChange(difference(true), difference(false));
    }

    private List<ResourceRecord> difference(boolean removed) {
        List<ResourceRecord> records = new ArrayList<>();
        touched.forEach(
                (name, sets) -> {
                    for (RrSet set : removed ? zone.sets(name) : sets.values()) {
                        RrSet twin = removed ? sets.get(set.type()) : zone.set(name, set.type());
                        // One TTL for a set: with another, each of its records is another one.
                        List<Rdata> same =
                                twin == null || twin.ttl() != set.ttl() ? List.of() : twin.data();
                        for (ResourceRecord record : set.records()) {
                            if (same.contains(record.data())) continue;
                            boolean first = set.type() == RrType.SOA && name.equals(zone.apex());
                            records.add(first ? 0 : records.size(), record);
                        }
                    }
                });
        return records;
    }
}
