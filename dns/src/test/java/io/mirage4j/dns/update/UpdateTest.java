// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.Parsed;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The cases of RFC 2136, section 3. Records are written with a class in front: `any` and `none`
/// have no data where there is none in the text.
class UpdateTest {
    private static final DnsName APEX = RandomZones.APEX;
    private static final Zone ZONE =
            RandomZones.zone("a A 192.0.2.1\na A 192.0.2.2\na TXT x\nc CNAME a\nd.e A 192.0.2.3\n");

    private static ResourceRecord record(String text) {
        String[] words = text.split(" ", 4);
        DnsName name = DnsName.parse(words[1], APEX).orThrow();
        int type = RrType.parse(words[2]).orThrow();
        int rrClass =
                switch (words[0]) {
                    case "any" -> RrClass.ANY;
                    case "none" -> RrClass.NONE;
                    default -> RrClass.parse(words[0]).orThrow();
                };
        Rdata data =
                words.length < 4 ? Rdata.empty(type) : Rdata.parse(type, words[3], APEX).orThrow();
        return new ResourceRecord(name, rrClass, 0, data);
    }

    private static Message request(
            List<ResourceRecord> prerequisites, List<ResourceRecord> updates) {
        Message message =
                new Message(
                        1,
                        HeaderWire.opcodeBits(Opcode.UPDATE),
                        List.of(new Question(APEX, RrType.SOA, RrClass.IN)),
                        prerequisites,
                        updates,
                        List.of(),
                        null);
        return Message.parse(message.toOctets()).orThrow(); // as it comes from the wire
    }

    @ParameterizedTest
    @CsvSource({
        "any a ANY, NOERROR",
        "any b ANY, NXDOMAIN",
        "any e ANY, NXDOMAIN", // an empty non-terminal is not in use
        "any a TXT, NOERROR",
        "any a MX, NXRRSET",
        "any b TXT, NXRRSET",
        "none b ANY, NOERROR",
        "none a ANY, YXDOMAIN",
        "none a MX, NOERROR",
        "none a TXT, YXRRSET",
        "IN a TXT x, NOERROR",
        "IN a TXT y, NXRRSET",
        "IN a A 192.0.2.1, NXRRSET", // not all of the set
        "IN b A 192.0.2.1, NXRRSET",
        "any a.example.org. ANY, NOTZONE",
        "any a TXT x, FORMERR",
        "none a TXT x, FORMERR",
        "CH a TXT x, FORMERR",
        "IN a ANY, FORMERR",
    })
    void aPrerequisiteHoldsOrTellsWhyNot(String prerequisite, String rcode) {
        List<ResourceRecord> updates = List.of(record("IN new A 192.0.2.9"));
        Update.Outcome outcome = Update.of(request(List.of(record(prerequisite)), updates), ZONE);
        assertThat(Rcode.name(outcome.rcode())).isEqualTo(rcode);
        assertThat(outcome.change() != null).isEqualTo(rcode.equals("NOERROR"));
    }

