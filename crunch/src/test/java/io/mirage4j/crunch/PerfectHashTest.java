// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;

class PerfectHashTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 10, 31, 100, 1_000, 10_000, 200_000})
    void everyKeyHasASlotOfItsOwn(int count) {
        numbersAll(new Random(count).ints().distinct().limit(count).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 256, 65_536, -1})
    void keysInARowAreNoHarder(int step) {
        numbersAll(IntStream.range(0, 10_000).map(i -> i * step).distinct().toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 13})
    void fewKeysFindTheirPlacesWhateverTheyAre(int count) {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            numbersAll(random.ints().distinct().limit(count).toArray());
        }
    }

    private static void numbersAll(int[] keys) {
        PerfectHash hash = PerfectHash.of(keys);
        BitSet slots = new BitSet();
        for (int key : keys) {
            slots.set(hash.slotOf(key, keys.length));
        }
        assertThat(slots.cardinality()).isEqualTo(keys.length);
        assertThat(slots.length()).isEqualTo(keys.length);
    }
}
