// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.layout.CAligned;
import io.mirage4j.cstruct.layout.Count;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.LittleEndian;
import io.mirage4j.cstruct.layout.U32;
import io.mirage4j.cstruct.layout.U64;
import io.mirage4j.cstruct.layout.Union;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;

/// Slots that are declared, of 112 octets and larger, on rings of one page and of several.
class DeclaredSlotsTest {
    @Layout(size = 112)
    @LittleEndian
    interface SumRequest {
        @U32
        int id();

        @U32
        int used();

        @Count(13)
        @U64
        long[] word();
    }

    @Layout(size = 16)
    @LittleEndian
    @CAligned
    interface SumResponse {
        @U32
        int id();

        @U64
        long sum();
    }

    @Layout(size = 112)
    @Union
    interface SumSlot {
        SumRequest request();

        SumResponse response();
    }

    @Layout(size = 500)
    @LittleEndian
    interface LargeSlot {
        @U32
        int id();

        @Count(31)
        @U64
        long[] value();

        @Count(31)
        @U64
        long[] square();
    }

    @Test
    void aRequestOf112OctetsComesBackAnswered() {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct page = SlotRingTest.page(arena, 4096);
            FrontRing front = FrontRing.create(page, DeclaredSlotsTestSumSlotLayout.SIZE);
            BackRing back = BackRing.attach(page, DeclaredSlotsTestSumSlotLayout.SIZE);
            assertThat(front.count()).isEqualTo(32);
            for (int id = 1; id < 1000; id++) {
                int slot = front.slot();
                DeclaredSlotsTestSumRequestLayout.putId(page, slot, id);
                DeclaredSlotsTestSumRequestLayout.putWord(page, slot, 0, id);
                DeclaredSlotsTestSumRequestLayout.putWord(page, slot, 12, 2L * id);
                front.commit();
                front.push();

                int asked = back.poll();
                int echoed = DeclaredSlotsTestSumRequestLayout.id(page, asked);
                long sum =
                        DeclaredSlotsTestSumRequestLayout.word(page, asked, 0)
                                + DeclaredSlotsTestSumRequestLayout.word(page, asked, 12);
                int answer = back.slot();
                DeclaredSlotsTestSumResponseLayout.putId(page, answer, echoed);
                DeclaredSlotsTestSumResponseLayout.putSum(page, answer, sum);
                back.commit();
                back.push();

                int answered = front.poll();
                assertThat(DeclaredSlotsTestSumResponseLayout.id(page, answered)).isEqualTo(id);
                assertThat(DeclaredSlotsTestSumResponseLayout.sum(page, answered))
                        .isEqualTo(3L * id);
            }
        }
    }

    @Test
    void aLargeSlotIsAnsweredInPlaceOnARingOfFourPages() {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct pages = SlotRingTest.page(arena, 4 * 4096);
            FrontRing front = FrontRing.create(pages, DeclaredSlotsTestLargeSlotLayout.SIZE);
            BackRing back = BackRing.attach(pages, DeclaredSlotsTestLargeSlotLayout.SIZE);
            assertThat(front.count()).isEqualTo(32);
            for (int id = 1; id < 100; id++) {
                int slot = front.slot();
                DeclaredSlotsTestLargeSlotLayout.putId(pages, slot, id);
                for (int i = 0; i < DeclaredSlotsTestLargeSlotLayout.COUNT_VALUE; i++) {
                    DeclaredSlotsTestLargeSlotLayout.putValue(pages, slot, i, id + i);
                }
                front.commit();
                front.push();

                int asked = back.poll();
                int answer = back.slot();
                assertThat(answer).isEqualTo(asked);
                for (int i = 0; i < DeclaredSlotsTestLargeSlotLayout.COUNT_VALUE; i++) {
                    long value = DeclaredSlotsTestLargeSlotLayout.value(pages, asked, i);
                    DeclaredSlotsTestLargeSlotLayout.putSquare(pages, answer, i, value * value);
                }
                back.commit();
                back.push();

                int answered = front.poll();
                assertThat(DeclaredSlotsTestLargeSlotLayout.id(pages, answered)).isEqualTo(id);
                assertThat(DeclaredSlotsTestLargeSlotLayout.square(pages, answered, 30))
                        .isEqualTo((id + 30L) * (id + 30L));
            }
        }
    }
}
