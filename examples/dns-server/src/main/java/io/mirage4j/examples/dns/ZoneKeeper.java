// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Kv;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Reads zone files, and reads them again when they change. A file with faults leaves the zone as
/// it was.
final class ZoneKeeper {
    /// Where a zone is written.
    record Place(Kv files, String path) {}

    private final Map<DnsName, Place> places;
    private final DnsServer server;
    private final Console console;
    private final Map<DnsName, Instant> times = new HashMap<>();

    ZoneKeeper(Map<DnsName, Place> places, DnsServer server, Console console) {
        this.places = places;
        this.server = server;
        this.console = console;
    }

    /// Looks at all files once; tells whether those that are new or changed were all good.
    boolean read() throws IOException {
        boolean good = true;
        for (Map.Entry<DnsName, Place> zone : places.entrySet()) {
            Place place = zone.getValue();
            Kv.Value file = place.files.find(place.path);
            if (file == null) {
                throw new IOException("no file " + place.path + " of zone " + zone.getKey());
            }
            Instant time = file.lastModified();
            if (!time.equals(times.put(zone.getKey(), time))) {
                good &= read(zone.getKey(), place);
            }
        }
        return good;
    }

    private boolean read(DnsName name, Place place) throws IOException {
        switch (ZoneBuilder.read(place.files, place.path, name)) {
            case ZoneBuilder.Good(var zone, var warnings) -> {
                for (ZoneFault warning : warnings) {
                    console.println("warning: " + warning);
                }
                server.zones(server.zones().with(zone));
                console.println(
                        "zone %s serial %s, %d records"
                                .formatted(
                                        name,
                                        Integer.toUnsignedString(zone.soa().serial()),
                                        zone.records()));
                return true;
            }
            case ZoneBuilder.Bad(var faults) -> {
                faults.forEach(fault -> console.println(fault.toString()));
                console.println("zone " + name + " was not taken from " + place.path);
                return false;
            }
        }
    }
}
