// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.transfer.TransferReader;
import io.mirage4j.dns.transfer.TransferReader.Progress;
import io.mirage4j.dns.tsig.TsigAlgorithm;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.tsig.TsigSigner;
import io.mirage4j.dns.tsig.TsigVerifier;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.IpAddress;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// Transfers out of a responder and into a reader.
class TransferTest {
    private static final long SECONDS = 1_800_000_000L;
    private static final long NOW = SECONDS * 1_000_000_000L;
    private static final IpAddress CLIENT = IpAddress.of("192.0.2.7");
    private static final DnsName APEX = RandomZones.APEX;
    private static final TsigKey KEY =
            TsigKey.of(DnsName.of("k."), TsigAlgorithm.HMAC_SHA256, Blob.of(new byte[] {1, 2}));

    private final Responder responder = new Responder(ServerOptions.of(1, 2));
    private final Cstruct buffer = Cstruct.create(Responder.MAX_OCTETS);

    private void serve(Zone zone) {
        serve(zone, "any");
    }

    private void serve(Zone zone, String transfer) {
        responder.zones(Zones.of(zone));
        var access = ZoneAccess.STANDARD.withTransfer(AccessList.parse(transfer).orThrow());
        responder.policy(ServerPolicy.STANDARD.with(TsigKeys.of(KEY)).with(zone.apex(), access));
    }

    private static Cstruct request(int type, @Nullable Zone have) {
        List<ResourceRecord> from = have == null ? List.of() : List.of(have.each().next());
        var question = List.of(new Question(APEX, type, RrClass.IN));
        return new Message(9, 0, question, List.of(), from, List.of(), null).toOctets();
    }

    private List<Cstruct> answers(Cstruct request) {
        List<Cstruct> answers = new ArrayList<>();
        int length = responder.stream(request.readOnly(), CLIENT, buffer, NOW);
        while (length > 0) {
            answers.add(Cstruct.of(buffer.toByteArray(0, length)));
            length = responder.next(buffer, NOW);
        }
        assertThat(responder.isCutShort()).isFalse();
        return answers;
    }

    private static TransferReader read(List<Cstruct> messages, @Nullable Zone have) {
        var reader = new TransferReader(APEX, 9, have, null);
        for (Cstruct message : messages) reader.feed(message.readOnly(), SECONDS);
        return reader;
    }

    private static TreeSet<String> records(Zone zone) {
        var records = new TreeSet<String>();
        zone.each().forEachRemaining(record -> records.add(record.toString()));
        return records;
    }

    /// A zone that is one version later, with a history that leads to it.
    private static Zone after(Zone old, Zone next) {
        var builder = ZoneBuilder.of(next);
        ResourceRecord soa = next.each().next();
        builder.remove(soa);
        String text = soa.toString().replace(" 7 2 3 4 5", " " + (old.serial() + 1) + " 2 3 4 5");
        builder.add(ResourceRecord.parse(text, APEX, APEX, 60).orThrow());
        Zone zone = ((ZoneBuilder.Good) builder.build()).zone();
        return zone.with(old.history().with(ZoneChange.between(old, zone)));
    }

    @Property(tries = 300)
    void aWholeZoneArrivesAsItIs(@ForAll Random random) {
        Zone zone = RandomZones.of(random);
        serve(zone);
        TransferReader reader = read(answers(request(RrType.AXFR, null)), null);
        assertThat(reader.progress()).as(reader.fault()).isEqualTo(Progress.DONE);
        assertThat(records(reader.zone())).isEqualTo(records(zone));
    }

    @Property(tries = 300)
    void changesLeadFromAnyVersionToTheLast(@ForAll Random random) {
        List<Zone> versions = new ArrayList<>(List.of(RandomZones.of(random)));
        for (int i = 0; i < 3; i++) {
            versions.add(after(versions.getLast(), RandomZones.of(random)));
        }
        Zone last = versions.getLast();
        serve(last);
        for (Zone have : versions.subList(0, 3)) {
            TransferReader reader = read(answers(request(RrType.IXFR, have)), have);
            assertThat(reader.progress()).as(reader.fault()).isEqualTo(Progress.DONE);
            assertThat(records(reader.zone())).isEqualTo(records(last));
            assertThat(reader.zone().history().since(have.serial())).isNotEmpty();
        }
        assertThat(read(answers(request(RrType.IXFR, last)), last).progress())
                .isEqualTo(Progress.UP_TO_DATE);
    }

    private static Zone large(int names) {
        var text = new StringBuilder();
        for (int i = 0; i < names; i++) {
            text.append("host").append(i).append(" TXT ").append("x".repeat(200)).append('\n');
        }
        return RandomZones.zone(text.toString());
    }

