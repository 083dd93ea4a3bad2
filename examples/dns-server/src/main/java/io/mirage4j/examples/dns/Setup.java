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
import io.mirage4j.platform.Console;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the arguments mean for each zone.
final class Setup {
    private final Arguments arguments;
    private final Console console;
    private final Journals journals;
    private final TsigKeys keys;

    /// Takes the arguments and the files they name.
    ///
    /// @throws IllegalArgumentException if a file of keys holds something else, or a key or zone is
    ///   unknown
    Setup(Board board, Arguments arguments, Content content) throws IOException {
        this.arguments = arguments;
        console = board.console();
        journals =
                new Journals(
                        board, arguments.get(Options.JOURNAL), arguments.get(Options.JOURNAL_SIZE));
        List<TsigKey> all = new ArrayList<>(arguments.get(Options.KEYS));
        for (String file : arguments.get(Options.KEY_FILES)) {
            all.addAll(TsigKeys.parse(content.place(file).text()).orThrow().all());
        }
        keys = TsigKeys.of(all);
        // What is not there is told now, and not when it is first needed.
        KnownNames.check(arguments, keys);
        arguments.get(Options.SECONDARIES).forEach(zone -> peers(zone.what()));
        arguments.get(Options.CATALOGS).forEach(zone -> peers(zone.what()));
        arguments.get(Options.NOTIFY).forEach(zone -> peers(zone.what()));
    }

    TsigKeys keys() {
        return keys;
    }

    List<Peer> peers(List<PeerName> names) {
        List<Peer> peers = new ArrayList<>();
        for (PeerName name : names) {
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
    ZoneSettings settings(DnsName zone, List<PeerName> primaries) throws IOException {
        AccessList notifies = ForZone.of(zone, arguments.get(Options.NOTIFIES), AccessList.NONE);
        for (PeerName primary : primaries) {
            IpAddress address = primary.endpoint().address();
            var prefix = new IpPrefix(address, 8 * address.lengthOctets());
            notifies = notifies.after(new AccessRule(true, prefix, null));
        }
        var access =
                new ZoneAccess(
                        ForZone.of(zone, arguments.get(Options.QUERY), AccessList.ANY),
                        ForZone.of(zone, arguments.get(Options.TRANSFER), AccessList.NONE),
                        ForZone.of(zone, arguments.get(Options.UPDATE), AccessList.NONE),
                        notifies);
        if (!access.update().equals(AccessList.NONE) && !journals.areKept()) {
            console.println(
                    "zone "
                            + zone
                            + ": updates are lost when this ends (no --journal, no --block:journal)");
        }
        List<PeerName> told = ForZone.of(zone, arguments.get(Options.NOTIFY), List.of());
        return new ZoneSettings(access, peers(told), journals.of(zone));
    }
}
