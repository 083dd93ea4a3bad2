// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Queries near the names of a zone, the same ones for the same seed.
final class QueryMaker {
    private static final int[] TYPES = {
        RrType.A,
        RrType.A,
        RrType.AAAA,
        RrType.NS,
        RrType.SOA,
        RrType.MX,
        RrType.TXT,
        RrType.CNAME,
        RrType.DNAME,
        RrType.DS,
        RrType.DNSKEY,
        RrType.SRV,
        RrType.PTR,
        RrType.HTTPS,
        RrType.NSEC3PARAM,
        RrType.TLSA,
        65280,
        4711
    };
    private static final String[] LABELS = {
        "a", "www", "host", "*", "z", "ent", "wild", "ns", "0", "-", "sub", "w", "b.c", "nul\0x"
    };
    private static final int[] SIZES = {512, 1232, 1232, 4096};

    private final List<DnsName> names;
    private final Random random;

    QueryMaker(List<ResourceRecord> zone, long seed) {
        names =
                zone.stream()
                        // The owners of NSEC3 are no names of the zone.
                        .filter(record -> record.type() != RrType.NSEC3)
                        .filter(record -> record.type() != RrType.RRSIG)
                        .map(ResourceRecord::name)
                        .distinct()
                        .toList();
        random = new Random(seed);
    }

    byte[] next() {
        int id = random.nextInt(1 << 16);
        int type = TYPES[random.nextInt(TYPES.length)];
        Edns edns =
                random.nextInt(4) == 0
                        ? null
                        : Edns.of(SIZES[random.nextInt(SIZES.length)], random.nextInt(3) > 0);
        return Message.query(id, name(), type, edns).toOctets().toByteArray();
    }

    private DnsName name() {
        DnsName name = names.get(random.nextInt(names.size()));
        for (int step = random.nextInt(4); step > 0; step--) {
            boolean up = random.nextInt(3) == 0 && name.labels() > 2;
            if (up) {
                name = name.parent();
            } else {
                String label = LABELS[random.nextInt(LABELS.length)];
                byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
                if (name.lengthOctets() + octets.length + 1 <= DnsName.MAX_OCTETS) {
                    name = name.child(octets);
                }
            }
        }
        return name;
    }
}
