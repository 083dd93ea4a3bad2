// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.host.file.DirectoryKv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/// Reads zone files, and reads them again when they change. A file with faults leaves the zone as
/// it was.
final class ZoneKeeper {
    private final Map<DnsName, Path> files;
    private final DnsServer server;
    private final Map<DnsName, FileTime> times = new HashMap<>();

    ZoneKeeper(Map<DnsName, Path> files, DnsServer server) {
        this.files = files;
        this.server = server;
    }

    /// Looks at all files once; tells whether those that are new or changed were all good.
    boolean read() throws IOException {
        boolean good = true;
        for (Map.Entry<DnsName, Path> zone : files.entrySet()) {
            Path file = zone.getValue().toAbsolutePath();
            FileTime time = Files.getLastModifiedTime(file);
            if (time.equals(times.put(zone.getKey(), time))) continue;
            good &= read(zone.getKey(), file);
        }
        return good;
    }

    private boolean read(DnsName name, Path file) throws IOException {
        var folder = DirectoryKv.open(file.resolve("..").normalize());
        switch (ZoneBuilder.read(folder, file.getFileName().toString(), name)) {
            case ZoneBuilder.Good(var zone, var warnings) -> {
                for (ZoneFault warning : warnings) System.err.println("warning: " + warning);
                server.zones(server.zones().with(zone));
                System.out.printf(
                        "zone %s serial %s, %d records%n",
                        name, Integer.toUnsignedString(zone.soa().serial()), zone.records());
                return true;
            }
            case ZoneBuilder.Bad(var faults) -> {
                faults.forEach(System.err::println);
                System.err.println("zone " + name + " was not taken from " + file);
                return false;
            }
        }
    }
}
