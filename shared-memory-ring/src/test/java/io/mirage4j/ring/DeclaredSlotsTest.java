// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.layout.CAligned;
import io.mirage4j.cstruct.layout.Count;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.LittleEndian;
import io.mirage4j.cstruct.layout.U16;
import io.mirage4j.cstruct.layout.U32;
import io.mirage4j.cstruct.layout.U64;
import io.mirage4j.cstruct.layout.U8;
import io.mirage4j.cstruct.layout.Union;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;

/// Slots that are declared: those of `xen/io/blkif.h`, 112 octets, and larger ones, on rings of one
/// page and of several.
class DeclaredSlotsTest {
    @Layout(size = 8)
    @LittleEndian
    @CAligned
    interface Segment {
        @U32
        int gref();

        @U8
        int firstSect();

        @U8
        int lastSect();
    }

    @Layout(size = 112)
    @LittleEndian
    @CAligned
    interface BlockRequest {
        @U8
        int operation();

        @U8
        int nrSegments();

        @U16
        int handle();

        @U64
        long id();

        @U64
        long sectorNumber();

        @Count(11)
        Segment[] seg();
    }

    @Layout(size = 16)
    @LittleEndian
    @CAligned
    interface BlockResponse {
        @U64
        long id();

        @U8
        int operation();

        @U16
        int status();
    }

    @Layout(size = 112)
    @Union
    interface BlockSlot {
        BlockRequest request();

        BlockResponse response();
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
    void aBlockRequestGoesOverAndComesBackAnswered() {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct page = SlotRingTest.page(arena, 4096);
            FrontRing front = FrontRing.create(page, DeclaredSlotsTestBlockSlotLayout.SIZE);
            BackRing back = BackRing.attach(page, DeclaredSlotsTestBlockSlotLayout.SIZE);
            assertThat(front.count()).isEqualTo(32);
            for (long id = 1; id < 1000; id++) {
                int slot = front.slot();
                DeclaredSlotsTestBlockRequestLayout.putId(page, slot, id);
                DeclaredSlotsTestBlockRequestLayout.putNrSegments(page, slot, 11);
                int last = DeclaredSlotsTestBlockRequestLayout.segAt(slot, 10);
                DeclaredSlotsTestSegmentLayout.putGref(page, last, (int) id * 3);
                front.commit();
                front.push();

                int asked = back.poll();
                int gref =
                        DeclaredSlotsTestSegmentLayout.gref(
                                page, DeclaredSlotsTestBlockRequestLayout.segAt(asked, 10));
                assertThat(gref).isEqualTo((int) id * 3);
                long echoed = DeclaredSlotsTestBlockRequestLayout.id(page, asked);
                int answer = back.slot();
                DeclaredSlotsTestBlockResponseLayout.putId(page, answer, echoed);
                DeclaredSlotsTestBlockResponseLayout.putStatus(page, answer, gref & 0xffff);
                back.commit();
                back.push();

                int answered = front.poll();
                assertThat(DeclaredSlotsTestBlockResponseLayout.id(page, answered)).isEqualTo(id);
                assertThat(DeclaredSlotsTestBlockResponseLayout.status(page, answered))
                        .isEqualTo((int) id * 3);
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
