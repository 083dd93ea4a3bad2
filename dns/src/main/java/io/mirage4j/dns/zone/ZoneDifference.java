// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares two versions of a zone, set by set as they are laid out; records are made only of sets
/// that differ.
final class ZoneDifference {
    private final Zone old;
    private final Zone next;
    private final List<ResourceRecord> removed = new ArrayList<>();
    private final List<ResourceRecord> added = new ArrayList<>();

    ZoneDifference(Zone old, Zone next) {
        this.old = old;
        this.next = next;
    }

    ZoneChange change() {
        removed.add(old.each().next());
        added.add(next.each().next());
        only(old, next, removed);
        only(next, old, added);
        return new ZoneChange(removed, added);
    }

    /// Adds to `to` what `zone` has and `other` does not.
    private void only(Zone zone, Zone other, List<ResourceRecord> to) {
        zone.nodes.each(
                node -> {
                    Node there = other.nodes.find(node.name, node.hash);
                    // Versions share what did not change.
                    if (there == node) return;
                    for (RrsetImage set : node.sets()) {
                        RrsetImage twin = there == null ? null : there.set(set.type);
                        compare(zone, node, set, other, twin, to);
                    }
                });
        Map<DnsName, List<Node>> there = apart(other);
        for (Node node : zone.apart) {
            for (RrsetImage set : node.sets()) {
                compare(zone, node, set, other, twin(there, node, set), to);
            }
        }
    }

    private static Map<DnsName, List<Node>> apart(Zone zone) {
        Map<DnsName, List<Node>> apart = new HashMap<>();
        for (Node node : zone.apart) {
            apart.computeIfAbsent(ZoneRecords.name(node), any -> new ArrayList<>(1)).add(node);
        }
        return apart;
    }

    private static @Nullable RrsetImage twin(
            Map<DnsName, List<Node>> apart, Node node, RrsetImage set) {
        for (Node other : apart.getOrDefault(ZoneRecords.name(node), List.of())) {
            RrsetImage twin = other.set(set.type);
            if (twin != null) return twin;
        }
        return null;
    }

    /// Adds to `to` what `set` and its signatures have and `twin` does not.
    private static void compare(
            Zone zone,
            Node node,
            RrsetImage set,
            Zone other,
            @Nullable RrsetImage twin,
            List<ResourceRecord> to) {
        boolean isSoa = set.type == RrType.SOA && node == zone.top;
        if (!isSoa) {
            only(zone, node, set, other, twin, to);
        }
        if (set.signatures == null) return;
        only(zone, node, set.signatures, other, twin == null ? null : twin.signatures, to);
    }

    private static void only(
            Zone zone,
            Node node,
            RrsetImage set,
            Zone other,
            @Nullable RrsetImage twin,
            List<ResourceRecord> to) {
        if (set.sameAs(twin)) return;
        DnsName name = ZoneRecords.name(node);
        // One TTL for a set: with another, each of its records is another one.
        List<Rdata> same =
                twin == null || twin.ttl != set.ttl ? List.of() : twin.data(other.apex());
        for (Rdata data : set.data(zone.apex())) {
            if (same.contains(data)) continue;
            to.add(new ResourceRecord(name, zone.rrClass(), set.ttl, data));
        }
    }
}
