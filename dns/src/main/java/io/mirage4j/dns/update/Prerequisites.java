// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrSet;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.Zone;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a zone must be like before an update is made (RFC 2136, 3.2).
final class Prerequisites {
    private record Key(DnsName name, int type) {}

    private final Zone zone;

    /// The sets that must be there with all their data, and no more.
    private final Map<Key, Set<Rdata>> exact = new LinkedHashMap<>();

    Prerequisites(Zone zone) {
        this.zone = zone;
    }

    int check(Iterable<ResourceRecord> records) {
        for (ResourceRecord record : records) {
            int rcode = check(record);
            if (rcode != Rcode.NOERROR) return rcode;
        }
        for (Map.Entry<Key, Set<Rdata>> wanted : exact.entrySet()) {
            RrSet set = zone.set(wanted.getKey().name, wanted.getKey().type);
            if (set == null || !Set.copyOf(set.data()).equals(wanted.getValue())) {
                return Rcode.NXRRSET;
            }
        }
        return Rcode.NOERROR;
    }

    private int check(ResourceRecord record) {
        if (record.ttl() != 0) return Rcode.FORMERR;
        if (!record.name().isBelow(zone.apex())) return Rcode.NOTZONE;
        boolean empty = record.data().lengthOctets() == 0;
        boolean any = record.type() == RrType.ANY;
        boolean there =
                any
                        ? !zone.sets(record.name()).isEmpty()
                        : zone.set(record.name(), record.type()) != null;
        return switch (record.rrClass()) {
            case RrClass.ANY -> {
                if (!empty) yield Rcode.FORMERR;
                yield there ? Rcode.NOERROR : any ? Rcode.NXDOMAIN : Rcode.NXRRSET;
            }
            case RrClass.NONE -> {
                if (!empty) yield Rcode.FORMERR;
                yield !there ? Rcode.NOERROR : any ? Rcode.YXDOMAIN : Rcode.YXRRSET;
            }
            case RrClass.IN -> {
                if (any) yield Rcode.FORMERR;
                exact.computeIfAbsent(
                                new Key(record.name(), record.type()), k -> new LinkedHashSet<>())
                        .add(record.data());
                yield Rcode.NOERROR;
            }
            default -> Rcode.FORMERR;
        };
    }
}
