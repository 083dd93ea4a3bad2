// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.memory.MemoryKv;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

class ResponderTest {
    private static final IpAddress CLIENT = IpAddress.of("192.0.2.7");
    private static final long NOW = 1_800_000_000L * 1_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final DnsName WWW = DnsName.of("www.example.test.");

    private final Cstruct buffer = Cstruct.create(Responder.MAX_OCTETS);
    private Responder responder = responder(ServerOptions.of(1, 2));

    private static Responder responder(ServerOptions options) {
        try (InputStream in = ResponderTest.class.getResourceAsStream("/zones/peers.zone")) {
            var files = new MemoryKv();
            files.put("zone", Cstruct.of(in.readAllBytes()).readOnly(), Instant.EPOCH);
            var read = ZoneBuilder.read(files, "zone", DnsName.of("example.test."));
            var responder = new Responder(options);
            responder.zones(Zones.of(((ZoneBuilder.Good) read).zone()));
            return responder;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] octets(byte[] request) {
        int length = responder.datagram(Cstruct.of(request).readOnly(), CLIENT, buffer, NOW, 0);
        return buffer.toByteArray(0, length);
    }

    private @Nullable Message answer(byte[] request) {
        byte[] octets = octets(request);
        return octets.length == 0 ? null : Message.parse(Cstruct.of(octets)).orThrow();
    }

    private Message ask(String name, int type, @Nullable Edns edns) {
        return answer(Message.query(7, DnsName.of(name), type, edns).toOctets().toByteArray());
    }

    private static Edns edns(EdnsOption... options) {
        return new Edns(1232, 0, 0, 0, List.of(options));
    }

    @Test
    void anAnswerHasTheQuestionInItsOwnCase() {
        Message answer = ask("wWw.ExAmPlE.tEsT.", RrType.A, null);
        assertThat(answer.id()).isEqualTo(7);
        assertThat(answer.questions().getFirst().name()).hasToString("wWw.ExAmPlE.tEsT.");
        assertThat(answer.answers()).hasSize(2);
        assertThat(answer.is(HeaderWire.AA)).isTrue();
        assertThat(answer.is(HeaderWire.RA)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.test., A, NOERROR",
        "nothing.example.test., A, NXDOMAIN",
        "b.ent.c.example.test., A, NOERROR",
        "www.elsewhere.example., A, REFUSED",
        "www.example.test., AXFR, NOTAUTH",
        "www.example.test., IXFR, NOTAUTH",
        "www.example.test., MAILA, NOTIMP",
        "www.example.test., OPT, FORMERR",
        "www.example.test., TSIG, FORMERR",
        "dangling.example.test., A, NXDOMAIN",
        "outside.example.test., A, NOERROR",
    })
    void aQueryGetsTheRcodeOfTheStandards(String name, String type, String rcode) {
        Message answer = ask(name, RrType.parse(type).orThrow(), null);
        assertThat(Rcode.name(answer.rcode())).isEqualTo(rcode);
    }

    @Test
    void anyGetsOneSet() {
        Message answer = ask("www.example.test.", RrType.ANY, null);
        assertThat(answer.answers()).extracting(ResourceRecord::type).containsOnly(RrType.A);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "6", "15"})
    void anOpcodeThatIsNotKnownIsNotImplemented(int opcode) {
        byte[] query = Message.query(7, WWW, RrType.A, null).toOctets().toByteArray();
        query[2] |= (byte) (opcode << 3);
        Message answer = answer(query);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(answer.opcode()).isEqualTo(opcode).isNotEqualTo(Opcode.QUERY);
    }

    @Test
    void answersAndScrapsAreDropped() {
        byte[] query = Message.query(7, WWW, RrType.A, null).toOctets().toByteArray();
        assertThat(answer(Arrays.copyOf(query, 11))).isNull();
        query[2] |= (byte) 0x80;
        assertThat(answer(query)).isNull();
        assertThat(responder.counters().dropped()).isEqualTo(2);
    }

    @Test
    void aMessageThatIsCutOffIsAFormatError() {
        byte[] query = Message.query(7, WWW, RrType.A, null).toOctets().toByteArray();
        for (int length = 12; length < query.length; length++) {
            Message answer = answer(Arrays.copyOf(query, length));
            assertThat(answer.rcode()).isEqualTo(Rcode.FORMERR);
        }
    }

