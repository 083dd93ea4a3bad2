// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
    @ParameterizedTest
    @CsvSource({ // of RFC 3492, 7.1
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
        "Pročprostěnemluvíčesky, Proprostnemluvesky-uyb24dma41a",
        "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3年B組金八先生, 3B-ww4c5e180e575a65lsy2b",
        "安室奈美恵-with-SUPER-MONKEYS, -with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n",
        "MajiでKoiする5秒前, MajiKoi5-783gue6qz075azm5e",
        "そのスピードで, d9juau41awczczp",
        "-> $1.00 <-, -> $1.00 <--"
    })
    void samplesOfTheRfcGoBothWays(String label, String text) {
        assertThat(Punycode.encode(label)).isEqualTo(text);
        assertThat(Punycode.decode(text)).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "é", "a-é", "99999999", "a-b!", "ls8", "----x"})
    void whatIsNoPunycodeIsNotDecoded(String text) {
        assertThat(Punycode.decode(text)).isNull();
    }

    @Property
    void encodingAndDecodingIsTheSameLabel(@ForAll("labels") String label) {
        assertThat(Punycode.decode(Punycode.encode(label))).isEqualTo(label);
    }

    @Property
    void encodingIsWhatTheProcedureOfTheRfcGives(@ForAll("labels") String label) {
        assertThat(Punycode.encode(label)).isEqualTo(encodeByTheRfc(label));
    }

    @Property
    void anyTextIsDecodedToNothingOrToWhatItEncodes(@ForAll("digits") String text) {
        String label = Punycode.decode(text);
        if (label != null) {
            assertThat(Punycode.encode(label)).isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<String> labels() {
        Arbitrary<Integer> codePoint =
                Arbitraries.oneOf(
                        Arbitraries.integers().between('a', 'z'),
                        Arbitraries.integers().between(0xe0, 0xe5),
                        Arbitraries.integers().between(0x4e00, 0x9fff),
                        Arbitraries.integers().between(0x10000, 0x10ffff));
        return codePoint
                .list()
                .ofMaxSize(30)
                .map(list -> list.stream().map(Character::toString).reduce("", String::concat));
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.strings().withChars("abcdkz0189").withChars('-').ofMaxLength(12);
    }

    /// RFC 3492, 6.3, as it stands there.
    private static String encodeByTheRfc(String label) {
        int[] input = label.codePoints().toArray();
        var out = new StringBuilder();
        for (int c : input) if (c < 0x80) out.append((char) c);
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int n = 0x80;
        int bias = 72;
        int delta = 0;
        while (handled < input.length) {
            int next = Integer.MAX_VALUE;
            for (int c : input) if (c >= n && c < next) next = c;
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                }
                if (c != n) continue;
                int q = delta;
                for (int k = 36; ; k += 36) {
                    int t = k <= bias ? 1 : Math.min(k - bias, 26);
                    if (q < t) break;
                    out.append(digit(t + (q - t) % (36 - t)));
                    q = (q - t) / (36 - t);
                }
                out.append(digit(q));
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled++;
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static int adapt(int delta, int points, boolean first) {
        int left = first ? delta / 700 : delta / 2;
        left += left / points;
        int k = 0;
        for (; left > 455; k += 36) left /= 35;
        return k + 36 * left / (left + 38);
    }

    private static char digit(int value) {
        return "abcdefghijklmnopqrstuvwxyz0123456789".charAt(value);
    }
}
