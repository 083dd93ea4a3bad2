// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.memory.MemoryKv;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// The zone of a site that is its own name server: the name, `www` and `ns` below it are at the
/// same addresses.
final class SiteZone {
    private static final String FILE = "zone";

    /// @throws IllegalArgumentException if `name` is no name of a zone
    static Zone of(String name, List<IpAddress> addresses) throws IOException {
        var files = new MemoryKv();
        files.put(FILE, text(addresses));
        return switch (ZoneBuilder.read(files, FILE, origin(name))) {
            case ZoneBuilder.Good(var zone, var _) -> zone;
            case ZoneBuilder.Bad(var faults) ->
                    throw new IllegalArgumentException("no zone '" + name + "': " + joined(faults));
        };
    }

    private static DnsName origin(String name) {
        try {
            return DnsName.of(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no zone '" + name + "': " + e.getMessage(), e);
        }
    }

    private static String joined(List<ZoneFault> faults) {
        return faults.stream().map(ZoneFault::toString).collect(Collectors.joining("; "));
    }

    private static String text(List<IpAddress> addresses) {
        StringBuilder text = new StringBuilder();
        text.append("$TTL 3600\n");
        text.append("@ SOA ns hostmaster 1 7200 900 1209600 300\n");
        text.append("@ NS ns\n");
        for (String owner : List.of("@", "www", "ns")) {
            for (IpAddress address : addresses) {
                String type = address instanceof Ipv4Address ? "A" : "AAAA";
                text.append(owner).append(' ').append(type).append(' ').append(address);
                text.append('\n');
            }
        }
        return text.toString();
    }

    private SiteZone() {}
}
