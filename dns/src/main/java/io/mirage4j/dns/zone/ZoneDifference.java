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
    private final QueryName query = new QueryName();
    private final List<ResourceRecord> removed = new ArrayList<>();
    private final List<ResourceRecord> added = new ArrayList<>();

    ZoneDifference(Zone old, Zone next) {
        this.old = old;
        this.next = next;
    }

    ZoneChange change() {
        removed.add(old.each().next());
        added.add(next.each().next());
        only(old, next, apart(next), removed);
        only(next, old, apart(old), added);
        return new ZoneChange(removed, added);
    }

    /// Adds to `to` what `zone` has and `other` does not.
    private void only(
            Zone zone, Zone other, Map<DnsName, List<Node>> otherApart, List<ResourceRecord> to) {
        for (Node node : zone.all) {
            boolean inTable = find(zone, node) == node;
            for (RrsetImage set : node.sets) {
                RrsetImage twin =
                        inTable ? twin(find(other, node), set) : twin(otherApart, node, set);
                compare(zone, node, set, other, twin, to);
            }
        }
    }

    private @Nullable Node find(Zone zone, Node node) {
        query.set(node.name);
        return zone.nodes.find(query, 0);
    }

    private Map<DnsName, List<Node>> apart(Zone zone) {
        Map<DnsName, List<Node>> apart = new HashMap<>();
        for (Node node : zone.all) {
            if (find(zone, node) == node) continue;
            apart.computeIfAbsent(ZoneRecords.name(node), any -> new ArrayList<>(1)).add(node);
        }
        return apart;
    }

    private static @Nullable RrsetImage twin(@Nullable Node node, RrsetImage set) {
        return node == null ? null : node.set(set.type);
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
