// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/// All records of a zone, one name's at a time, the SOA record before them.
final class ZoneRecords implements Iterator<ResourceRecord> {
    private final Zone zone;
    private final Queue<ResourceRecord> ready = new ArrayDeque<>();
    private int next;

    /// All records at a name.
    static Iterator<ResourceRecord> at(Zone zone, DnsName name) {
        var records = new ZoneRecords(zone, Integer.MAX_VALUE);
        Node node = zone.node(name);
        if (node != null) {
            for (RrsetImage set : node.sets()) {
                records.add(name, set);
                records.add(name, set.signatures);
            }
        }
        return records;
    }

    private ZoneRecords(Zone zone, int next) {
        this.zone = zone;
        this.next = next;
    }

    ZoneRecords(Zone zone) {
        this(zone, 0);
        RrsetImage soa = zone.top.set(RrType.SOA);
        add(zone.apex(), soa);
        fill();
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty();
    }

    @Override
    public ResourceRecord next() {
        ResourceRecord record = ready.poll();
        if (record == null) throw new NoSuchElementException();
        if (ready.isEmpty()) {
            fill();
        }
        return record;
    }

    private void fill() {
        int slots = zone.nodes.slots();
        while (ready.isEmpty() && next < slots + zone.apart.length) {
            Node node = next < slots ? zone.nodes.inSlot(next) : zone.apart[next - slots];
            next++;
            if (node == null) continue;
            DnsName name = name(node);
            for (RrsetImage set : node.sets()) {
                if (set.type != RrType.SOA || node != zone.top) {
                    add(name, set);
                }
                add(name, set.signatures);
            }
        }
    }

    static DnsName name(Node node) {
        DnsName name = DnsName.read(Cstruct.of(node.name), 0);
        if (name == null) throw new AssertionError("a node without a name");
        return name;
    }

    private void add(DnsName name, @Nullable RrsetImage set) {
        if (set == null) return;
        for (Rdata data : set.data(zone.apex())) {
            ready.add(new ResourceRecord(name, zone.rrClass(), set.ttl, data));
        }
    }
}
