// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Entropy;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/// What every [Entropy] does. The bounds are so wide that good randomness fails about once in 10^15
/// runs.
public abstract class EntropyContract {
    protected abstract Entropy open();

    @Test
    void everyBitIsSetHalfOfTheTime() {
        Entropy entropy = open();
        int draws = 10_000;
        int[] ones = new int[64];
        for (int i = 0; i < draws; i++) {
            long bits = entropy.nextLong();
            for (int bit = 0; bit < 64; bit++) {
                ones[bit] += (int) (bits >>> bit & 1);
            }
        }
        // Eight standard deviations of 50.
        assertThat(Arrays.stream(ones).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(4600, 5400));
    }

    @Test
    void fillReachesEveryOctetAndNothingElse() {
        Entropy entropy = open();
        for (int len = 0; len < 40; len++) {
            Cstruct buf = Cstruct.create(len + 2);
            Cstruct seen = Cstruct.create(len);
            for (int round = 0; round < 12; round++) {
                entropy.fill(buf.sub(1, len));
                for (int i = 0; i < len; i++) {
                    seen.putU8(i, seen.u8(i) | buf.u8(i + 1));
                }
            }
            for (int i = 0; i < len; i++) {
                assertThat(seen.u8(i)).as("octet %d of %d", i, len).isNotZero();
            }
            assertThat(buf.u8(0)).isZero();
            assertThat(buf.u8(len + 1)).isZero();
        }
    }

    @Test
    void smallNumbersAreEvenlySpread() {
        Entropy entropy = open();
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[entropy.nextInt(7)]++;
        }
        // Eight standard deviations of 93.
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_250, 10_750));
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> open().nextInt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound 0 < 1");
    }
}
