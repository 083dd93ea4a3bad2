// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the program is asked for, as it stands on its command line.
final class Arguments {
    static final String USAGE =
            """
            usage: dns-server [--zone NAME=FILE | --secondary NAME=PEER,... | --catalog NAME=PEER,...]...

              --zone NAME=FILE          a zone and its file, which is read again when it changes
              --secondary NAME=PEER,... a zone that is transferred from the first peer that answers
              --catalog NAME=PEER,...   a catalog zone (RFC 9432) and all zones that it lists
              --notify [NAME=]PEER,...  who is told of changes, of that zone or of all
              --journal DIR             where zones are kept: updates survive a crash, secondaries a
                                        restart without their primary
              --journal-size MIB        of each zone, twice what it may take (64)

              --key NAME:ALG:SECRET     a key of TSIG: hmac-sha256 and the like, the secret in base64
              --keys FILE               keys as BIND's configuration has them
              --allow-query [NAME=]RULE,...     who may ask (any)
              --allow-transfer [NAME=]RULE,...  who may have zones (none)
              --allow-update [NAME=]RULE,...    who may change zones (none)
              --allow-notify [NAME=]RULE,...    who, beside its primaries, may tell of changes (none)

              --port N                  of UDP and TCP (5353)
              --address A               where to listen, IPv4 or IPv6 (127.0.0.1)
              --rate N                  equal answers a second that a network gets over UDP (any number)
              --require-cookies         answer BADCOOKIE to cookies that are not the server's
              --nsid TEXT               what the server calls itself to who asks
              --log                     print the questions

            PEER is ADDRESS:PORT, or ADDRESS:PORT+key:NAME to sign what is sent there.
            RULE is ADDRESS, ADDRESS/LENGTH, key:NAME, ADDRESS/LENGTH+key:NAME, any or none; a ! in
            front forbids. The first that fits decides.
            """;

    /// An address, and the name of the key for it.
    record PeerName(Endpoint endpoint, @Nullable DnsName key) {}

    /// Something of one zone, else of all.
    static final class PerZone<T> {
        private final Map<DnsName, T> byZone = new LinkedHashMap<>();
        private T others;

        PerZone(T others) {
            this.others = others;
        }

        T of(DnsName zone) {
            return byZone.getOrDefault(zone, others);
        }
    }

    final Map<DnsName, Path> zones = new LinkedHashMap<>();
    final Map<DnsName, List<PeerName>> secondaries = new LinkedHashMap<>();
    final Map<DnsName, List<PeerName>> catalogs = new LinkedHashMap<>();
    final PerZone<List<PeerName>> notify = new PerZone<>(List.of());
    final PerZone<AccessList> query = new PerZone<>(AccessList.ANY);
    final PerZone<AccessList> transfer = new PerZone<>(AccessList.NONE);
    final PerZone<AccessList> update = new PerZone<>(AccessList.NONE);
    final PerZone<AccessList> notifies = new PerZone<>(AccessList.NONE);
    final List<TsigKey> keys = new ArrayList<>();
    final List<Path> keyFiles = new ArrayList<>();
    final List<Endpoint> endpoints = new ArrayList<>();
    @Nullable Path journals;
    int journalMib = 64;
    int answersPerSecond;
    boolean cookiesRequired;
    String nsid = "";
    boolean logged;

    private final List<IpAddress> addresses = new ArrayList<>();
    private int port = 5353;

    /// Takes the texts in.
    ///
    /// @throws IllegalArgumentException if they ask for nothing that there is
    static Arguments parse(String... texts) {
        var arguments = new Arguments();
        for (int i = 0; i < texts.length; i++) {
            String option = texts[i];
            if (arguments.flag(option)) continue;
            if (i + 1 == texts.length) throw new IllegalArgumentException(option + " what?");
            arguments.option(option, texts[++i]);
        }
        arguments.complete();
        return arguments;
    }

    private boolean flag(String option) {
        if (option.equals("--log")) logged = true;
        else if (option.equals("--require-cookies")) cookiesRequired = true;
        else return false;
        return true;
    }

    private void option(String option, String value) {
        switch (option) {
            case "--zone" -> zones.put(zone(value), Path.of(behind(value)));
            case "--secondary" -> secondaries.put(zone(value), peers(behind(value)));
            case "--catalog" -> catalogs.put(zone(value), peers(behind(value)));
            case "--notify" -> perZone(notify, value, peers(behind(value)));
            case "--allow-query" -> perZone(query, value, access(value));
            case "--allow-transfer" -> perZone(transfer, value, access(value));
            case "--allow-update" -> perZone(update, value, access(value));
            case "--allow-notify" -> perZone(notifies, value, access(value));
            case "--key" -> keys.add(TsigKey.parse(value).orThrow());
            case "--keys" -> keyFiles.add(Path.of(value));
            case "--journal" -> journals = Path.of(value);
            case "--journal-size" -> journalMib = number(value, 1, 1 << 20);
            case "--port" -> port = number(value, 1, 0xffff);
            case "--address" -> addresses.add(IpAddress.of(value));
            case "--rate" -> answersPerSecond = number(value, 0, Integer.MAX_VALUE);
            case "--nsid" -> nsid = value;
            default -> throw new IllegalArgumentException("no option " + option);
        }
    }

    private void complete() {
        if (zones.isEmpty() && secondaries.isEmpty() && catalogs.isEmpty()) {
            throw new IllegalArgumentException("no --zone, --secondary or --catalog");
        }
        if (addresses.isEmpty()) addresses.add(IpAddress.of("127.0.0.1"));
        for (IpAddress address : addresses) endpoints.add(new Endpoint(address, port));
    }

    private static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(text + " is not in " + least + ".." + most);
        }
        return number;
    }

    private static DnsName zone(String value) {
        int equals = value.indexOf('=');
        if (equals < 0) throw new IllegalArgumentException(value + " is not NAME=...");
        return DnsName.of(value.substring(0, equals));
    }

    /// What is behind `NAME=`, or all of it.
    private static String behind(String value) {
        return value.substring(value.indexOf('=') + 1);
    }

    private static <T> void perZone(PerZone<T> of, String value, T what) {
        if (value.indexOf('=') < 0) of.others = what;
        else of.byZone.put(zone(value), what);
    }

    private static AccessList access(String value) {
        return AccessList.parse(behind(value)).orThrow();
    }

    private static List<PeerName> peers(String text) {
        List<PeerName> peers = new ArrayList<>();
        for (String one : text.split(",")) {
            int plus = one.indexOf("+key:");
            String endpoint = plus < 0 ? one : one.substring(0, plus);
            DnsName key = plus < 0 ? null : DnsName.of(one.substring(plus + 5));
            peers.add(new PeerName(Endpoint.of(endpoint), key));
        }
        return peers;
    }
}