    @Test
    void aLargeZoneTakesManyMessagesEachSigned() {
        Zone zone = large(2000);
        serve(zone, "key:k");
        Cstruct plain = request(RrType.AXFR, null);
        Cstruct signed = Cstruct.create(1000);
        plain.copyTo(0, signed, 0, plain.length());
        var signer = TsigSigner.request(KEY);
        int length = signer.sign(signed, plain.length(), SECONDS);
        List<Cstruct> messages = answers(signed.sub(0, length));
        assertThat(messages).hasSizeGreaterThan(20);
        var reader = new TransferReader(APEX, 9, null, TsigVerifier.answer(KEY, signer.mac()));
        for (Cstruct message : messages) reader.feed(message.readOnly(), SECONDS);
        assertThat(reader.progress()).as(reader.fault()).isEqualTo(Progress.DONE);
        assertThat(reader.zone().records()).isEqualTo(2002);

        // Without the signature, or with one message left out, there is no zone.
        assertThat(Message.parse(answers(plain).getFirst()).orThrow().rcode())
                .isEqualTo(Rcode.REFUSED);
        reader = new TransferReader(APEX, 9, null, TsigVerifier.answer(KEY, signer.mac()));
        reader.feed(messages.get(0).readOnly(), SECONDS);
        assertThat(reader.feed(messages.get(2).readOnly(), SECONDS)).isEqualTo(Progress.FAILED);
    }

    @Test
    void changesThatDoNotFitADatagramAreFetchedByStream() {
        Zone old = RandomZones.zone("");
        Zone small = after(old, RandomZones.zone("a A 192.0.2.1\n"));
        serve(small);
        assertThat(read(List.of(datagram(old)), old).progress()).isEqualTo(Progress.DONE);
        Zone large = after(old, large(100));
        serve(large);
        Message answer = Message.parse(datagram(old)).orThrow();
        assertThat(answer.answers()).hasSize(1);
        assertThat(answer.answers().getFirst().type()).isEqualTo(RrType.SOA);
    }

    private Cstruct datagram(Zone have) {
        int length =
                responder.datagram(request(RrType.IXFR, have).readOnly(), CLIENT, buffer, NOW, 0);
        return Cstruct.of(buffer.toByteArray(0, length));
    }

    @Test
    void whoMayNotGetsNothing() {
        serve(RandomZones.zone(""), "!192.0.2.0/24,any");
        Message answer = Message.parse(answers(request(RrType.AXFR, null)).getFirst()).orThrow();
        assertThat(answer.rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(answer.answers()).isEmpty();
    }

    @Test
    void aZoneThatIsNotHereIsNotTransferred() {
        serve(RandomZones.zone(""));
        Message query = Message.query(9, DnsName.of("x.example.test."), RrType.AXFR, null);
        assertThat(Message.parse(answers(query.toOctets()).getFirst()).orThrow().rcode())
                .isEqualTo(Rcode.NOTAUTH);
        int length =
                responder.datagram(request(RrType.AXFR, null).readOnly(), CLIENT, buffer, NOW, 0);
        assertThat(Message.parse(buffer.sub(0, length)).orThrow().rcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aZoneThatShouldBeHereIsAServerFailure() {
        responder.policy(ServerPolicy.STANDARD.with(APEX, ZoneAccess.STANDARD));
        Message query =
                Message.query(9, DnsName.of("x.example.test."), RrType.A, Edns.of(1232, false));
        assertThat(Message.parse(answers(query.toOctets()).getFirst()).orThrow().rcode())
                .isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void aZoneOfAnotherClassIsNotThisServers() {
        responder.policy(ServerPolicy.STANDARD.with(APEX, ZoneAccess.STANDARD));
        Cstruct query = Message.query(9, APEX, RrType.SOA, null).toOctets();
        query.putU16be(query.length() - 2, RrClass.CH);
        assertThat(Message.parse(answers(query).getFirst()).orThrow().rcode())
                .isEqualTo(Rcode.REFUSED);
        query.putU8(2, Opcode.UPDATE << 3);
        assertThat(Message.parse(answers(query).getFirst()).orThrow().rcode())
                .isEqualTo(Rcode.NOTAUTH);
    }

    @Property(tries = 300)
    void whateverComesInThePlaceOfATransferNothingIsThrown(@ForAll Random random) {
        Zone have = RandomZones.of(random);
        serve(after(have, RandomZones.of(random)));
        List<Cstruct> messages = answers(request(RrType.IXFR, have));
        for (Cstruct message : messages) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                message.putU8(random.nextInt(message.length()), random.nextInt(256));
            }
        }
        assertThat(read(messages, have).progress()).isNotNull();
    }
}
