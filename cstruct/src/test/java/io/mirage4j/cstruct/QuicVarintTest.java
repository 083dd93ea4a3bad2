// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuicVarintTest {
    /// RFC 9000, appendix A.1.
    @ParameterizedTest
    @CsvSource({
        "c2197c5eff14e88c, 151288809941952652",
        "9d7f3e7d, 494878333",
        "7bbd, 15293",
        "25, 37",
        "4025, 37"
    })
    void examplesOfTheRfc(String text, long value) {
        Cstruct buf = Hex.of(text);
        assertThat(QuicVarint.measure(buf, 0)).isEqualTo(buf.length());
        assertThat(QuicVarint.value(buf, 0)).isEqualTo(value);
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll @LongRange(max = QuicVarint.MAX) long v,
            @ForAll @IntRange(max = 62) int shift,
            @ForAll Ground ground) {
        long value = v >> shift;
        Cstruct buf = ground.zeros(9);
        int octets = QuicVarint.put(buf, 1, value);
        assertThat(octets).isEqualTo(QuicVarint.length(value));
        assertThat(QuicVarint.measure(buf, 1)).isEqualTo(octets);
        assertThat(QuicVarint.value(buf, 1)).isEqualTo(value);
        for (int longer = octets; longer <= 8; longer *= 2) {
            QuicVarint.put(buf, 1, value, longer);
            assertThat(QuicVarint.measure(buf, 1)).isEqualTo(longer);
            assertThat(QuicVarint.value(buf, 1)).isEqualTo(value);
            assertThat(QuicVarint.measure(buf.sub(1, longer - 1), 0))
                    .isEqualTo(QuicVarint.TRUNCATED);
        }
    }

    @Test
    void lengthsChangeWhereTheRfcSays() {
        assertThat(QuicVarint.length(63)).isEqualTo(1);
        assertThat(QuicVarint.length(64)).isEqualTo(2);
        assertThat(QuicVarint.length(16_383)).isEqualTo(2);
        assertThat(QuicVarint.length(16_384)).isEqualTo(4);
        assertThat(QuicVarint.length((1 << 30) - 1)).isEqualTo(4);
        assertThat(QuicVarint.length(1 << 30)).isEqualTo(8);
        assertThat(QuicVarint.length(QuicVarint.MAX)).isEqualTo(8);
    }

    @Test
    void wrongArgumentsAreRefusedWithTheValues() {
        Cstruct buf = Cstruct.create(8);
        assertThatThrownBy(() -> QuicVarint.put(buf, 0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-1 is not in 0..4611686018427387903");
        assertThatThrownBy(() -> QuicVarint.put(buf, 0, 64, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("64 takes 2 octets, more than 1");
        assertThatThrownBy(() -> QuicVarint.put(buf, 0, 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a form of 3 octets is none of 1, 2, 4 and 8");
        assertThatThrownBy(() -> QuicVarint.put(buf, 5, 16_384))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 5 + length 4 > 8");
        assertThatThrownBy(() -> QuicVarint.measure(buf, 9))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(QuicVarint.measure(buf, 8)).isEqualTo(QuicVarint.TRUNCATED);
    }
}
