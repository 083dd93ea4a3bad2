// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.RrType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Versions of zones that are made of the ones before, beside zones that are laid out anew from the
/// same records.
class ZoneVersionsTest {
    private static final String[] LABELS = {"a", "b", "*", "c", "ns", "www"};
    private static final String[] DATA = {
        "A 192.0.2.1",
        "AAAA 2001:db8::1",
        "MX 10 www",
        "MX 20 b.a",
        "NS ns",
        "NS ns.a",
        "NS b.a.elsewhere.",
        "CNAME www",
        "CNAME x.a",
        "DNAME b",
        "SRV 1 2 3 a.b",
        "TXT one",
        "60 TXT two",
        "RRSIG A 13 3 60 20400101000000 20200101000000 1 @ AAAA",
    };
    private static final int[] TYPES = {
        RrType.A, RrType.MX, RrType.NS, RrType.DS, RrType.SRV, RrType.ANY, RrType.CNAME, RrType.SOA
    };

    private final Lookup lookup = new Lookup();

    private static String name(Random random) {
        int labels = random.nextInt(4);
        if (labels == 0) return "@";
        var name = new StringBuilder();
        for (int i = 0; i < labels; i++) {
            name.append(i == 0 ? "" : ".").append(LABELS[random.nextInt(LABELS.length)]);
        }
        return name.toString();
    }

    private static void mutate(Set<String> lines, Random random) {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            if (random.nextInt(5) < 2 && !lines.isEmpty()) {
                List<String> all = new ArrayList<>(lines);
                lines.remove(all.get(random.nextInt(all.size())));
            } else {
                lines.add(name(random) + " " + DATA[random.nextInt(DATA.length)]);
            }
        }
    }

    /// A zone of random records, unsigned, though some signatures may be in it.
    private static Zone zone(Set<String> lines) {
        return RandomZones.zone(String.join("\n", lines) + "\n");
    }

    private static TreeSet<String> records(Zone zone) {
        var records = new TreeSet<String>();
        zone.each().forEachRemaining(record -> records.add(record.toString()));
        assertThat(records).hasSize(zone.records());
        return records;
    }

    /// What the zone says to each of many questions.
    private Map<String, Blob> answers(Zone zone) {
        Map<String, Blob> answers = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of("", "x."));
        for (String label : LABELS) {
            names.add(label + ".");
            for (String below : LABELS) names.add(below + "." + label + ".");
            names.add("x." + label + ".a.");
            names.add("y.x." + label + ".");
            names.add("a." + label + ".b.");
        }
        for (String name : names) {
            DnsName asked = DnsName.of(name + RandomZones.APEX);
            for (int type : TYPES) answers.put(name + " " + type, answer(zone, asked, type));
        }
        return answers;
    }

    private Blob answer(Zone zone, DnsName asked, int type) {
        Cstruct buf = Cstruct.create(4096);
        asked.write(buf, HeaderWire.LENGTH);
        int end = HeaderWire.LENGTH + asked.lengthOctets() + 4;
        var name = new QueryName();
        name.set(asked);
        var out = new AnswerWriter();
        out.start(buf, end, buf.length());
        int flags = lookup.answer(zone, name, type, true, out);
        buf.putU16be(end - 2, flags);
        return Blob.of(buf.toByteArray(end - 2, out.length() - end + 2));
    }

    @Property(tries = 60)
    void aVersionAnswersAsOneThatIsLaidOutAnew(@ForAll Random random) {
        Set<String> lines = new HashSet<>();
        mutate(lines, random);
        Zone zone = zone(lines);
        Map<String, Blob> before = answers(zone);
        for (int step = 0; step < 12; step++) {
            mutate(lines, random);
            Zone target = zone(lines);
            ZoneChange change = ZoneChange.between(zone, target);
            Zone next = ((ZoneBuilder.Good) ZoneBuilder.next(zone, List.of(change))).zone();
            assertThat(records(next)).isEqualTo(records(target));
            Zone anew = ((ZoneBuilder.Good) ZoneBuilder.of(next).build()).zone();
            Map<String, Blob> answers = answers(next);
            assertThat(answers).isEqualTo(answers(anew));
            assertThat(answers(zone)).as("the version before").isEqualTo(before);
            before = answers;
            zone = next;
        }
    }

    @Property(tries = 60)
    void severalChangesAreMadeAtOnce(@ForAll Random random) {
        Set<String> lines = new HashSet<>();
        mutate(lines, random);
        Zone zone = zone(lines);
        List<ZoneChange> changes = new ArrayList<>();
        Zone at = zone;
        for (int step = 0; step < 5; step++) {
            mutate(lines, random);
            Zone next = zone(lines);
            changes.add(ZoneChange.between(at, next));
            at = next;
        }
        Zone next = ((ZoneBuilder.Good) ZoneBuilder.next(zone, changes)).zone();
        assertThat(records(next)).isEqualTo(records(at));
        assertThat(answers(next))
                .isEqualTo(answers(((ZoneBuilder.Good) ZoneBuilder.of(next).build()).zone()));
    }

    @Property(tries = 200)
    void whatIsSignedIsLaidOutAnew(@ForAll Random random) {
        Zone zone = RandomZones.of(random);
        Zone target = RandomZones.of(random);
        ZoneChange change = ZoneChange.between(zone, target);
        Zone next = ((ZoneBuilder.Good) ZoneBuilder.next(zone, List.of(change))).zone();
        assertThat(records(next)).isEqualTo(records(target));
        assertThat(next.isSigned()).isEqualTo(target.isSigned());
    }

    /// Names come and go until a table has grown, been full of gaps, and grown again.
    @Property(tries = 5)
    void manyNamesComeAndGo(@ForAll Random random) {
        Zone zone = RandomZones.zone("");
        Set<String> lines = new HashSet<>();
        for (int step = 0; step < 40; step++) {
            for (int i = random.nextInt(200); i > 0; i--) {
                lines.add(
                        "host" + random.nextInt(3000) + ".x" + random.nextInt(9) + " A 192.0.2.1");
            }
            lines.removeIf(line -> random.nextInt(4) == 0);
            Zone target = zone(lines);
            ZoneChange change = ZoneChange.between(zone, target);
            zone = ((ZoneBuilder.Good) ZoneBuilder.next(zone, List.of(change))).zone();
            assertThat(records(zone)).isEqualTo(records(target));
        }
        ZoneChange end = ZoneChange.between(zone, RandomZones.zone(""));
        Zone last = ((ZoneBuilder.Good) ZoneBuilder.next(zone, List.of(end))).zone();
        List<Node> left = new ArrayList<>();
        last.nodes.each(left::add);
        assertThat(left).containsExactly(last.top);
    }

    @Test
    void whatCanNotBeServedIsRefused() {
        Zone zone = RandomZones.zone("www A 192.0.2.1\n");
        Zone other = RandomZones.zone("www A 192.0.2.2\n");
        assertThat(ZoneBuilder.next(zone, List.of(ZoneChange.between(other, zone))))
                .isInstanceOf(ZoneBuilder.Bad.class);
        var soa = zone.each().next();
        var withoutServers =
                new ZoneChange(
                        List.of(soa, zone.set(zone.apex(), RrType.NS).records().getFirst()),
                        List.of(soa));
        assertThat(ZoneBuilder.next(zone, List.of(withoutServers)))
                .isInstanceOf(ZoneBuilder.Bad.class);
    }
}
