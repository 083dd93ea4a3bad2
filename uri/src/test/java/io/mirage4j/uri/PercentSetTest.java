// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class PercentSetTest {
    @Test
    void whatIsNotInTheSetIsEscapedAsUtf8() {
        assertThat(PercentSet.UNRESERVED.encode("a b/\u0000é€\ud83d\ude00"))
                .isEqualTo("a%20b%2F%00%C3%A9%E2%82%AC%F0%9F%98%80");
    }

    @Test
    void aLoneSurrogateIsTakenForTheReplacementCharacter() {
        assertThat(PercentSet.UNRESERVED.encode("\ud800x\udc00")).isEqualTo("%EF%BF%BDx%EF%BF%BD");
        assertThat(PercentSet.decodeOctets("\ud800")).isEqualTo(new byte[] {-17, -65, -67});
    }

    @Test
    void textThatNeedsNothingIsGivenBackItself() {
        String text = new String("plain-text");
        assertThat(PercentSet.UNRESERVED.encode(text)).isSameAs(text);
        assertThat(PercentSet.decode(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "a%20b, a b",
        "%C3%A9, é",
        "%c3%a9, é",
        "%F0%9F%98%80, 😀",
        "%, %",
        "%4, %4",
        "%zz, %zz",
        "%%41, %A",
        "%C3, \ufffd",
        "%C3%28, \ufffd(",
        "%E2%82, \ufffd",
        "%C3x, \ufffdx",
        "%ED%A0%80, \ufffd\ufffd\ufffd",
        "é%41, éA"
    })
    void escapesAreUndoneAndWrongOnesStay(String text, String decoded) {
        assertThat(PercentSet.decode(text)).isEqualTo(decoded);
    }

    @Test
    void setsAreMadeFromSets() {
        PercentSet set =
                PercentSet.of("ab").with("c").without("a").with(PercentSet.range('0', '2'));
        assertThat(set).hasToString("012bc").isEqualTo(PercentSet.of("cb210"));
        assertThat(set.contains('b')).isTrue();
        assertThat(set.contains('a')).isFalse();
        assertThat(set.contains('b' + 128)).isFalse();
        assertThat(set.contains('b' + 64)).isFalse();
        assertThat(set.contains(-1)).isFalse();
        assertThat(set.contains(0x10ffff)).isFalse();
        assertThatThrownBy(() -> PercentSet.of("é")).hasMessage("U+00E9 is not ASCII");
    }

    @Property
    void whatIsEncodedIsDecoded(@ForAll String text) {
        String scalar = new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
        assertThat(PercentSet.decode(PercentSet.SEGMENT.encode(text))).isEqualTo(scalar);
    }

    @Property
    void octetsAreEncodedAndDecoded(@ForAll byte[] octets) {
        assertThat(PercentSet.decodeOctets(PercentSet.QUERY.encode(octets))).isEqualTo(octets);
    }

    @Property
    void encodedTextHasNothingButTheSetAndEscapes(@ForAll String text) {
        String encoded = PercentSet.USERINFO.encode(text);
        assertThat(Syntax.skip(encoded, 0, Syntax.USERINFO)).isEqualTo(encoded.length());
    }

    @Property
    void theSetContainsWhatItWasMadeOf(@ForAll @CharRange(to = 127) char c, @ForAll int other) {
        PercentSet set = PercentSet.range(c, c);
        assertThat(set.contains(c)).isTrue();
        assertThat(set.contains(other)).isEqualTo(other == c);
    }
}
