// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.host.ZoneSettings;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.AccessRule;
import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the arguments mean for each zone.
final class Setup {
    private final Arguments arguments;
    private final Disks disks;
    private final TsigKeys keys;

    /// Takes the arguments and the files they name.
    ///
    /// @throws IllegalArgumentException if a file of keys holds something else, or a key is unknown
    Setup(Arguments arguments) throws IOException {
        this.arguments = arguments;
        disks = new Disks(arguments.journals, arguments.journalMib);
        List<TsigKey> all = new ArrayList<>(arguments.keys);
        for (Path file : arguments.keyFiles) {
            all.addAll(TsigKeys.parse(Files.readString(file)).orThrow().all());
        }
        keys = TsigKeys.of(all);
        arguments.secondaries.values().forEach(this::peers);
        arguments.catalogs.values().forEach(this::peers);
    }

    TsigKeys keys() {
        return keys;
    }

    List<Peer> peers(List<Arguments.PeerName> names) {
        List<Peer> peers = new ArrayList<>();
        for (Arguments.PeerName name : names) {
            TsigKey key = name.key() == null ? null : keys.get(name.key());
            if (name.key() != null && key == null) {
                throw new IllegalArgumentException("no --key " + name.key());
            }
            peers.add(new Peer(name.endpoint(), key));
        }
        return peers;
    }

    /// Of a zone of our own.
    ZoneSettings settings(DnsName zone) throws IOException {
        return settings(zone, List.of());
    }

    /// Of one that has primaries, which may tell of changes.
    ZoneSettings settings(DnsName zone, List<Arguments.PeerName> primaries) throws IOException {
        AccessList notifies = arguments.notifies.of(zone);
        for (Arguments.PeerName primary : primaries) {
            IpAddress address = primary.endpoint().address();
            var prefix = new IpPrefix(address, 8 * address.lengthOctets());
            notifies = notifies.after(new AccessRule(true, prefix, null));
        }
        var access =
                new ZoneAccess(
                        arguments.query.of(zone),
                        arguments.transfer.of(zone),
                        arguments.update.of(zone),
                        notifies);
        if (!access.update().equals(AccessList.NONE) && arguments.journals == null) {
            System.err.println("zone " + zone + ": updates are lost when this ends (no --journal)");
        }
        return new ZoneSettings(access, peers(arguments.notify.of(zone)), disks.of(zone));
    }
}
