// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Parsed;
import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Corpus.Case;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Packets, and records as text and as octets. What is about signatures is skipped.
class UnboundVectorsCorpusTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @TestFactory
    Stream<DynamicTest> vectors() {
        return Corpus.of("dns", "unbound-vectors").tests(UnboundVectorsCorpusTest::casesIn);
    }

    private static Stream<Case> casesIn(Path directory) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path file : Corpus.files(directory, "")) {
            String name = file.getFileName().toString();
            if (name.startsWith("test_packets.")) {
                packets(file, cases);
            } else if (name.matches("test_ldnsrr\\.[0-9]+")) {
                records(file, cases);
            } else if (name.startsWith("test_sig") || name.startsWith("test_ds.")) {
                skipEach(file, "ENTRY_BEGIN", "signatures and digests", cases);
            } else if (name.startsWith("test_nsec3")) {
                skipEach(file, "ENTRY_BEGIN", "NSEC3 hashes", cases);
            } else if (name.equals("zonemd.json")) {
                skipEach(file, "\"file\"", "ZONEMD digests", cases);
            }
        }
        return cases.stream();
    }

    private static void skipEach(Path file, String mark, String construct, List<Case> cases)
            throws IOException {
        int count = 0;
        for (String line : lines(file)) {
            if (line.contains(mark)) {
                cases.add(Case.skip(file.getFileName() + " " + ++count, construct));
            }
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }

    /// One packet a line, or packets of several lines between lines that begin with `;--`.
    private static void packets(Path file, List<Case> cases) throws IOException {
        List<String> lines = lines(file);
        if (lines.stream().noneMatch(line -> line.startsWith(";--"))) {
            for (String line : lines) {
                String hex = line.strip();
                if (!hex.startsWith(";") && hex.length() >= 10) {
                    packet(file, hex, cases);
                }
            }
            return;
        }
        var packet = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith(";--")) {
                packet(file, packet.toString(), cases);
                packet.setLength(0);
            } else {
                packet.append(line.replaceAll(";.*", "").replaceAll("\\s", ""));
            }
        }
        packet(file, packet.toString(), cases);
    }

    private static void packet(Path file, String hex, List<Case> cases) {
        if (hex.isEmpty()) return;
        String id = Corpus.id(file, hex);
        cases.add(Case.run(id, () -> checkPacket(HexFormat.of().parseHex(hex))));
    }

    /// A packet is a message, which then survives being written with and without compression; or
    /// there is a reason why it is none.
    static void checkPacket(byte[] octets) {
        switch (Message.parse(Cstruct.of(octets))) {
            case Parsed.Malformed<Message>(String reason, int position) -> {
                assertThat(reason).isNotEmpty();
                assertThat(position).isBetween(0, octets.length);
            }
            case Parsed.Value<Message>(Message message) -> {
                assertThat(Message.parse(message.toOctets()).orThrow()).isEqualTo(message);
                assertThat(Message.parse(PlainMessage.emit(message)).orThrow()).isEqualTo(message);
            }
        }
    }

    private static void records(Path file, List<Case> cases) throws IOException {
        String name = file.getFileName().toString();
        Path check = file.resolveSibling(name.replace("test_ldnsrr.", "test_ldnsrr.c"));
        List<String> texts = new ArrayList<>();
        for (String line : lines(file)) {
            if (!line.isBlank() && !line.strip().startsWith(";")) {
                texts.add(line);
            }
        }
        List<String> expected = lines(check);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String octets = expected.get(2 * i).strip();
            String canonical = expected.get(2 * i + 1);
            String id = Corpus.id(file, text);
            cases.add(Case.run(id, () -> checkRecord(text, octets, canonical)));
        }
    }

    /// Each line by itself: where it leaves its owner out, that is the root.
    private static ResourceRecord text(String text) {
        return ResourceRecord.parse(text, DnsName.ROOT, DnsName.ROOT, 3600).orThrow();
    }

    private static void checkRecord(String text, String octets, String canonical) {
        ResourceRecord record = text(text);
        assertThat(HEX.formatHex(octets(record))).as("octets of %s", text).isEqualTo(octets);
        assertThat(HEX.formatHex(octets(text(canonical))))
                .as("octets of %s", canonical)
                .isEqualTo(octets);
        ResourceRecord read = wire(octets);
        assertThat(read).isEqualTo(record);
        assertThat(HEX.formatHex(octets(text(read.toString()))))
                .as("octets of %s", read)
                .isEqualTo(octets);
        assertThat(record.data().value().rdata()).isEqualTo(record.data());
    }

    private static DnsName owner(String octets) {
        DnsName name = DnsName.read(Cstruct.of(HEX.parseHex(octets)), 0);
        assertThat(name).isNotNull();
        return name;
    }

    private static ResourceRecord wire(String octets) {
        ReadOnlyCstruct buf = Cstruct.of(HEX.parseHex(octets));
        DnsName name = owner(octets);
        int at = NameWire.skip(buf, 0);
        Rdata data = Rdata.read(buf, at + 10, buf.u16be(at + 8), buf.u16be(at));
        assertThat(data).as("data of %s", octets).isNotNull();
        return new ResourceRecord(name, buf.u16be(at + 2), buf.u32be(at + 4), data);
    }

    private static byte[] octets(ResourceRecord record) {
        return PlainMessage.octets(record).toByteArray();
    }
}
