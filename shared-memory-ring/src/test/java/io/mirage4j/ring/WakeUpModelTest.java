// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.ring.WakeUpModel.Machine;
import io.mirage4j.ring.WakeUpModel.Part;
import io.mirage4j.ring.WakeUpModel.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;
import java.util.Set;

/// Every interleaving of push and final check.
class WakeUpModelTest {
    private static final int[][] PUSHES = {{1}, {1, 1}, {1, 1, 1}, {2, 1}, {1, 2}, {3}, {2, 2}};

    @ParameterizedTest
    @EnumSource
    void noInterleavingLosesAWakeUpOrShowsAStaleSlot(Machine machine) {
        int states = 0;
        for (int[] pushes : PUSHES) {
            for (int wakeAt = 1; wakeAt <= 3; wakeAt++) {
                var model = new WakeUpModel(EnumSet.allOf(Part.class), machine, wakeAt, pushes);
                assertThat(model.run()).isEqualTo(Verdict.FINE);
                states += model.states();
            }
        }
        assertThat(states).as("the walk went somewhere").isGreaterThan(2000);
    }

    @Test
    void withoutTheSecondLookAWakeUpIsLost() {
        assertThat(without(Part.SECOND_LOOK, Machine.IN_ORDER)).isEqualTo(Verdict.LOST_WAKE_UP);
    }

    @Test
    void withoutTheFenceInThePushAWakeUpIsLostOnX86Already() {
        assertThat(without(Part.FENCE_IN_PUSH, Machine.IN_ORDER)).isEqualTo(Verdict.LOST_WAKE_UP);
    }

    @Test
    void withoutTheFenceInTheFinalCheckAWakeUpIsLostOnX86Already() {
        assertThat(without(Part.FENCE_IN_FINAL_CHECK, Machine.IN_ORDER))
                .isEqualTo(Verdict.LOST_WAKE_UP);
    }

    @Test
    void withoutTheReleaseASlotIsStaleWhereStoresPassEachOther() {
        assertThat(without(Part.RELEASE, Machine.ANY_ORDER)).isEqualTo(Verdict.STALE_SLOT);
        assertThat(without(Part.RELEASE, Machine.IN_ORDER)).isEqualTo(Verdict.FINE);
    }

    private static Verdict without(Part part, Machine machine) {
        Set<Part> rest = EnumSet.complementOf(EnumSet.of(part));
        return new WakeUpModel(rest, machine, 1, 1, 1).run();
    }
}
