// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Corpus.Case;
import io.mirage4j.testing.Json;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Signed zones: read whole, taken apart, printed and read again. Checks of signatures are skipped.
class SignedZonesCorpusTest {
    @TestFactory
    Stream<DynamicTest> zones() {
        return Corpus.of("dns", "signed-zones").tests(SignedZonesCorpusTest::casesIn);
    }

    private static Stream<Case> casesIn(Path directory) throws IOException {
        Json manifest = Json.read(directory.resolve("manifest.json"));
        List<Case> cases = new ArrayList<>();
        for (Json zone : manifest.get("zones").elements()) {
            String file = zone.get("file").text();
            cases.add(Case.run(file, () -> checkZone(directory, zone)));
        }
        for (Json check : manifest.get("checks").elements()) {
            String id = check.get("file").text() + " " + check.get("query").text();
            cases.add(Case.skip(id, "validation"));
        }
        return cases.stream();
    }

    private static void checkZone(Path directory, Json zone) throws IOException {
        Path file = directory.resolve(zone.get("file").text());
        List<ResourceRecord> records = records(Files.readAllBytes(file));
        assertThat(records).hasSize((int) zone.get("records").integer());
        assertThat(records.stream().filter(record -> record.type() == RrType.RRSIG))
                .hasSize((int) zone.get("rrsigs").integer());
        for (ResourceRecord record : records) {
            assertThat(record.data().value().rdata()).isEqualTo(record.data());
        }
        checkPrinted(records);
        checkKeyTags(file.getParent());
    }

    private static void checkPrinted(List<ResourceRecord> records) {
        var printer = new ZonePrinter();
        for (ResourceRecord record : records) {
            printer.record(record.name(), record.rrClass(), record.ttl(), record.data());
        }
        byte[] text = printer.emit().toByteArray();
        List<ResourceRecord> again = records(text);
        assertThat(again).containsExactlyInAnyOrderElementsOf(records);
        var second = new ZonePrinter();
        for (ResourceRecord record : again) {
            second.record(record.name(), record.rrClass(), record.ttl(), record.data());
        }
        assertThat(second.emit().toByteArray()).isEqualTo(text);
    }

    /// The name of a key's file ends in its tag.
    private static void checkKeyTags(Path folder) throws IOException {
        List<Path> keys = Corpus.files(folder, ".key");
        assertThat(keys).isNotEmpty();
        for (Path key : keys) {
            String name = key.getFileName().toString();
            ResourceRecord record = records(Files.readAllBytes(key)).getFirst();
            assertThat(((RecordData.Dnskey) record.data().value()).keyTag())
                    .isEqualTo(Integer.parseInt(name.replaceAll(".*\\+0*([0-9]+)\\.key", "$1")));
        }
    }

    private static List<ResourceRecord> records(byte[] text) {
        var printer = new ZonePrinter();
        var rules = ZoneRules.STANDARD.withDefaultTtl(3600);
        new ZoneReader(NoFiles.INSTANCE, rules)
                .readText("zone", Cstruct.of(text).readOnly(), DnsName.ROOT, printer);
        assertThat(printer.faults()).isEmpty();
        return printer.records();
    }
}
