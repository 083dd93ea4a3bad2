// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.Verdict;
import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Json;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Captures, many of them malformed on purpose. Each frame is read through all protocols: what is
/// valid is written back to the same octets, what is not is refused for a cause, and nothing
/// throws. Then a whole stack gets it, as if it were meant for it.
class TcpdumpPcapCorpusTest {
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");

    @TestFactory
    Stream<DynamicTest> tcpdumpPcap() {
        return Corpus.of("tcpip", "tcpdump-pcap").tests(TcpdumpPcapCorpusTest::cases);
    }

    private static Stream<Corpus.Case> cases(Path directory) throws IOException {
        return Json.read(directory.resolve("manifest.json")).elements().stream()
                .map(
                        entry ->
                                Corpus.Case.run(
                                        entry.get("file").text(), () -> run(directory, entry)));
    }

    private static void run(Path directory, Json entry) throws IOException {
        Capture capture = Capture.read(directory.resolve(entry.get("file").text()));
        assertThat(capture.records()).hasSize((int) entry.get("packets").integer());
        var stack =
                Stack.create(
                        StackConfig.builder(MAC, 1500)
                                .address(IpPrefix.of("192.0.2.1/24"))
                                .address(IpPrefix.of("2001:db8::1/64"))
                                .dhcp(true)
                                .build(),
                        new SeededEntropy(1),
                        0);
        Cstruct slot = Cstruct.create(2000);
        boolean refused = false;
        long now = 0;
        for (Capture.Record record : capture.records()) {
            Verdict verdict = dissect(record);
            assertThat(verdict).isNotNull();
            refused |= verdict != Verdict.OK;
            now += 1_000_000;
            stack.receive(forUs(record), now);
            stack.advance(now);
            while (stack.transmit(slot, now) > 0) {
                // What it has to say does not matter here.
            }
        }
        assertThat(stack.counters().packets()).isLessThanOrEqualTo(256);
        if (!refused) {
            assertThat(expected(directory, entry)).noneMatch(BAD.asPredicate());
        }
    }

    /// What tcpdump prints of packets whose headers are damaged: who takes them all, is too good.
    /// It prints more of the same kind about protocols that are not ours, which does not count
    /// here.
    private static final Pattern BAD =
            Pattern.compile("\\[\\|(?:ip|ip6|arp|ether)\\]|bad-len|bad cksum [0-9a-f]+ \\(->");

    private static List<String> expected(Path directory, Json entry) throws IOException {
        var lines = Stream.<String>builder();
        for (Json decode : entry.get("decodes").elements()) {
            Path file = directory.resolve("expected").resolve(decode.get("expected").text());
            Files.readAllLines(file, StandardCharsets.ISO_8859_1).forEach(lines::add);
        }
        return lines.build().toList();
    }

    private static Verdict dissect(Capture.Record record) {
        Cstruct octets = record.octets();
        return switch (record.linkType()) {
            case 1 -> Dissector.frame(octets);
            case 0, 108 -> Dissector.ip(octets, 4);
            case 12, 14, 101, 228, 229 -> Dissector.ip(octets, 0);
            case 113 ->
                    octets.length() < 16
                            ? Verdict.FRAME_TRUNCATED
                            : Dissector.payload(octets.u16be(14), octets, 16);
            case 276 ->
                    octets.length() < 20
                            ? Verdict.FRAME_TRUNCATED
                            : Dissector.payload(octets.u16be(0), octets, 20);
            default -> throw new AssertionError("link type " + record.linkType());
        };
    }

    /// The packet in a frame that is addressed to the stack, its tag taken off.
    private static Cstruct forUs(Capture.Record record) {
        Cstruct octets = record.octets();
        int header =
                switch (record.linkType()) {
                    case 0, 108 -> 4;
                    case 113 -> 16;
                    case 276 -> 20;
                    case 1 ->
                            EthernetWire.check(octets) == Verdict.OK
                                    ? EthernetWire.payload(octets)
                                    : octets.length();
                    default -> 0;
                };
        int from = Math.min(header, octets.length());
        int type =
                record.linkType() == 1 && from < octets.length()
                        ? EthernetWire.type(octets)
                        : from < octets.length() && octets.u8(from) >>> 4 == 6
                                ? EthernetWire.IPV6
                                : EthernetWire.IPV4;
        Cstruct frame = Cstruct.create(EthernetWire.HEADER_LENGTH + octets.length() - from);
        EthernetWire.put(frame, 0, MAC.bits(), 0x0200_0000_0002L, type);
        frame.put(EthernetWire.HEADER_LENGTH, octets.shift(from));
        return frame;
    }
}
