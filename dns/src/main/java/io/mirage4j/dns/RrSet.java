// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/// All records of a name, class and type: a set, so each data is there once, and they have one TTL
/// (RFC 2181, 5).
///
/// @param ttl how many seconds it may be kept, unsigned
/// @param data at least one, in canonical order
public record RrSet(DnsName name, int type, int rrClass, int ttl, List<Rdata> data) {
    public RrSet {
        if (data.isEmpty()) throw new IllegalArgumentException("no data in a set of records");
        for (Rdata one : data) {
            if (one.type() != type) {
                throw new IllegalArgumentException(
                        "data of type " + RrType.name(one.type()) + " in " + RrType.name(type));
            }
        }
        data = isOrdered(data) ? List.copyOf(data) : List.copyOf(new TreeSet<>(data));
    }

    private static boolean isOrdered(List<Rdata> data) {
        Iterator<Rdata> each = data.iterator();
        Rdata before = each.next();
        while (each.hasNext()) {
            Rdata next = each.next();
            if (before.compareTo(next) >= 0) return false;
            before = next;
        }
        return true;
    }

    /// The set of one record.
    public static RrSet of(ResourceRecord record) {
        return new RrSet(
                record.name(),
                record.type(),
                record.rrClass(),
                record.ttl(),
                List.of(record.data()));
    }

    public List<ResourceRecord> records() {
        return data.stream().map(one -> new ResourceRecord(name, rrClass, ttl, one)).toList();
    }

    /// One record a line.
    @Override
    public String toString() {
        return String.join("\n", records().stream().map(ResourceRecord::toString).toList());
    }
}
