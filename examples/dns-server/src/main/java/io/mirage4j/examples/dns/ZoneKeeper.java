// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.dns.host.ZoneStore;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.Console;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Reads zone files, and reads them again when they change. A file with faults leaves the zone as
/// it was, and so does one whose serial is not later than what updates have led to.
final class ZoneKeeper {
    private final Map<DnsName, Content.Place> places = new LinkedHashMap<>();
    private final Setup setup;
    private final ZoneStore store;
    private final Console console;
    private final Map<DnsName, Instant> times = new ConcurrentHashMap<>();
    private final List<ZoneFile> zones;

    /// Of the zones as their files have them.
    private final Map<DnsName, Integer> serials = new HashMap<>();

    private final Set<DnsName> served = new HashSet<>();

    ZoneKeeper(List<ZoneFile> zones, Content content, Setup setup, ZoneStore store, Console console)
            throws IOException {
        this.zones = zones;
        for (ZoneFile zone : zones) {
            places.put(zone.zone(), content.place(zone.file()));
        }
        this.setup = setup;
        this.store = store;
        this.console = console;
    }

    /// Looks at all files once; tells whether those that are new or changed were all good.
    boolean read() throws IOException {
        boolean good = true;
        for (Map.Entry<DnsName, Content.Place> zone : places.entrySet()) {
            Instant time = zone.getValue().file().lastModified();
            if (time.equals(times.put(zone.getKey(), time))) continue;
            good &= read(zone.getKey(), zone.getValue());
        }
        return good;
    }

    private boolean read(DnsName name, Content.Place place) throws IOException {
        switch (ZoneBuilder.read(place.files(), place.path(), name)) {
            case ZoneBuilder.Good(var zone, var warnings) -> {
                for (ZoneFault warning : warnings) console.println("warning: " + warning);
                return take(zone, place);
            }
            case ZoneBuilder.Bad(var faults) -> {
                faults.forEach(fault -> console.println(fault.toString()));
                console.println("zone " + name + " was not taken from " + place.path());
                return false;
            }
        }
    }

    /// The serial that a zone has in that file, if it was read from there.
    Optional<Integer> serialIn(ZoneFile file) {
        return zones.contains(file)
                ? Optional.ofNullable(serials.get(file.zone()))
                : Optional.empty();
    }

    /// Hears that a file was written with what is served: it need not be read for that.
    void wrote(ZoneFile file) throws IOException {
        Content.Place place = places.get(file.zone());
        if (place != null && zones.contains(file)) {
            times.put(file.zone(), place.file().lastModified());
        }
    }

    private boolean take(Zone zone, Content.Place place) throws IOException {
        Zone taken = zone;
        serials.put(zone.apex(), zone.serial());
        if (served.add(zone.apex())) {
            // What updates have led to is a later one.
            taken = store.primary(zone, setup.settings(zone.apex()));
        } else if (!store.reload(zone)) {
            console.println(
                    "%s: serial %s is not later than the zone's; left alone"
                            .formatted(place.path(), serial(zone)));
            return false;
        }
        console.println(
                "zone %s serial %s, %d records"
                        .formatted(taken.apex(), serial(taken), taken.records()));
        return true;
    }

    private static String serial(Zone zone) {
        return Integer.toUnsignedString(zone.serial());
    }
}
