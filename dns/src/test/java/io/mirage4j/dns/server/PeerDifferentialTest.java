// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.ZonePrinter;
import io.mirage4j.dns.ZoneReader;
import io.mirage4j.dns.ZoneRules;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.memory.MemoryKv;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// NSD, Knot and BIND answer generated queries from the same zone as we do. Where they do not, it
/// is one of the differences that [#explanation] lists, which are counted and printed.
@Timeout(540)
class PeerDifferentialTest {
    private static final DnsName ORIGIN = DnsName.of("example.test.");
    private static final IpAddress CLIENT = IpAddress.of("192.0.2.1");

    /// So many for each server, over all forms of the zone.
    private static final int QUERIES = Boolean.getBoolean("mirage.full") ? 1_000_000 : 100_000;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "NSD, UNSIGNED",
        "NSD, NSEC",
        "NSD, NSEC3",
        "NSD, OPT_OUT",
        "KNOT, UNSIGNED",
        "KNOT, NSEC",
        "KNOT, NSEC3",
        "KNOT, OPT_OUT",
        "BIND, UNSIGNED",
        "BIND, NSEC",
        "BIND, NSEC3",
        "BIND, OPT_OUT",
    })
    void generatedQueriesGetThePeersAnswers(PeerServer.Kind kind, PeerZones.Form form)
            throws Exception {
        Path file = PeerZones.make(folder, form);
        Kv files = files(file);
        var zone = (ZoneBuilder.Good) ZoneBuilder.read(files, "zone", ORIGIN);
        var responder = new Responder(ServerOptions.of(1, 2));
        responder.zones(Zones.of(zone.zone()));
        var records = new ZonePrinter();
        new ZoneReader(files, ZoneRules.STANDARD).read("zone", ORIGIN, records);

        Map<String, Integer> explained = new TreeMap<>();
        var queries = new QueryMaker(records.records(), 20_260_101 + form.ordinal());
        Cstruct buffer = Cstruct.create(Responder.MAX_OCTETS);
        int count = QUERIES / PeerZones.Form.values().length;
        try (var peer = PeerServer.start(kind, folder, file)) {
            for (int i = 0; i < count; i++) {
                byte[] query = queries.next();
                int length = responder.datagram(Cstruct.of(query).readOnly(), CLIENT, buffer, 0, 0);
                byte[] ours = buffer.toByteArray(0, length);
                byte[] theirs = peer.ask(query);
                if (Arrays.equals(ours, theirs)) continue;
                var comparison = new AnswerComparison(ours, theirs);
                String difference = comparison.difference();
                if (difference == null) continue;
                String why = explanation(kind, form, query, difference, comparison);
                assertThat(why)
                        .as("%s differs from %s:%n%s", difference, kind, comparison)
                        .isNotNull();
                explained.merge(why, 1, Integer::sum);
            }
        }
        int same = count - explained.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "%s %s: %d of %d the same, explained: %s%n", kind, form, same, count, explained);
        assertThat(same).isGreaterThan(count * 9 / 10);
    }

    /// Why an answer may be another one; null if there is no reason.
    private static String explanation(
            PeerServer.Kind kind,
            PeerZones.Form form,
            byte[] query,
            String difference,
            AnswerComparison answers) {
        Message asked = Message.parse(Cstruct.of(query)).orThrow();
        DnsName name = asked.questions().getFirst().name();
        int payload = asked.edns() == null ? 512 : Math.min(1232, asked.edns().udpPayload());
        boolean ourTc = answers.ours().is(HeaderWire.TC);
        if (difference.equals("TC") && answers.isNearLimit(payload)) {
            return ourTc
                    ? "glue that does not fit is left out without TC (before RFC 9471), or names"
                            + " are compressed more"
                    : "names are compressed less";
        }
        if (difference.equals("ADDITIONAL") && answers.isNearLimit(payload)) {
            return "which addresses still fit is everybody's own choice";
        }
        boolean starred = name.toString().startsWith("*.") || name.toString().contains(".*.");
        return switch (kind) {
            case NSD -> {
                if (answers.theirsHave(RrType.DNAME) && answers.ours().rcode() == Rcode.NXDOMAIN) {
                    yield "NSD proves less than RFC 4035, 3.1.3.2 asks for behind a DNAME";
                }
                if (answers.theirsHave(RrType.DNAME) && difference.equals("AUTHORITY")) {
                    // RFC 4035, 3.1.3.3: the NSEC must cover the next closer name.
                    yield "NSD denies another name than the next closer one behind a DNAME";
                }
                if (starred && difference.equals("AUTHORITY")) {
                    yield "NSD denies a name that is asked for as *";
                }
                if (form == PeerZones.Form.OPT_OUT && difference.equals("AUTHORITY")) {
                    yield "NSD denies empty non-terminals that are opted out as if they were not";
                }
                yield null;
            }
            case KNOT ->
                    starred && difference.equals("AUTHORITY")
                            ? "Knot proves nothing for a wildcard where a * is asked for"
                            : null;
            case BIND ->
                    difference.equals("NOERROR for SERVFAIL") && answers.sameRecords()
                            ? "BIND calls a loop of aliases a failure"
                            : null;
        };
    }

    private static Kv files(Path file) throws Exception {
        var files = new MemoryKv();
        byte[] octets = Files.readAllBytes(file);
        files.put("zone", Cstruct.of(octets).readOnly(), Instant.EPOCH);
        return files;
    }
}
