// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Parsed;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class MessageTest {
    private static final Blob EIGHT = Blob.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

    private static final List<EdnsOption> OPTIONS =
            List.of(
                    new EdnsOption.Nsid(Blob.of((byte) 'a')),
                    new EdnsOption.Understood(EdnsOption.DAU, Blob.of((byte) 8, (byte) 13)),
                    new EdnsOption.ClientSubnet(IpPrefix.of("192.0.2.128/25"), 0),
                    new EdnsOption.ClientSubnet(IpPrefix.of("2001:db8::/33"), 48),
                    new EdnsOption.ClientSubnet(IpPrefix.of("0.0.0.0/0"), 0),
                    new EdnsOption.Expire(3600),
                    new EdnsOption.Expire(null),
                    new EdnsOption.Cookie(EIGHT, Blob.EMPTY),
                    new EdnsOption.Cookie(EIGHT, EIGHT),
                    new EdnsOption.TcpKeepalive(100),
                    new EdnsOption.TcpKeepalive(null),
                    new EdnsOption.Padding(17),
                    new EdnsOption.Chain(DnsName.of("org.")),
                    new EdnsOption.KeyTag(List.of(19036, 20326)),
                    new EdnsOption.ExtendedError(EdnsOption.ExtendedError.BLOCKED, "why \u00e4"),
                    new EdnsOption.ReportChannel(DnsName.of("agent.example.")),
                    new EdnsOption.ZoneVersion(
                            new EdnsOption.ZoneVersion.Version(
                                    2, 0, Blob.of(new byte[] {1, 2, 3, 4}))),
                    new EdnsOption.ZoneVersion(null),
                    new EdnsOption.Unknown(65001, Blob.of((byte) 9)));

    @Provide
    Arbitrary<Message> messages() {
        List<Rdata> data = RdataTest.samples().stream().map(RdataTest.Sample::data).toList();
        return Arbitraries.randomValue(random -> message(random, data));
    }

    private static Message message(Random random, List<Rdata> data) {
        return new Message(
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                List.of(new Question(name(random), random.nextInt(300), RrClass.IN)),
                records(random, data),
                records(random, data),
                records(random, data),
                random.nextBoolean() ? edns(random) : null);
    }

    private static List<ResourceRecord> records(Random random, List<Rdata> data) {
        List<ResourceRecord> records = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            Rdata one = data.get(random.nextInt(data.size()));
            if (one.type() == RrType.TSIG) continue;
            records.add(new ResourceRecord(name(random), RrClass.IN, random.nextInt(), one));
        }
        return records;
    }

    private static DnsName name(Random random) {
        String[] labels = {"a", "B", "example", "ORG", "www", "\\000"};
        DnsName name = DnsName.ROOT;
        for (int i = random.nextInt(5); i > 0; i--) {
            name = name.child(DnsName.of(labels[random.nextInt(labels.length)]).firstLabel());
        }
        return name;
    }

    private static Edns edns(Random random) {
        List<EdnsOption> options = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            options.add(OPTIONS.get(random.nextInt(OPTIONS.size())));
        }
        return new Edns(random.nextInt(0x10000), random.nextInt(256), 0, Edns.DO, options);
    }

    @Property
    void aMessageIsReadAsItWasWritten(@ForAll("messages") Message message) {
        Cstruct compressed = message.toOctets();
        Cstruct plain = PlainMessage.emit(message);
        assertThat(Message.parse(compressed).orThrow()).isEqualTo(message);
        assertThat(Message.parse(plain).orThrow()).isEqualTo(message);
        assertThat(compressed.length()).isLessThanOrEqualTo(plain.length());
    }

    /// A writer that had no room goes on as if it had not tried.
    @Property
    void whatDoesNotFitLeavesNoTrace(@ForAll("messages") Message message, @ForAll Random random) {
        var writer = new MessageWriter();
        Cstruct buf = Cstruct.create(4096);
        int limit = 12 + random.nextInt(600);
        writer.start(buf, limit);
        writer.header(message.id(), message.flags());
        List<ResourceRecord> written = new ArrayList<>();
        for (ResourceRecord record : message.answers()) {
            int before = writer.length();
            if (writer.record(Section.ANSWER, record)) written.add(record);
            else assertThat(writer.length()).isEqualTo(before);
        }
        int length = writer.finish();
        assertThat(length).isLessThanOrEqualTo(limit);
        assertThat(Message.parse(buf.sub(0, length)).orThrow().answers()).isEqualTo(written);
    }

    @Test
    void everyOptionIsReadAsItWasWritten() {
        for (EdnsOption option : OPTIONS) {
            assertThat(EdnsOption.read(option.code(), option.data())).isEqualTo(option);
        }
    }

    @Test
    void optionsThatAreNoneMakeTheMessageMalformed() {
        assertThat(EdnsOption.read(EdnsOption.COOKIE, new byte[9])).isNull();
        assertThat(EdnsOption.read(EdnsOption.CLIENT_SUBNET, new byte[] {0, 1, 24, 0, 1, 2}))
                .as("too short for 24 bits")
                .isNull();
        assertThat(EdnsOption.read(EdnsOption.CLIENT_SUBNET, new byte[] {0, 1, 4, 0, (byte) 0xf8}))
                .as("bits behind the prefix")
                .isNull();
        assertThat(EdnsOption.read(EdnsOption.TCP_KEEPALIVE, new byte[1])).isNull();
        var bad = new EdnsOption.Unknown(EdnsOption.EXTENDED_ERROR, Blob.of((byte) 1));
        var edns = new Edns(1232, 0, 0, 0, List.of(bad));
        Message query = Message.query(1, DnsName.ROOT, RrType.A, edns);
        assertThat(Message.parse(query.toOctets())).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void namesAreCompressedAgainstAllThatCameBefore() {
        DnsName zone = DnsName.of("example.org.");
        var mx = Rdata.of(RrType.MX, "10 mail.EXAMPLE.org.");
        var message =
                new Message(
                        1,
                        HeaderWire.QR,
                        List.of(new Question(zone, RrType.MX, RrClass.IN)),
                        List.of(new ResourceRecord(zone, RrClass.IN, 60, mx)),
                        List.of(),
                        List.of(
                                new ResourceRecord(
                                        DnsName.of("mail.example.org."),
                                        RrClass.IN,
                                        60,
                                        Rdata.of(RrType.A, "192.0.2.1"))),
                        null);
        int question = 12 + 13 + 4;
        int answer = 2 + 10 + 2 + 5 + 2;
        int additional = 2 + 10 + 4;
        assertThat(message.toOctets().length()).isEqualTo(question + answer + additional);
    }

    /// Whatever of it fits, and is taken back.
    @Property
    void recordsMayShareTheirNames(@ForAll Random random) {
        List<DnsName> names =
                Stream.of(".", "org.", "example.org.", "EXAMPLE.org.", "a.b.example.org.")
                        .map(DnsName::of)
                        .toList();
        String[] data = {"a.example.org.", "b.example.org.", ".", "x".repeat(50) + "."};
        var writer = new MessageWriter();
        Cstruct buf = Cstruct.create(600);
        writer.start(buf, random.nextInt(40, 600));
        List<ResourceRecord> written = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        for (int step = 0; step < 40; step++) {
            if (random.nextInt(8) == 0) {
                writer.keepCase();
            }
            if (random.nextInt(8) == 0 && !written.isEmpty()) {
                int count = random.nextInt(written.size());
                writer.cut(lengths.get(count), Section.ANSWER, count);
                written.subList(count, written.size()).clear();
                lengths.subList(count, lengths.size()).clear();
            }
            DnsName name = names.get(random.nextInt(names.size()));
            Rdata target = Rdata.of(RrType.NS, data[random.nextInt(data.length)]);
            var record = new ResourceRecord(name, RrClass.IN, 60, target);
            int length = writer.length();
            if (writer.record(Section.ANSWER, record)) {
                written.add(record);
                lengths.add(length);
            }
        }
        Message message = Message.parse(buf.sub(0, writer.finish())).orThrow();
        assertThat(message.answers()).isEqualTo(written);
    }

    @Test
    void namesInTypesAfterRfc1035AreNotCompressed() {
        DnsName name = DnsName.of("example.org.");
        var srv =
                new ResourceRecord(
                        name, RrClass.IN, 60, Rdata.of(RrType.SRV, "0 0 1 example.org."));
        var message = new Message(1, 0, List.of(), List.of(srv), List.of(), List.of(), null);
        assertThat(message.toOctets().length()).isEqualTo(12 + 13 + 10 + 6 + 13);
    }

    @Test
    void aMessageThatGrowsTooMuchIsMalformed() {
        var out = new Octets();
        out.u16(1);
        out.u16(0x8000);
        out.u16(0);
        int records = 5000;
        out.u16(records);
        out.u32(0);
        DnsName longest = DnsName.of(("x".repeat(62) + ".").repeat(3) + "x".repeat(61) + ".");
        for (int i = 0; i < records; i++) {
            if (i == 0) out.name(longest);
            else out.u16(0xc00c);
            out.u16(RrType.NULL);
            out.u16(RrClass.IN);
            out.u32(0);
            out.u16(0);
        }
        assertThat(Message.parse(Cstruct.of(out.toByteArray())))
                .isInstanceOfSatisfying(
                        Parsed.Malformed.class,
                        bad -> assertThat(bad.message()).contains("expands to more than"));
    }

    @Test
    void anUpdateHasRecordsWithoutData() {
        var delete =
                new ResourceRecord(DnsName.of("a.example."), RrClass.ANY, 0, Rdata.empty(RrType.A));
        var update =
                new Message(
                        7,
                        HeaderWire.opcodeBits(Opcode.UPDATE),
                        List.of(new Question(DnsName.of("example."), RrType.SOA, RrClass.IN)),
                        List.of(),
                        List.of(delete),
                        List.of(),
                        null);
        assertThat(Message.parse(update.toOctets()).orThrow()).isEqualTo(update);
    }
}
