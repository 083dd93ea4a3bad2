// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Parsed;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class DnsNameTest {
    @Provide
    Arbitrary<DnsName> names() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(12)
                .list()
                .ofMaxSize(8)
                .map(labels -> DnsName.ofLabels(labels.toArray(byte[][]::new)));
    }

    @Property
    void whatIsPrintedIsReadAgain(@ForAll("names") DnsName name) {
        assertThat(DnsName.of(name.toString()).toByteArray()).isEqualTo(name.toByteArray());
    }

    @Property
    void caseMakesNoDifference(@ForAll("names") DnsName name) {
        DnsName folded = name.canonical();
        assertThat(folded).isEqualTo(name).hasSameHashCodeAs(name).isEqualByComparingTo(name);
    }

    @Property
    void aNameInAMessageHasTheSameHashAndIsEqual(@ForAll("names") DnsName name) {
        Cstruct message = Cstruct.create(300);
        name.parent().write(message, 0);
        int at = name.parent().lengthOctets();
        byte[] label = name.firstLabel();
        message.putU8(at, label.length);
        message.put(at + 1, label);
        if (label.length > 0) {
            message.putU16be(at + 1 + label.length, 0xc000);
        }
        assertThat(NameWire.hash(message, at)).isEqualTo(name.hashCode());
        assertThat(NameWire.equals(message, at, name)).isTrue();
        assertThat(NameWire.length(message, at)).isEqualTo(name.lengthOctets());
        assertThat(DnsName.read(message, at)).isEqualTo(name);
    }

    @Property
    void theOrderIsThatOfLabelsFromTheRoot(@ForAll("names") DnsName a, @ForAll("names") DnsName b) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(plainOrder(a, b));
    }

    /// Label for label, as lists of text.
    private static int plainOrder(DnsName a, DnsName b) {
        List<String> left = reversedLabels(a);
        List<String> right = reversedLabels(b);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) return Integer.signum(order);
        }
        return Integer.signum(left.size() - right.size());
    }

    private static List<String> reversedLabels(DnsName name) {
        List<String> labels =
                Stream.iterate(name.canonical(), n -> !n.isRoot(), DnsName::parent)
                        .map(n -> new String(n.firstLabel(), StandardCharsets.ISO_8859_1))
                        .collect(Collectors.toList());
        Collections.reverse(labels);
        return labels;
    }

    @Test
    void theExampleOfRfc4034IsInOrder() {
        List<DnsName> names =
                Stream.of(
                                "example.",
                                "a.example.",
                                "yljkjljk.a.example.",
                                "Z.a.example.",
                                "zABC.a.EXAMPLE.",
                                "z.example.",
                                "\\001.z.example.",
                                "*.z.example.",
                                "\\200.z.example.")
                        .map(DnsName::of)
                        .toList();
        assertThat(names.stream().sorted()).containsExactlyElementsOf(names);
    }

    @Test
    void relativeNamesAreBelowTheOrigin() {
        DnsName origin = DnsName.of("example.org.");
        assertThat(DnsName.parse("www", origin).orThrow()).hasToString("www.example.org.");
        assertThat(DnsName.parse("@", origin).orThrow()).isEqualTo(origin);
        assertThat(DnsName.parse("www.", origin).orThrow()).hasToString("www.");
        assertThat(DnsName.parse("\\@", origin).orThrow()).hasToString("\\@.example.org.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a..b", ".a", "\\", "\\1", "\\25", "\\256", "a\\"})
    void whatIsNoNameIsRefused(String text) {
        assertThat(DnsName.parse(text, DnsName.ROOT)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void labelsHave63OctetsAtMostAndNames255() {
        String label = "x".repeat(63);
        assertThat(DnsName.of(label).lengthOctets()).isEqualTo(65);
        assertThat(DnsName.parse(label + "x", DnsName.ROOT))
                .isEqualTo(new Parsed.Malformed<>("label > 63 octets", 63));
        String most = (label + ".").repeat(3) + "x".repeat(61);
        assertThat(DnsName.of(most).lengthOctets()).isEqualTo(255);
        assertThat(DnsName.parse(most + "x", DnsName.ROOT)).isInstanceOf(Parsed.Malformed.class);
        assertThat(DnsName.parse(most + "x.", DnsName.ROOT)).isInstanceOf(Parsed.Malformed.class);
        assertThatThrownBy(() -> DnsName.of(most).child(new byte[1]))
                .hasMessage("name of 257 octets > 255");
    }

    @Test
    void ancestryIsByLabels() {
        DnsName org = DnsName.of("ORG.");
        assertThat(DnsName.of("example.org.").isBelow(org)).isTrue();
        assertThat(org.isBelow(org)).isTrue();
        assertThat(DnsName.of("anorg.").isBelow(org)).isFalse();
        assertThat(org.isBelow(DnsName.ROOT)).isTrue();
        assertThat(DnsName.of("a.b.c.").ancestor(2)).hasToString("c.");
        assertThat(DnsName.of("*.a.").isWildcard()).isTrue();
        assertThat(DnsName.of("*a.a.").isWildcard()).isFalse();
    }

    @Test
    void aDnameMovesTheEndOfAName() {
        DnsName from = DnsName.of("old.");
        assertThat(DnsName.of("www.a.OLD.").rebase(from, DnsName.of("new.org.")))
                .hasToString("www.a.new.org.");
        DnsName most = DnsName.of((("x".repeat(63) + ".").repeat(3) + "x".repeat(61)));
        assertThat(DnsName.of("a.old.").rebase(from, most)).isNull();
    }

    @Test
    void pointersThatGoRoundOrForwardAreNoNames() {
        Cstruct itself = Cstruct.of(new byte[] {(byte) 0xc0, 0});
        assertThat(NameWire.length(itself, 0)).isEqualTo(-1);
        Cstruct circle = Cstruct.of(new byte[] {1, 'a', (byte) 0xc0, 4, (byte) 0xc0, 0});
        assertThat(NameWire.length(circle, 4)).isEqualTo(-1);
        assertThat(NameWire.length(circle, 0)).as("forward").isEqualTo(-1);
        assertThat(NameWire.equals(circle, 4, DnsName.of("a.a."))).isFalse();
        assertThat(DnsName.read(circle, 0)).isNull();
        assertThat(NameWire.skip(Cstruct.of(new byte[] {0x40, 0}), 0)).isEqualTo(-1);
        assertThat(NameWire.skip(Cstruct.of(new byte[] {5, 'a'}), 0)).isEqualTo(-1);
    }

    @Test
    void longChainsOfPointersAreNoNames() {
        Cstruct chain = Cstruct.create(1000);
        for (int at = 2; at < 1000; at += 2) chain.putU16be(at, 0xc000 | at - 2);
        assertThat(NameWire.length(chain, 200)).isEqualTo(1);
        assertThat(NameWire.length(chain, 500)).isEqualTo(-1);
    }
}