    @Test
    void twoQuestionsAreAFormatError() {
        byte[] query = Message.query(7, WWW, RrType.A, null).toOctets().toByteArray();
        int question = query.length - 12;
        byte[] two = Arrays.copyOf(query, query.length + question);
        System.arraycopy(query, 12, two, query.length, question);
        two[5] = 2;
        assertThat(answer(two).rcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aLaterVersionOfEdnsIsRefusedWithOurs() {
        Message answer = ask("www.example.test.", RrType.A, new Edns(1232, 0, 1, 0, List.of()));
        assertThat(answer.rcode()).isEqualTo(Rcode.BADVERS);
        assertThat(answer.edns().version()).isZero();
        assertThat(answer.answers()).isEmpty();
    }

    @Test
    void whoAsksWhichServerItIsIsTold() {
        responder = responder(ServerOptions.of(1, 2).withNsid(Blob.of((byte) 'm')));
        Message answer = ask("www.example.test.", RrType.A, edns(new EdnsOption.Nsid(Blob.EMPTY)));
        assertThat(answer.edns().option(EdnsOption.Nsid.class).id()).isEqualTo(Blob.of((byte) 'm'));
        assertThat(ask("www.example.test.", RrType.A, edns()).edns().options()).isEmpty();
    }

    @Test
    void aCookieIsTheOneOfRfc9018() {
        // Appendix A.1: the secret, the client's cookie and address, the time, and what is made.
        byte[] secret = HexFormat.of().parseHex("e5e973e5a6b2a43f48e7dc849e37bfcf");
        Cstruct words = Cstruct.of(secret);
        responder = responder(ServerOptions.of(words.u64le(0), words.u64le(8)));
        var client = Blob.of(HexFormat.of().parseHex("2464c4abcf10c957"));
        byte[] query =
                Message.query(7, WWW, RrType.A, edns(new EdnsOption.Cookie(client, Blob.EMPTY)))
                        .toOctets()
                        .toByteArray();
        int length =
                responder.datagram(
                        Cstruct.of(query).readOnly(),
                        IpAddress.of("198.51.100.100"),
                        buffer,
                        1_559_731_985L * SECOND,
                        0);
        Message answer = Message.parse(buffer.sub(0, length)).orThrow();
        assertThat(answer.edns().option(EdnsOption.Cookie.class).server())
                .hasToString("010000005cf79f111f8130c3eee29480");
    }

    @Test
    void whoMustHaveACookieIsGivenOne() {
        responder = responder(ServerOptions.of(1, 2).withCookiesRequired(true));
        var client = Blob.of(new byte[8]);
        Message refused =
                ask("www.example.test.", RrType.A, edns(new EdnsOption.Cookie(client, Blob.EMPTY)));
        assertThat(refused.rcode()).isEqualTo(Rcode.BADCOOKIE);
        assertThat(refused.answers()).isEmpty();
        var cookie = refused.edns().option(EdnsOption.Cookie.class);
        assertThat(ask("www.example.test.", RrType.A, edns(cookie)).answers()).isNotEmpty();
        // Who knows nothing of cookies, or comes by a stream, is answered.
        assertThat(ask("www.example.test.", RrType.A, edns()).answers()).isNotEmpty();
    }

    @Test
    void aCookieOfABadLengthIsAFormatError() {
        var short7 = new EdnsOption.Unknown(EdnsOption.COOKIE, Blob.of(new byte[7]));
        assertThat(ask("www.example.test.", RrType.A, edns(short7)).rcode())
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void whatDoesNotFitIsTruncated() {
        Message answer = ask("big.example.test.", RrType.TXT, null);
        assertThat(answer.is(HeaderWire.TC)).isTrue();
        assertThat(answer.answers()).isEmpty();
        assertThat(ask("big.example.test.", RrType.TXT, edns()).answers()).hasSize(5);
    }

    @Test
    void noAnswerIsLongerThanAsked() {
        for (int payload = 512; payload < 1400; payload += 7) {
            Edns edns = new Edns(payload, 0, 0, 0, List.of());
            byte[] query =
                    Message.query(7, DnsName.of("big.example.test."), RrType.TXT, edns)
                            .toOctets()
                            .toByteArray();
            assertThat(octets(query).length).isLessThanOrEqualTo(Math.min(payload, 1232));
        }
    }

    @Test
    void refusalsSayWhy() {
        Message answer = ask("elsewhere.example.", RrType.A, edns());
        assertThat(answer.edns().option(EdnsOption.ExtendedError.class).info())
                .isEqualTo(EdnsOption.ExtendedError.NOT_AUTHORITATIVE);
    }

    @Test
    void tooManyAnswersAreLeftOutOrSlip() {
        responder = responder(ServerOptions.of(1, 2).withRateLimit(5, 2));
        byte[] query = Message.query(7, WWW, RrType.A, null).toOctets().toByteArray();
        int answered = 0;
        int slipped = 0;
        for (int i = 0; i < 15; i++) {
            Message answer = answer(query);
            if (answer == null) continue;
            if (answer.is(HeaderWire.TC)) slipped++;
            else answered++;
        }
        assertThat(answered).isEqualTo(5);
        assertThat(slipped).isEqualTo(5);
        assertThat(responder.counters().limited()).isEqualTo(5);
        // Another second, and another network.
        assertThat(responder.datagram(Cstruct.of(query).readOnly(), CLIENT, buffer, NOW, SECOND))
                .isPositive();
        assertThat(
                        responder.datagram(
                                Cstruct.of(query).readOnly(),
                                IpAddress.of("198.51.100.1"),
                                buffer,
                                NOW,
                                0))
                .isPositive();
    }

    @Test
    void aStreamTellsHowLongItIsKeptAndIsPadded() {
        Edns edns = edns(new EdnsOption.TcpKeepalive(null), new EdnsOption.Padding(0));
        byte[] query = Message.query(7, WWW, RrType.A, edns).toOctets().toByteArray();
        int length = responder.stream(Cstruct.of(query).readOnly(), CLIENT, buffer, NOW);
        assertThat(length).isEqualTo(468);
        Message answer = Message.parse(buffer.sub(0, length)).orThrow();
        assertThat(answer.edns().option(EdnsOption.TcpKeepalive.class).timeoutTenths())
                .isEqualTo(100);
    }

    @Test
    void questionsAreNotedAndNoMoreThanThereIsRoomFor() {
        var log = new QueryLog(2);
        responder.log(log);
        for (String name : List.of("q", "r", "s")) ask(name + ".example.test.", RrType.A, null);
        assertThat(log.lost()).isEqualTo(1);
        assertThat(log.take())
                .containsExactly(
                        "2027-01-15T08:00:00Z 192.0.2.7 udp r.example.test. A NXDOMAIN 83",
                        "2027-01-15T08:00:00Z 192.0.2.7 udp s.example.test. A NXDOMAIN 83");
        assertThat(log.take()).isEmpty();
    }

    @Test
    void aliasesInALoopEnd() {
        Message answer = ask("loop1.example.test.", RrType.A, null);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).hasSize(2);
    }

    @Test
    void aNameThatBecomesTooLongIsYxdomain() {
        String label = "a".repeat(60);
        Message answer = ask(label + ".dnlong.example.test.", RrType.A, null);
        assertThat(answer.rcode()).isEqualTo(Rcode.YXDOMAIN);
        assertThat(answer.answers()).singleElement().matches(r -> r.type() == RrType.DNAME);
    }

    @Test
    void aDelegationComesWithItsGlue() {
        Message answer = ask("host.sub.example.test.", RrType.A, null);
        assertThat(answer.is(HeaderWire.AA)).isFalse();
        assertThat(answer.authorities())
                .extracting(r -> ((RecordData.Ns) r.data().value()).server().toString())
                .containsExactly("ns.sub.example.test.", "ns2.sub.example.test.");
        assertThat(answer.additionals()).hasSize(3);
    }

    @Property
    void whateverComesInNothingIsThrownAndAnswersAreMessages(
            @ForAll @Size(max = 100) byte[] octets) {
        Message answer = answer(octets);
        if (answer != null) {
            assertThat(answer.isResponse()).isTrue();
        }
    }

    @Property
    void aQueryWithFlippedOctetsIsAnsweredOrDropped(
            @ForAll @Size(min = 1, max = 4) int[] places, @ForAll byte with) {
        Edns edns = edns(new EdnsOption.Cookie(Blob.of(new byte[8]), Blob.EMPTY));
        byte[] query =
                Message.query(7, DnsName.of("x.wild.example.test."), RrType.MX, edns)
                        .toOctets()
                        .toByteArray();
        for (int place : places) query[Math.floorMod(place, query.length)] ^= with;
        Message answer = answer(query);
        if (answer != null) {
            assertThat(answer.id()).isEqualTo(HeaderWire.id(Cstruct.of(query)));
        }
    }
}
