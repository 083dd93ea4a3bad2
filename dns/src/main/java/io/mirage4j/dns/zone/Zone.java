// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrSet;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// A zone that was found good, as it was at one moment. It never changes, and any number of threads
/// may answer from it: whoever has a newer one puts that in its place.
public final class Zone {
    private final DnsName apex;
    private final int rrClass;
    private final RecordData.Soa soa;
    private final int records;

    final Node top;
    final NodeTable nodes;

    /// What is in the zone and has no name that can be asked for: owners of NSEC3 sets, and of
    /// signatures that sign nothing.
    final Node[] apart;

    /// The SOA set as negative answers have it (RFC 2308, 3).
    final RrsetImage negativeSoa;

    final Denial denial;

    private final ZoneHistory history;

    Zone(
            DnsName apex,
            int rrClass,
            RecordData.Soa soa,
            int records,
            Node top,
            NodeTable nodes,
            Node[] apart,
            RrsetImage negativeSoa,
            Denial denial,
            ZoneHistory history) {
        this.apex = apex;
        this.rrClass = rrClass;
        this.soa = soa;
        this.records = records;
        this.top = top;
        this.nodes = nodes;
        this.apart = apart;
        this.negativeSoa = negativeSoa;
        this.denial = denial;
        this.history = history;
    }

    /// This zone, come from those that the history tells.
    public Zone with(ZoneHistory history) {
        return new Zone(
                apex, rrClass, soa, records, top, nodes, apart, negativeSoa, denial, history);
    }

    /// The changes that led to this zone, as far as they are known.
    public ZoneHistory history() {
        return history;
    }

    public DnsName apex() {
        return apex;
    }

    public int rrClass() {
        return rrClass;
    }

    public RecordData.Soa soa() {
        return soa;
    }

    /// How many records there are.
    public int records() {
        return records;
    }

    public int serial() {
        return soa.serial();
    }

    /// All records, the SOA record first and each set's together, made one after the other.
    public Iterator<ResourceRecord> each() {
        return new ZoneRecords(this);
    }

    /// The set of a type at a name; null if there is none. Signatures belong to what they sign and
    /// are not found here.
    public @Nullable RrSet set(DnsName name, int type) {
        Node node = node(name);
        RrsetImage image = node == null ? null : node.set(type);
        return image == null ? null : set(name, image);
    }

    /// All sets at a name but signatures; empty where there is no such name.
    public List<RrSet> sets(DnsName name) {
        Node node = node(name);
        if (node == null) return List.of();
        return Arrays.stream(node.sets()).map(image -> set(name, image)).toList();
    }

    private RrSet set(DnsName name, RrsetImage image) {
        return new RrSet(name, image.type, rrClass, image.ttl, image.data(apex));
    }

    @Nullable Node node(DnsName name) {
        if (!name.isBelow(apex)) return null;
        var query = new QueryName();
        query.set(name);
        return nodes.find(query, 0);
    }

    public boolean isSigned() {
        return !(denial instanceof NoDenial);
    }
}
