// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.ZoneBuilder.Entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a zone must be as a whole before it is served.
final class ZoneChecks {
    private final ZoneBuilder zone;
    private final DnsName apex;
    private final Map<DnsName, List<Entry>> owners;

    ZoneChecks(ZoneBuilder zone) {
        this.zone = zone;
        this.apex = zone.apex();
        this.owners = zone.owners();
    }

    void run() {
        apex();
        owners.forEach(this::owner);
        List<Entry> servers = of(apex, RrType.NS);
        for (Entry server : servers) nameServer(apex, server);
    }

    private void apex() {
        List<Entry> soas = of(apex, RrType.SOA);
        if (soas.isEmpty()) {
            zone.fault("no SOA record at " + apex);
        }
        for (int i = 1; i < soas.size(); i++) {
            if (!soas.get(i).data().equals(soas.getFirst().data())) {
                zone.fault(soas.get(i), "a second SOA record at " + apex);
            }
        }
        if (of(apex, RrType.NS).isEmpty()) {
            zone.fault("no NS record at " + apex);
        }
    }

    private void owner(DnsName name, List<Entry> entries) {
        Entry alias = null;
        Entry dname = null;
        Entry other = null;
        for (Entry entry : entries) {
            switch (entry.type()) {
                case RrType.CNAME -> {
                    if (alias != null && !alias.data().equals(entry.data())) {
                        zone.doubt(entry, "a second CNAME record at " + name);
                    }
                    alias = entry;
                }
                case RrType.DNAME -> {
                    if (dname != null && !dname.data().equals(entry.data())) {
                        zone.doubt(entry, "a second DNAME record at " + name);
                    }
                    dname = entry;
                    other = entry;
                }
                case RrType.SOA -> {
                    if (!name.equals(apex)) {
                        zone.fault(entry, "an SOA record at " + name + ", below " + apex);
                    }
                    other = entry;
                }
                case RrType.DS -> {
                    // RFC 4035, 2.4: it is the parent's.
                    if (name.equals(apex)) {
                        zone.doubt(entry, "a DS record at " + name);
                    }
                    other = entry;
                }
                case RrType.NS -> {
                    if (!name.equals(apex)) {
                        nameServer(name, entry);
                    }
                    other = entry;
                }
                // RFC 4035, 2.5: what may stand beside an alias.
                case RrType.RRSIG, RrType.NSEC, RrType.KEY, RrType.NSEC3 -> {}
                default -> other = entry;
            }
        }
        if (alias != null && other != null) {
            String what = ZoneBuilder.typeName(other.type());
            zone.doubt(alias, "CNAME beside " + what + " at " + name);
        }
    }

    /// A host that serves a zone has an address, which for one at or below the zone's name stands
    /// nowhere else than here. It is no alias, nor below one (RFC 2181, 10.3).
    private void nameServer(DnsName name, Entry server) {
        if (!(server.data().value() instanceof RecordData.Ns(DnsName host))) return;
        // What is below a DNAME nobody sees.
        if (!host.isBelow(apex) || isBelowDname(name)) return;
        if (isBelowDname(host)) {
            zone.doubt(server, "the name server " + host + " is below a DNAME");
            return;
        }
        List<Entry> there = owners.get(host);
        if (there != null) {
            for (Entry entry : there) {
                if (entry.type() == RrType.A || entry.type() == RrType.AAAA) return;
            }
            for (Entry entry : there) {
                if (entry.type() == RrType.CNAME) {
                    zone.doubt(server, "the name server " + host + " is an alias");
                    return;
                }
            }
        }
        boolean below = host.isBelow(name) && !name.equals(apex);
        if (below) zone.doubt(server, "no glue for " + host);
        else if (!isElsewhere(host)) zone.doubt(server, "no address of " + host);
    }

    /// Whether an alias of a tree answers for the name. Of several, and of delegations, the nearest
    /// to the apex does, and a delegation before an alias.
    private boolean isBelowDname(DnsName name) {
        if (!zone.hasDname()) return false;
        boolean found = false;
        for (DnsName at = name; ; at = at.parent()) {
            boolean isTop = at.equals(apex);
            if (!isTop && !of(at, RrType.NS).isEmpty()) found = false;
            else if (!at.equals(name) && !of(at, RrType.DNAME).isEmpty()) found = true;
            if (isTop) return found;
        }
    }

    /// Whether a delegation or a wildcard answers for the name.
    private boolean isElsewhere(DnsName host) {
        byte[] star = {'*'};
        for (DnsName at = host; !at.equals(apex); at = at.parent()) {
            if (!of(at, RrType.NS).isEmpty()) return true;
            if (at.parent().lengthOctets() + 2 > DnsName.MAX_OCTETS) continue;
            if (owners.containsKey(at.parent().child(star))) return true;
        }
        return false;
    }

    private List<Entry> of(DnsName name, int type) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : owners.getOrDefault(name, List.of())) {
            if (entry.type() == type) {
                found.add(entry);
            }
        }
        return found;
    }
}
