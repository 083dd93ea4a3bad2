// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.zone.QueryName;

import java.util.LinkedHashMap;
import java.util.Map;

/// The zones that a server is meant to have, who may do what with them, and the keys it knows. It
/// never changes; the methods make the next one.
public final class ServerPolicy {
    /// No keys; whatever zones there are, anybody may ask.
    public static final ServerPolicy STANDARD = new ServerPolicy(TsigKeys.NONE, Map.of());

    private final TsigKeys keys;
    private final Map<DnsName, ZoneAccess> zones;
    private final boolean open;

    private ServerPolicy(TsigKeys keys, Map<DnsName, ZoneAccess> zones) {
        this.keys = keys;
        this.zones = zones;
        open = zones.values().stream().allMatch(zone -> zone.query().equals(AccessList.ANY));
    }

    public ServerPolicy with(TsigKeys keys) {
        return new ServerPolicy(keys, zones);
    }

    public ServerPolicy with(DnsName apex, ZoneAccess access) {
        Map<DnsName, ZoneAccess> next = new LinkedHashMap<>(zones);
        next.put(apex, access);
        return new ServerPolicy(keys, next);
    }

    public ServerPolicy without(DnsName apex) {
        Map<DnsName, ZoneAccess> next = new LinkedHashMap<>(zones);
        next.remove(apex);
        return new ServerPolicy(keys, next);
    }

    public TsigKeys keys() {
        return keys;
    }

    public ZoneAccess access(DnsName apex) {
        return zones.getOrDefault(apex, ZoneAccess.STANDARD);
    }

    /// Whether anybody may ask for anything.
    boolean isOpen() {
        return open;
    }

    /// Whether there should be a zone of that name.
    public boolean has(DnsName apex) {
        return zones.containsKey(apex);
    }

    /// Whether a name is in one of the zones that there should be, be it there or not.
    boolean covers(QueryName query) {
        if (zones.isEmpty()) return false;
        DnsName name = query.name();
        for (int i = 0; i <= name.labels(); i++) {
            if (zones.containsKey(name.ancestor(i))) return true;
        }
        return false;
    }
}
