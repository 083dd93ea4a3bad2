// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.contract.EntropyContract;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class SeededEntropyTest extends EntropyContract {
    @Override
    protected Entropy open() {
        return new SeededEntropy(42);
    }

    /// The JDK's generator is the same one.
    @Test
    void itIsSplitMix64() {
        for (long seed : new long[] {0, 1, -1, 1234567}) {
            var ours = new SeededEntropy(seed);
            var theirs = new SplittableRandom(seed);
            for (int i = 0; i < 100; i++) {
                assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
            }
        }
    }
}
