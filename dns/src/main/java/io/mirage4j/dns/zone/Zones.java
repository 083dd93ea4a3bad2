// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The zones of a server at one moment. It never changes: [#with] makes the next one. Nothing in
/// [#find] allocates.
public final class Zones {
    public static final Zones NONE = new Zones(List.of());

    private final Map<DnsName, Zone> byApex = new LinkedHashMap<>();
    private final @Nullable Zone[] slots;
    private final int mask;
    private final int mostLabels;

    private Zones(Collection<Zone> zones) {
        int size = Integer.highestOneBit(Math.max(2, zones.size())) * 4;
        slots = new @Nullable Zone[size];
        mask = size - 1;
        int most = 0;
        for (Zone zone : zones) {
            byApex.put(zone.apex(), zone);
            most = Math.max(most, zone.apex().labels());
            int slot = SuffixHash.slot(zone.top.hash, mask);
            while (slots[slot] != null) slot = slot + 1 & mask;
            slots[slot] = zone;
        }
        mostLabels = most;
    }

    public static Zones of(Zone... zones) {
        return new Zones(List.of(zones));
    }

    /// These zones with one more, or with it in the place of the one of its name.
    public Zones with(Zone zone) {
        Map<DnsName, Zone> next = new LinkedHashMap<>(byApex);
        next.put(zone.apex(), zone);
        return new Zones(next.values());
    }

    public Zones without(DnsName apex) {
        Map<DnsName, Zone> next = new LinkedHashMap<>(byApex);
        next.remove(apex);
        return new Zones(next.values());
    }

    public List<Zone> all() {
        return new ArrayList<>(byApex.values());
    }

    public @Nullable Zone get(DnsName apex) {
        return byApex.get(apex);
    }

    /// The zone with the longest name that the one asked for ends in; null if there is none. What
    /// is asked of the parent (RFC 4035, 3.1.4.1) is found there if it is here, else in the child.
    public @Nullable Zone find(QueryName name, boolean ofParent) {
        Zone child = null;
        for (int i = Math.max(0, name.labels() - mostLabels); i <= name.labels(); i++) {
            Zone zone = at(name, i);
            if (zone == null) continue;
            if (i > 0 || !ofParent) return zone;
            child = zone;
        }
        return child;
    }

    private @Nullable Zone at(QueryName name, int i) {
        int hash = name.hash(i);
        int slot = SuffixHash.slot(hash, mask);
        for (Zone zone; (zone = slots[slot]) != null; slot = slot + 1 & mask) {
            if (zone.top.hash == hash && name.suffixIs(i, zone.top.name)) return zone;
        }
        return null;
    }
}
