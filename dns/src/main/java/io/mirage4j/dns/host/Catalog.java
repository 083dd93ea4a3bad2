// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.transfer.CatalogZone;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.zone.Zone;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The zones of one catalog, as it was when it last was one.
public final class Catalog {
    /// How the zones that catalogs list are kept.
    public interface Members {
        /// What to do with a zone that is new in the catalog.
        ///
        /// @param label what stands for it; a zone that goes and comes back has another one
        /// @throws IOException if there is no disk for it
        ZoneSettings settings(DnsName apex, DnsName label) throws IOException;
    }

    private final ZoneStore store;
    private final List<Peer> primaries;
    private final Members settings;
    private final Map<DnsName, DnsName> members = new HashMap<>();

    Catalog(ZoneStore store, List<Peer> primaries, Members settings) {
        this.store = store;
        this.primaries = primaries;
        this.settings = settings;
    }

    /// Follows what a new version lists.
    synchronized void changed(Zone catalog) {
        Map<DnsName, DnsName> listed = CatalogZone.members(catalog);
        if (listed == null) {
            store.tell("zone " + catalog.apex() + " is no catalog of version 2");
            return;
        }
        members.entrySet()
                .removeIf(
                        member -> {
                            DnsName apex = member.getKey();
                            if (member.getValue().equals(listed.get(apex))) return false;
                            store.remove(apex);
                            return true;
                        });
        listed.forEach(
                (apex, label) -> {
                    if (!members.containsKey(apex)) {
                        add(apex, label);
                    }
                });
    }

    private void add(DnsName apex, DnsName label) {
        // RFC 9432, 5.2: a zone that is here for another reason is left alone.
        if (store.has(apex)) {
            store.tell("zone " + apex + " of a catalog is here already");
            return;
        }
        try {
            store.secondary(apex, primaries, settings.settings(apex, label));
            members.put(apex, label);
        } catch (IOException e) {
            store.tell("zone " + apex + " of a catalog: " + e.getMessage());
        }
    }
}
