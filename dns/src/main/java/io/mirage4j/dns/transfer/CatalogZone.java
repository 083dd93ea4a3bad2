// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrSet;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.Zone;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The zones that a catalog lists (RFC 9432), by their names. What is not understood is left alone,
/// and a catalog that is none has no say.
public final class CatalogZone {
    private static final String VERSION = "2";

    /// The members, each with the label that stands for it: one whose label changes is another zone
    /// from then on (5.4). Null if the zone is no catalog of version 2 (4.2.1).
    public static @Nullable Map<DnsName, DnsName> members(Zone zone) {
        if (!isVersion2(zone)) return null;
        DnsName zones = child(zone.apex(), "zones");
        Map<DnsName, DnsName> members = new LinkedHashMap<>();
        for (Iterator<ResourceRecord> each = zone.each(); each.hasNext(); ) {
            ResourceRecord record = each.next();
            DnsName label = record.name();
            boolean member =
                    record.type() == RrType.PTR
                            && label.labels() == zones.labels() + 1
                            && label.isBelow(zones);
            if (!member || !(record.data().value() instanceof RecordData.Ptr(DnsName name))) {
                continue;
            }
            // 4.1: one PTR record each, one label for each member, and no catalog of itself.
            RrSet set = zone.set(label, RrType.PTR);
            boolean broken = set == null || set.data().size() != 1 || name.equals(zone.apex());
            if (broken || members.put(name.canonical(), label) != null) return null;
        }
        return members;
    }

    private static boolean isVersion2(Zone zone) {
        RrSet set = zone.set(child(zone.apex(), "version"), RrType.TXT);
        return set != null
                && set.data().size() == 1
                && set.data().getFirst().value() instanceof RecordData.Txt txt
                && txt.strings().size() == 1
                && new String(txt.strings().getFirst().toByteArray(), StandardCharsets.ISO_8859_1)
                        .equals(VERSION);
    }

    private static DnsName child(DnsName name, String label) {
        return name.child(label.getBytes(StandardCharsets.US_ASCII));
    }

    private CatalogZone() {}
}
