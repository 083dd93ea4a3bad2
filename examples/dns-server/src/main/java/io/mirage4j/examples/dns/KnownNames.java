// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.AccessRule;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.platform.unikernel.Arguments;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The zones and keys that the arguments make known. Whatever else they name is most likely
/// misspelt, and told before anything is served.
final class KnownNames {
    private final Set<DnsName> zones = new HashSet<>();
    private final TsigKeys keys;

    /// Whether a catalog may list any zone.
    private final boolean open;

    private KnownNames(Arguments arguments, TsigKeys keys) {
        this.keys = keys;
        arguments.get(Options.ZONES).forEach(file -> add(file.zone()));
        arguments.get(Options.SECONDARIES).forEach(zone -> add(zone.name()));
        arguments.get(Options.CATALOGS).forEach(zone -> add(zone.name()));
        open = !arguments.get(Options.CATALOGS).isEmpty();
    }

    /// @throws IllegalArgumentException if a zone is there twice, or one or a key is not there
    static void check(Arguments arguments, TsigKeys keys) {
        var known = new KnownNames(arguments, keys);
        arguments.get(Options.SAVE).forEach(file -> known.checkZone("save", file.zone()));
        known.checkZones("notify", arguments.get(Options.NOTIFY));
        known.checkRules("allow-query", arguments.get(Options.QUERY));
        known.checkRules("allow-transfer", arguments.get(Options.TRANSFER));
        known.checkRules("allow-update", arguments.get(Options.UPDATE));
        known.checkRules("allow-notify", arguments.get(Options.NOTIFIES));
    }

    private void add(DnsName zone) {
        if (!zones.add(zone)) {
            throw new IllegalArgumentException("zone " + zone + " is there twice");
        }
    }

    private void checkRules(String argument, List<ForZone<AccessList>> said) {
        checkZones(argument, said);
        for (ForZone<AccessList> one : said) {
            for (AccessRule rule : one.what().rules()) {
                if (rule.key() != null && keys.get(rule.key()) == null) {
                    throw new IllegalArgumentException(
                            "--%s: no --key %s".formatted(argument, rule.key()));
                }
            }
        }
    }

    private <T> void checkZones(String argument, List<ForZone<T>> said) {
        for (ForZone<T> one : said) if (one.zone() != null) checkZone(argument, one.zone());
    }

    private void checkZone(String argument, DnsName zone) {
        if (!open && !zones.contains(zone)) {
            throw new IllegalArgumentException("--%s: no zone %s".formatted(argument, zone));
        }
    }
}
