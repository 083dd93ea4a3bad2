// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Declaration;

import java.util.List;
import java.util.Optional;

/// What the program can be told.
final class Options {
    static final Argument<List<ZoneFile>> ZONES =
            Argument.of("zone", "NAME=FILE", ZoneFile::parse)
                    .help("a zone and its file, which is read again when it changes")
                    .several();
    static final Argument<List<ForZone<List<PeerName>>>> SECONDARIES =
            Argument.of("secondary", "NAME=PEER,PEER", ForZone.named(PeerName::parse))
                    .help("a zone that is transferred from the first peer that answers")
                    .several();
    static final Argument<List<ForZone<List<PeerName>>>> CATALOGS =
            Argument.of("catalog", "NAME=PEER,PEER", ForZone.named(PeerName::parse))
                    .help("a catalog zone (RFC 9432) and all zones that it lists")
                    .several();
    static final Argument<List<ForZone<List<PeerName>>>> NOTIFY =
            Argument.of("notify", "[NAME=]PEER,PEER", ForZone.reader(PeerName::parse))
                    .help("who is told of changes, of that zone or of all")
                    .several();
    static final Argument<Optional<String>> JOURNAL =
            Argument.text("journal")
                    .help(
                            "folder where zones are kept: updates survive a crash, secondaries a"
                                    + " restart without their primary")
                    .optional();
    static final Argument<Integer> JOURNAL_SIZE =
            Argument.number("journal-size", 1, 1 << 20)
                    .help("of each zone in MiB, twice what it may take")
                    .orElse(64);
    static final Argument<List<ZoneFile>> SAVE =
            Argument.of("save", "NAME=FILE", ZoneFile::parse)
                    .help("where a zone is written when updates or transfers have changed it")
                    .several();
    static final Argument<List<TsigKey>> KEYS =
            Argument.of("key", "NAME:ALG:SECRET", TsigKey::parse)
                    .help("a key of TSIG: hmac-sha256 and the like, the secret in base64")
                    .several();
    static final Argument<List<String>> KEY_FILES =
            Argument.text("keys").help("file of keys as BIND's configuration has them").several();
    static final Argument<List<ForZone<AccessList>>> QUERY = access("query", "ask (any)");
    static final Argument<List<ForZone<AccessList>>> TRANSFER =
            access("transfer", "have zones (none)");
    static final Argument<List<ForZone<AccessList>>> UPDATE =
            access("update", "change zones (none)");
    static final Argument<List<ForZone<AccessList>>> NOTIFIES =
            access("notify", "tell of changes, beside the primaries (none)");
    static final Argument<Integer> PORT =
            Argument.number("port", 1, 65_535).help("of UDP and TCP").orElse(5353);
    static final Argument<Integer> RATE =
            Argument.number("rate", 0, 1_000_000)
                    .help("equal answers a second that a network gets over UDP; 0 for any number")
                    .orElse(0);
    static final Argument<Boolean> REQUIRE_COOKIES =
            Argument.flag("require-cookies")
                    .help("answer BADCOOKIE to cookies that are not the server's");
    static final Argument<String> NSID =
            Argument.text("nsid").help("what the server calls itself to who asks").orElse("");
    static final Argument<Boolean> LOG =
            Argument.flag("log").help("print the questions, and how they were answered");
    static final Argument<Optional<TapPlace>> DNSTAP =
            Argument.of("dnstap", "FILE|unix:SOCKET|ADDRESS:PORT", TapPlace::parse)
                    .help("questions and answers in octets, to a file or to who listens there")
                    .optional();
    static final Argument<Optional<Endpoint>> METRICS =
            Argument.endpoint("metrics")
                    .help("where counters are read by HTTP, as Prometheus does")
                    .optional();

    static Declaration.Builder declare(Declaration.Builder program) {
        return program.argument(ZONES)
                .argument(SECONDARIES)
                .argument(CATALOGS)
                .argument(NOTIFY)
                .argument(JOURNAL)
                .argument(JOURNAL_SIZE)
                .argument(SAVE)
                .argument(KEYS)
                .argument(KEY_FILES)
                .argument(QUERY)
                .argument(TRANSFER)
                .argument(UPDATE)
                .argument(NOTIFIES)
                .argument(PORT)
                .argument(RATE)
                .argument(REQUIRE_COOKIES)
                .argument(NSID)
                .argument(LOG)
                .argument(DNSTAP)
                .argument(METRICS);
    }

    /// RULE is `ADDRESS`, `ADDRESS/LENGTH`, `key:NAME`, `ADDRESS/LENGTH+key:NAME`, `any` or `none`;
    /// a `!` in front forbids. The first that fits decides.
    private static Argument<List<ForZone<AccessList>>> access(String what, String help) {
        return Argument.of("allow-" + what, "[NAME=]RULE,RULE", ForZone.reader(AccessList::parse))
                .help("who may " + help)
                .several();
    }

    private Options() {}
}
