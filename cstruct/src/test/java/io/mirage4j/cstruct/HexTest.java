// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class HexTest {
    @Property
    void emittedTextIsParsedBack(@ForAll byte[] octets, @ForAll Ground ground) {
        String text = Hex.emit(ground.window(octets));
        assertThat(text).isEqualTo(HexFormat.of().formatHex(octets));
        assertThat(Hex.of(text).toByteArray()).isEqualTo(octets);
        assertThat(Hex.of(text.toUpperCase(java.util.Locale.ROOT)).toByteArray()).isEqualTo(octets);
    }

    @Property
    void anyTextIsParsedOrMalformed(@ForAll String text) {
        switch (Hex.parse(text)) {
            case Hex.Result.Parsed(Cstruct octets) ->
                    assertThat(octets.length()).isLessThanOrEqualTo(text.length() / 2);
            case Hex.Result.Malformed(String reason, int position) ->
                    assertThat(position).isBetween(0, text.length());
        }
    }

    @Test
    void spaceMayStandAnywhere() {
        assertThat(Hex.of(" 4 5\t00\r\n ff ")).isEqualTo(Cstruct.of(new byte[] {0x45, 0, -1}));
        assertThat(Hex.of(" \n").isEmpty()).isTrue();
    }

    @Test
    void malformedTextIsToldWithItsPosition() {
        assertThat(Hex.parse("45 0g"))
                .isEqualTo(new Hex.Result.Malformed("'g' is no hexadecimal digit", 4));
        assertThat(Hex.parse("450"))
                .isEqualTo(new Hex.Result.Malformed("an odd number of digits: 3", 3));
        assertThat(Hex.parse("\u0661\u0661"))
                .isEqualTo(new Hex.Result.Malformed("'\u0661' is no hexadecimal digit", 0));
        assertThatThrownBy(() -> Hex.of("zz"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'z' is no hexadecimal digit, at index 0");
    }
}
