// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Normalizer2;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.IntStream;

class NfcTest {
    private static final int[] CONCERNED =
            IntStream.rangeClosed(0x300, Character.MAX_CODE_POINT)
                    .filter(c -> IdnaTable.isValid(IdnaTable.of(c)))
                    .filter(c -> IdnaTable.concernsNfc(IdnaTable.of(c)))
                    .toArray();

    @ParameterizedTest
    @CsvSource({
        "a\u0300, à",
        "a\u0323\u0300, ạ\u0300",
        "a\u0300\u0323, ạ\u0300",
        "à\u0323, ạ\u0300",
        "ǟ\u0323, ạ\u0308\u0304",
        "\u1100\u1161\u11a8, 각",
        "가\u11a8, 각",
        "각\u11a8, 각\u11a8",
        "q\u0307\u0323, q\u0323\u0307"
    })
    void marksAreSortedAndPutTogether(String text, String normalized) {
        assertThat(Nfc.normalize(text)).isEqualTo(normalized);
    }

    @Test
    void whatNeedsNoWorkIsTheSameObject() {
        String text = "bücher中文";
        assertThat(Nfc.normalize(text)).isSameAs(text);
    }

    @Property(tries = 20_000)
    void validTextIsNormalizedAsIcuDoesIt(@ForAll("texts") String text) {
        assertThat(Nfc.normalize(text)).isEqualTo(Normalizer2.getNFCInstance().normalize(text));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> codePoint =
                Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.integers().between('a', 'z')),
                        Tuple.of(1, Arbitraries.integers().between(0x1100, 0x1175)),
                        Tuple.of(1, Arbitraries.integers().between(0xac00, 0xd7a3)),
                        Tuple.of(2, Arbitraries.integers().between(0xe0, 0x24f)),
                        Tuple.of(
                                6,
                                Arbitraries.integers()
                                        .between(0, CONCERNED.length - 1)
                                        .map(i -> CONCERNED[i])));
        return codePoint
                .filter(c -> IdnaTable.isValid(IdnaTable.of(c)))
                .list()
                .ofMaxSize(12)
                .map(list -> list.stream().map(Character::toString).reduce("", String::concat));
    }
}
