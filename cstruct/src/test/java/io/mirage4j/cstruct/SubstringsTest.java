// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mirage4j.cstruct.ReadOnlyCstruct.Split;
import io.mirage4j.cstruct.Substrings.Empty;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Against `String`, over texts of few letters, in which everything occurs.
class SubstringsTest {
    private static final IntPredicate IS_A = octet -> octet == 'a';

    private static ReadOnlyCstruct window(Ground ground, String text) {
        return ground.window(text.getBytes(US_ASCII));
    }

    private static String text(ReadOnlyCstruct w) {
        return w.text(US_ASCII);
    }

    private static String text(Split<ReadOnlyCstruct> split) {
        return text(split.head()) + "|" + text(split.tail());
    }

    private static List<String> texts(List<ReadOnlyCstruct> parts) {
        return parts.stream().map(SubstringsTest::text).toList();
    }

    private static Optional<String> cutAt(String text, String separator, int at) {
        return at < 0
                ? Optional.empty()
                : Optional.of(
                        text.substring(0, at) + "|" + text.substring(at + separator.length()));
    }

    @Property
    void partsAreThoseOfString(
            @ForAll @CharRange(from = 'a', to = 'c') String text,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 3) String affix,
            @ForAll Ground ground) {
        ReadOnlyCstruct w = window(ground, text);
        ReadOnlyCstruct a = window(Ground.HEAP, affix);
        assertThat(Substrings.isPrefix(a, w)).isEqualTo(text.startsWith(affix));
        assertThat(Substrings.isSuffix(a, w)).isEqualTo(text.endsWith(affix));
        assertThat(Substrings.isInfix(a, w)).isEqualTo(text.contains(affix));
        assertThat(Substrings.cut(w, a).map(SubstringsTest::text))
                .isEqualTo(cutAt(text, affix, text.indexOf(affix)));
        assertThat(Substrings.cutFromEnd(w, a).map(SubstringsTest::text))
                .isEqualTo(cutAt(text, affix, text.lastIndexOf(affix)));
        assertThat(Substrings.findSub(w, a).map(SubstringsTest::text))
                .isEqualTo(text.contains(affix) ? Optional.of(affix) : Optional.empty());
        assertThat(Substrings.findSubFromEnd(w, a).isPresent()).isEqualTo(text.contains(affix));
        assertThat(Substrings.find(w, IS_A).isPresent()).isEqualTo(text.contains("a"));
        assertThat(Substrings.findFromEnd(w, IS_A).isPresent()).isEqualTo(text.contains("a"));
        assertThat(Substrings.exists(w, IS_A)).isEqualTo(text.contains("a"));
        assertThat(Substrings.forAll(w, IS_A)).isEqualTo(text.chars().allMatch(IS_A));
        assertThat(Substrings.head(w)).isEqualTo(text.isEmpty() ? -1 : text.charAt(0));
        assertThat(Substrings.headFromEnd(w))
                .isEqualTo(text.isEmpty() ? -1 : text.charAt(text.length() - 1));
        assertThat(text(Substrings.tail(w))).isEqualTo(text.isEmpty() ? "" : text.substring(1));
        assertThat(text(Substrings.tailFromEnd(w)))
                .isEqualTo(text.isEmpty() ? "" : text.substring(0, text.length() - 1));
    }

    @Property
    void cutsAreThoseOfRepeatedCutting(
            @ForAll @CharRange(from = 'a', to = 'b') String text,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 3)
                    String separator,
            @ForAll Ground ground) {
        ReadOnlyCstruct w = window(ground, text);
        ReadOnlyCstruct s = window(Ground.NATIVE, separator);
        List<String> forward = new ArrayList<>();
        String rest = text;
        for (int at; (at = rest.indexOf(separator)) >= 0; ) {
            forward.add(rest.substring(0, at));
            rest = rest.substring(at + separator.length());
        }
        forward.add(rest);
        List<String> backward = new ArrayList<>();
        rest = text;
        for (int at; (at = rest.lastIndexOf(separator)) >= 0; ) {
            backward.addFirst(rest.substring(at + separator.length()));
            rest = rest.substring(0, at);
        }
        backward.addFirst(rest);
        assertThat(texts(Substrings.cuts(w, s))).isEqualTo(forward);
        assertThat(texts(Substrings.cutsFromEnd(w, s, Empty.KEPT))).isEqualTo(backward);
        forward.removeIf(String::isEmpty);
        backward.removeIf(String::isEmpty);
        assertThat(texts(Substrings.cuts(w, s, Empty.OMITTED))).isEqualTo(forward);
        assertThat(texts(Substrings.cutsFromEnd(w, s, Empty.OMITTED))).isEqualTo(backward);
    }

    @Property
    void fieldsAreThoseOfSplit(
            @ForAll @CharRange(from = 'a', to = 'c') String text, @ForAll Ground ground) {
        ReadOnlyCstruct w = window(ground, text);
        List<String> expected = new ArrayList<>(Arrays.asList(text.split("a", -1)));
        assertThat(texts(Substrings.fields(w, Empty.KEPT, IS_A))).isEqualTo(expected);
        expected.removeIf(String::isEmpty);
        assertThat(texts(Substrings.fields(w, Empty.OMITTED, IS_A))).isEqualTo(expected);
    }

    @Property
    void spansAreLongestWithinTheirRange(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String text,
            @ForAll @IntRange(max = 9) int min,
            @ForAll @IntRange(max = 9) int max,
            @ForAll Ground ground) {
        ReadOnlyCstruct w = window(ground, text);
        int count = 0;
        while (count < max && text.startsWith("a".repeat(count + 1))) {
            count++;
        }
        count = count < min ? 0 : count;
        assertThat(text(Substrings.span(w, min, max, IS_A)))
                .isEqualTo(text.substring(0, count) + "|" + text.substring(count));
        assertThat(text(Substrings.take(w, min, max, IS_A))).isEqualTo(text.substring(0, count));
        assertThat(text(Substrings.drop(w, min, max, IS_A))).isEqualTo(text.substring(count));
        count = 0;
        while (count < max && text.endsWith("a".repeat(count + 1))) {
            count++;
        }
        int at = text.length() - (count < min ? 0 : count);
        assertThat(text(Substrings.spanFromEnd(w, min, max, IS_A)))
                .isEqualTo(text.substring(0, at) + "|" + text.substring(at));
        assertThat(text(Substrings.takeFromEnd(w, min, max, IS_A))).isEqualTo(text.substring(at));
        assertThat(text(Substrings.dropFromEnd(w, min, max, IS_A)))
                .isEqualTo(text.substring(0, at));
    }

    @Test
    void spansWithoutARangeAreUnlimited() {
        ReadOnlyCstruct w = ReadOnlyCstruct.of("aabaaa");
        assertThat(text(Substrings.span(w, IS_A))).isEqualTo("aa|baaa");
        assertThat(text(Substrings.take(w, IS_A))).isEqualTo("aa");
        assertThat(text(Substrings.drop(w, IS_A))).isEqualTo("baaa");
        assertThat(text(Substrings.spanFromEnd(w, IS_A))).isEqualTo("aab|aaa");
        assertThat(text(Substrings.takeFromEnd(w, IS_A))).isEqualTo("aaa");
        assertThat(text(Substrings.dropFromEnd(w, IS_A))).isEqualTo("aab");
    }

    @Test
    void trimDropsAsciiWhiteSpace() {
        assertThat(text(Substrings.trim(ReadOnlyCstruct.of("\t\n\u000b\f\r  a b \r\n"))))
                .isEqualTo("a b");
        assertThat(Substrings.trim(ReadOnlyCstruct.of("  \n ")).isEmpty()).isTrue();
        assertThat(text(Substrings.trim(ReadOnlyCstruct.of("aaxaa"), IS_A))).isEqualTo("x");
        assertThat(text(Substrings.trim(ReadOnlyCstruct.of("\u0000x")))).isEqualTo("\u0000x");
        assertThat(texts(Substrings.fields(ReadOnlyCstruct.of("a b\t c"), Empty.OMITTED)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void overlappingSeparatorsDependOnTheSideFromWhichTheyAreLookedFor() {
        ReadOnlyCstruct w = ReadOnlyCstruct.of("a---b");
        ReadOnlyCstruct dashes = ReadOnlyCstruct.of("--");
        assertThat(texts(Substrings.cuts(w, dashes))).containsExactly("a", "-b");
        assertThat(texts(Substrings.cutsFromEnd(w, dashes, Empty.KEPT))).containsExactly("a-", "b");
    }

    @Test
    void anEmptyPatternIsFoundWhereTheSearchBegins() {
        ReadOnlyCstruct w = ReadOnlyCstruct.of("ab");
        assertThat(Substrings.isInfix(Cstruct.empty(), w)).isTrue();
        assertThat(Substrings.isPrefix(Cstruct.empty(), Cstruct.empty())).isTrue();
        assertThat(Substrings.findSub(w, Cstruct.empty())).contains(Cstruct.empty());
        assertThat(Substrings.findSubFromEnd(w, Cstruct.empty())).contains(Cstruct.empty());
    }

    @Test
    void partsAreWindowsIntoTheWhole() {
        Cstruct whole = Cstruct.of("key: value".getBytes(US_ASCII));
        Split<ReadOnlyCstruct> field = Substrings.cut(whole, ReadOnlyCstruct.of(":")).orElseThrow();
        ReadOnlyCstruct value = Substrings.trim(field.tail());
        whole.putU8(5, 'V');
        assertThat(text(value)).isEqualTo("Value");
    }

    @Test
    void wrongArgumentsAreRefusedWithTheValues() {
        ReadOnlyCstruct w = ReadOnlyCstruct.of("abc");
        assertThatThrownBy(() -> Substrings.cut(w, Cstruct.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("separator is empty");
        assertThatThrownBy(() -> Substrings.cuts(w, Cstruct.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Substrings.cutsFromEnd(w, Cstruct.empty(), Empty.KEPT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Substrings.span(w, -1, 2, IS_A))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("min -1 or max 2 < 0");
    }
}
