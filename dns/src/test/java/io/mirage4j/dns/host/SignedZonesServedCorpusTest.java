// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.ZonePrinter;
import io.mirage4j.dns.ZoneReader;
import io.mirage4j.dns.ZoneRules;
import io.mirage4j.dns.server.PeerServer;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Corpus.Case;
import io.mirage4j.testing.Json;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Signed zones, served: BIND's `delv` validates every answer, and that there is none.
class SignedZonesServedCorpusTest {
    private static final boolean FULL = Boolean.getBoolean("mirage.full");

    @TempDir Path folder;

    @BeforeAll
    static void delvIsThere() {
        Peers.require("delv");
    }

    @TestFactory
    Stream<DynamicTest> zones() {
        return Corpus.of("dns", "signed-zones").tests(this::casesIn);
    }

    private Stream<Case> casesIn(Path directory) throws IOException {
        Json manifest = Json.read(directory.resolve("manifest.json"));
        List<Case> cases = new ArrayList<>();
        for (Json zone : manifest.get("zones").elements()) {
            cases.add(Case.run(zone.get("file").text(), () -> serve(directory, zone)));
        }
        for (Json check : manifest.get("checks").elements()) {
            String id = check.get("file").text() + " " + check.get("query").text();
            cases.add(Case.skip(id, "validation"));
        }
        return cases.stream();
    }

    private void serve(Path directory, Json manifest) throws Exception {
        Path file = directory.resolve(manifest.get("file").text());
        List<ResourceRecord> records = records(file);
        DnsName apex = apex(records);
        var result = ZoneBuilder.read(files(file), "zone", apex);
        assertThat(result).isInstanceOf(ZoneBuilder.Good.class);
        var zone = ((ZoneBuilder.Good) result).zone();
        assertThat(zone.isSigned()).isTrue();
        Path anchors = anchors(apex, directory.resolve(manifest.get("ds").text()));
        var queries = new SignedQueries(apex, records);
        try (var server = new DnsServer(ServerOptions.of(1, 2), new HostClock())) {
            server.zones(Zones.of(zone));
            var port = SocketDatagrams.open(Endpoint.of("127.0.0.1:" + PeerServer.freePort()));
            server.serve(port);
            server.serve(SocketListener.open(port.local()));
            for (String query : FULL ? queries.all() : queries.some()) {
                assertThat(delv(port.local().port(), apex, anchors, query))
                        .as("%s of %s", query, file)
                        .contains("fully validated")
                        .doesNotContain("unsigned answer");
            }
            // RFC 5155, 9.2: what an opt-out span covers may be there after all, unsigned, so a
            // proof by it validates as insecure; a bad one fails here too.
            boolean optOut = records.stream().anyMatch(SignedZonesServedCorpusTest::isOptOut);
            for (String query : queries.covered(FULL ? Integer.MAX_VALUE : 1)) {
                assertThat(delv(port.local().port(), apex, anchors, query))
                        .as("%s of %s", query, file)
                        .containsPattern(
                                optOut ? "fully validated|unsigned answer" : "fully validated")
                        .doesNotContain(optOut ? "broken trust chain" : "unsigned answer");
            }
        }
    }

    private static DnsName apex(List<ResourceRecord> records) {
        return records.stream()
                .filter(record -> record.type() == RrType.SOA)
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static boolean isOptOut(ResourceRecord record) {
        return record.data().value() instanceof RecordData.Nsec3 nsec3 && (nsec3.flags() & 1) != 0;
    }

    private Path anchors(DnsName apex, Path ds) throws IOException {
        var text = new StringBuilder("trust-anchors {\n");
        for (ResourceRecord record : records(ds)) {
            if (record.data().value() instanceof RecordData.Ds value) {
                text.append(
                        "  %s static-ds %d %d %d \"%s\";\n"
                                .formatted(
                                        apex,
                                        value.keyTag(),
                                        value.algorithm(),
                                        value.digestType(),
                                        value.digest()));
            }
        }
        Path file = Files.createTempFile(folder, "anchors", "");
        return Files.writeString(file, text.append("};\n"), StandardCharsets.US_ASCII);
    }

    private String delv(int port, DnsName apex, Path anchors, String query) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Peers.require("delv").toString(),
                                "-a",
                                anchors.toString(),
                                "+root=" + apex,
                                "@127.0.0.1",
                                "-p",
                                Integer.toString(port)));
        command.addAll(List.of(query.split(" ")));
        Path output = Files.createTempFile(folder, "delv", "");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        process.waitFor();
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private static List<ResourceRecord> records(Path file) throws IOException {
        var printer = new ZonePrinter();
        new ZoneReader(files(file), ZoneRules.STANDARD.withDefaultTtl(3600))
                .read("zone", DnsName.ROOT, printer);
        assertThat(printer.faults()).isEmpty();
        return printer.records();
    }

    private static Kv files(Path file) throws IOException {
        var files = new MemoryKv();
        files.put("zone", Cstruct.of(Files.readAllBytes(file)).readOnly(), Instant.EPOCH);
        return files;
    }
}