    @Test
    void aSetIsComparedAsAWhole() {
        List<ResourceRecord> both = List.of(record("IN a A 192.0.2.2"), record("IN a A 192.0.2.1"));
        assertThat(Update.of(request(both, List.of()), ZONE).rcode()).isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IN new A 192.0.2.9   | +new A 192.0.2.9",
                "IN a A 192.0.2.1     | ~", // there already, with another TTL: all get it
                "IN c A 192.0.2.9     |", // beside an alias
                "IN a CNAME c         |", // an alias beside others
                "IN c CNAME d.e       | -c CNAME a +c CNAME d.e",
                "any a A              | -a A 192.0.2.1 -a A 192.0.2.2",
                "any a ANY            | -a A 192.0.2.1 -a A 192.0.2.2 -a TXT x",
                "any @ NS             |",
                "any @ SOA            |",
                "any @ ANY            |",
                "none a A 192.0.2.1   | -a A 192.0.2.1",
                "none a A 192.0.2.7   |",
                "none @ NS ns.Elsewhere.test. |",
                "any b ANY            |",
                "IN @ SOA ns a 3 2 3 4 5 |", // not newer
            })
    void anUpdateDoesWhatItSays(String update, String expected) {
        Update.Outcome outcome = Update.of(request(List.of(), List.of(record(update))), ZONE);
        assertThat(outcome.rcode()).isEqualTo(Rcode.NOERROR);
        if (expected == null) {
            assertThat(outcome.change()).isNull();
            return;
        }
        assertThat(outcome.change().toSerial()).isEqualTo(8);
        if (expected.equals("~")) {
            assertThat(outcome.change().records()).isEqualTo(2 + 2 + 2);
            return;
        }
        List<String> changed = new ArrayList<>();
        outcome.change().removed().stream().skip(1).forEach(r -> changed.add("-" + text(r)));
        outcome.change().added().stream().skip(1).forEach(r -> changed.add("+" + text(r)));
        assertThat(String.join(" ", changed)).isEqualTo(expected);
    }

    private static String text(ResourceRecord record) {
        String all = record.name() + " " + RrType.name(record.type()) + " " + record.data();
        return all.replace(".example.test.", "").replace("\"", "");
    }

    @ParameterizedTest
    @CsvSource({
        "IN a.example.org. A 192.0.2.1, NOTZONE",
        "IN a ANY, FORMERR",
        "any a A 192.0.2.1, FORMERR",
        "any a AXFR, FORMERR",
        "none a ANY, FORMERR",
        "CH a TXT x, FORMERR",
    })
    void whatIsNoUpdateChangesNothing(String update, String rcode) {
        List<ResourceRecord> updates = List.of(record("IN new A 192.0.2.9"), record(update));
        Update.Outcome outcome = Update.of(request(List.of(), updates), ZONE);
        assertThat(Rcode.name(outcome.rcode())).isEqualTo(rcode);
        assertThat(outcome.change()).isNull();
    }

    @Test
    void theSerialOfTheUpdateCountsIfItIsLater() {
        var updates = List.of(record("IN @ SOA ns a 99 2 3 4 5"), record("IN new A 192.0.2.9"));
        assertThat(Update.of(request(List.of(), updates), ZONE).change().toSerial()).isEqualTo(99);
    }

    @Test
    void whatIsAddedAndTakenAwayAgainIsNoChange() {
        var updates = List.of(record("IN new A 192.0.2.9"), record("any new ANY"));
        assertThat(Update.of(request(List.of(), updates), ZONE).change()).isNull();
    }

    @Test
    void aSignedZoneIsNotUpdated() {
        Zone signed = RandomZones.zone("@ NSEC a NS SOA\na A 192.0.2.1\n");
        var updates = List.of(record("IN new A 192.0.2.9"));
        assertThat(Update.of(request(List.of(), updates), signed).rcode()).isEqualTo(Rcode.REFUSED);
    }

    /// The change of a random update, made in the zone, is a zone that has what the update says.
    @Property(tries = 300)
    void aChangeIsOneOfItsZone(@ForAll Random random) {
        Zone zone = RandomZones.of(random);
        if (zone.isSigned()) return;
        String[] texts = {
            "IN www A 192.0.2.77",
            "any www ANY",
            "none www A 192.0.2.1",
            "any sub NS",
            "IN @ NS other",
            "IN x.d CNAME a",
            "any *.w A",
            "IN new MX 1 www",
            "any @ ANY",
            "none @ NS ns.Elsewhere.test.",
            "none @ NS other"
        };
        List<ResourceRecord> updates = new ArrayList<>();
        for (int i = 0; i < 5; i++) updates.add(record(texts[random.nextInt(texts.length)]));
        var change = Update.of(request(List.of(), updates), zone).change();
        if (change == null) return;
        var builder = ZoneBuilder.of(zone);
        assertThat(builder.apply(change)).isTrue();
        Zone next = ((ZoneBuilder.Good) builder.build()).zone();
        assertThat(next.serial()).isEqualTo(8);
        assertThat(next.set(APEX, RrType.NS)).isNotNull();
        assertThat(Update.of(request(List.of(), List.of(updates.getLast())), next).change())
                .as("the last once more")
                .isNull();
    }

    @Property(tries = 1000)
    void whateverComesInNothingIsThrown(@ForAll Random random) {
        var prerequisites = List.of(record("none b ANY"), record("IN a TXT x"));
        var updates = List.of(record("IN @ SOA ns a 99 2 3 4 5"), record("any a ANY"));
        var message =
                new Message(
                        1,
                        HeaderWire.opcodeBits(Opcode.UPDATE),
                        List.of(new Question(APEX, RrType.SOA, RrClass.IN)),
                        prerequisites,
                        updates,
                        List.of(),
                        null);
        byte[] octets = message.toOctets().toByteArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        if (Message.parse(Cstruct.of(octets)) instanceof Parsed.Value<Message>(Message parsed)) {
            assertThat(Update.of(parsed, ZONE)).isNotNull();
        }
    }
}
