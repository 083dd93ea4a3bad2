// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.dns.host.ZoneStore;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.host.file.DirectoryKv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Reads zone files, and reads them again when they change. A file with faults leaves the zone as
/// it was, and so does one whose serial is not later than what updates have led to.
final class ZoneKeeper {
    private final Map<DnsName, Path> files;
    private final Setup setup;
    private final ZoneStore store;
    private final Map<DnsName, FileTime> times = new HashMap<>();
    private final Set<DnsName> served = new HashSet<>();

    ZoneKeeper(Map<DnsName, Path> files, Setup setup, ZoneStore store) {
        this.files = files;
        this.setup = setup;
        this.store = store;
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
                return take(zone, file);
            }
            case ZoneBuilder.Bad(var faults) -> {
                faults.forEach(System.err::println);
                System.err.println("zone " + name + " was not taken from " + file);
                return false;
            }
        }
    }

    private boolean take(Zone zone, Path file) throws IOException {
        String serial = Integer.toUnsignedString(zone.serial());
        if (served.add(zone.apex())) {
            store.primary(zone, setup.settings(zone.apex()));
        } else if (!store.reload(zone)) {
            System.err.println(
                    file + ": serial " + serial + " is not later than the zone's; left alone");
            return false;
        }
        System.out.printf("zone %s serial %s, %d records%n", zone.apex(), serial, zone.records());
        return true;
    }
}
