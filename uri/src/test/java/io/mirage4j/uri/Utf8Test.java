// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

class Utf8Test {
    /// The examples of the Unicode Standard, tables 3-8 to 3-11.
    @ParameterizedTest
    @CsvSource({
        "C0AFE080BFF0818241, ????????A",
        "EDA080EDBFBFEDAF41, ????????A",
        "F4919293FF4180BF42, ?????A??B",
        "E180E2F09192F1BF41, ????A",
        "F09F9880C3A9, \ud83d\ude00\u00e9",
    })
    void brokenSequencesAreReplacedByTheirMaximalSubparts(String octets, String expected) {
        assertThat(decode(HexFormat.of().parseHex(octets)))
                .isEqualTo(expected.replace('?', '\ufffd'));
    }

    @Property(tries = 20_000)
    void octetsAreReadAsByTheJdkUnlessTheyAreSurrogates(@ForAll("octets") List<Integer> values) {
        byte[] octets = new byte[values.size()];
        for (int i = 0; i < octets.length; i++) octets[i] = values.get(i).byteValue();
        assertThat(decode(octets)).isEqualTo(new String(octets, StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<List<Integer>> octets() {
        return Arbitraries.of(
                        0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
                        0xe0, 0xe1, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff)
                .list()
                .ofMaxSize(8);
    }

    private static String decode(byte[] octets) {
        var out = new StringBuilder();
        Utf8.decode(octets, octets.length, out);
        return out.toString();
    }
}
