// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

class SeqNumTest {
    @Property
    void orderHoldsAcrossTheWrap(@ForAll int a, @ForAll @Positive int distance) {
        int b = a + distance;
        assertThat(SeqNum.before(a, b)).isTrue();
        assertThat(SeqNum.after(b, a)).isTrue();
        assertThat(SeqNum.before(b, a)).isFalse();
        assertThat(SeqNum.max(a, b)).isEqualTo(b);
        assertThat(SeqNum.min(a, b)).isEqualTo(a);
        assertThat(SeqNum.atMost(a, a)).isTrue();
        assertThat(SeqNum.atLeast(a, a)).isTrue();
    }

    @Property
    void aWindowHoldsItsNumbersAndNoOthers(
            @ForAll int from, @ForAll @IntRange(min = 0, max = 1 << 30) int len) {
        assertThat(SeqNum.within(from, from, len)).isEqualTo(len > 0);
        assertThat(SeqNum.within(from + len, from, len)).isFalse();
        assertThat(SeqNum.within(from + len - 1, from, len)).isEqualTo(len > 0);
        assertThat(SeqNum.within(from - 1, from, len)).isFalse();
    }
}
