// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.Parsed;
import io.mirage4j.platform.memory.MemoryKv;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Anything may come from the net and from a file: it is something or a fault, soon.
class HostileInputTest {
    @Property(tries = 5_000)
    void anyOctetsAreAMessageOrAFault(@ForAll @Size(max = 300) byte[] octets) {
        UnboundVectorsCorpusTest.checkPacket(octets);
    }

    @Property(tries = 5_000)
    void aMessageThatWasTamperedWithIsOneOrAFault(@ForAll("tampered") byte[] octets) {
        UnboundVectorsCorpusTest.checkPacket(octets);
    }

    @Provide
    Arbitrary<byte[]> tampered() {
        List<Rdata> data = RdataTest.samples().stream().map(RdataTest.Sample::data).toList();
        return Arbitraries.randomValue(random -> tampered(random, data));
    }

    private static byte[] tampered(Random random, List<Rdata> data) {
        DnsName name = DnsName.of("www.example.org.");
        var record = new ResourceRecord(name, RrClass.IN, 1, data.get(random.nextInt(data.size())));
        var edns = new Edns(1232, 0, 0, 0, List.of(new EdnsOption.Padding(3)));
        var message =
                new Message(
                        1,
                        0,
                        List.of(new Question(name, RrType.A, RrClass.IN)),
                        List.of(record, record),
                        List.of(),
                        List.of(),
                        edns);
        byte[] octets = message.toOctets().toByteArray();
        for (int i = random.nextInt(5); i >= 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        return octets;
    }

    @Property(tries = 3_000)
    void anyTextIsAZoneOrHasFaults(@ForAll @Size(max = 400) byte[] text) {
        read(text);
    }

    @Property(tries = 5_000)
    void aZoneThatWasTamperedWithIsReadOrHasFaults(@ForAll Random random) {
        String zone =
                "$ORIGIN example.org.\n$TTL 1h\n@ SOA ns admin ( 1 2h 3 ; c\n 4 5 )\n\tNS ns\n"
                        + "ns 300 IN A 192.0.2.1\n$GENERATE 1-3/2 h${0,3,x} TXT \"a b $\"\n"
                        + "s SVCB 1 . alpn=\"h2,h3\" port=1\nt TYPE9 \\# 2 ( 0a\n0b )\n";
        byte[] text = zone.getBytes(StandardCharsets.US_ASCII);
        String marks = "()\";\\$\n\t @#\0\377=,.{}";
        for (int i = random.nextInt(6); i >= 0; i--) {
            text[random.nextInt(text.length)] = (byte) marks.charAt(random.nextInt(marks.length()));
        }
        read(text);
    }

    static void read(byte[] text) {
        var printer = new ZonePrinter();
        boolean whole =
                new ZoneReader(NoFiles.INSTANCE, ZoneRules.STANDARD)
                        .readText("zone", Cstruct.of(text), DnsName.of("example.org."), printer);
        List<ZoneFault> faults = printer.faults();
        assertThat(faults.stream().filter(ZoneFault::fatal)).hasSize(whole ? 0 : 1);
        for (ZoneFault fault : faults) {
            assertThat(fault.line()).isPositive();
            assertThat(fault.column()).isPositive();
            assertThat(fault.cause()).isNotEmpty();
        }
        // What was read is what its print means.
        var again = new ZonePrinter();
        new ZoneReader(NoFiles.INSTANCE, ZoneRules.STANDARD)
                .readText("printed", printer.emit(), DnsName.ROOT, again);
        assertThat(again.faults()).isEmpty();
        assertThat(again.records()).isEqualTo(printer.records());
    }

    /// 32,000 records, each with a name of as many pointers as are followed.
    @Test
    @Timeout(5)
    void chainsOfPointersTakeNoTime() {
        byte[] octets = new byte[65_535];
        Cstruct message = Cstruct.of(octets);
        int at = 12 + 5;
        for (int i = 0; i < 8000; i++, at += 2) message.putU16be(at, 0xc000 | at - 2);
        HeaderWire.putCount(message, Section.QUESTION, 1);
        HeaderWire.putCount(message, Section.ANSWER, 0xffff);
        assertThat(Message.parse(message)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    @Timeout(5)
    void aFileThatIncludesItselfEnds() {
        var files = new MemoryKv();
        files.put("zone", "$INCLUDE zone\n".repeat(3) + "@ 1 A 192.0.2.1\n");
        var printer = new ZonePrinter();
        assertThat(read(files, printer)).isFalse();
        assertThat(printer.faults().getFirst().cause()).contains("deeper than 16");
    }

    private static boolean read(Kv files, ZonePrinter printer) {
        try {
            return new ZoneReader(files, ZoneRules.STANDARD).read("zone", DnsName.ROOT, printer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
