// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.layout.Verdict;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;

/// Structs of the Xen block interface, placed as its C compilers do.
class BlkifTest {
    @Test
    void aRequestIsAlignedAsOn64BitMachines() {
        assertThat(BlkifRequestLayout.OFFSET_OPERATION).isEqualTo(0);
        assertThat(BlkifRequestLayout.OFFSET_NR_SEGMENTS).isEqualTo(1);
        assertThat(BlkifRequestLayout.OFFSET_HANDLE).isEqualTo(2);
        assertThat(BlkifRequestLayout.OFFSET_ID).isEqualTo(8);
        assertThat(BlkifRequestLayout.OFFSET_SECTOR_NUMBER).isEqualTo(16);
        assertThat(BlkifRequestLayout.OFFSET_SEG).isEqualTo(24);
        assertThat(BlkifRequestLayout.COUNT_SEG).isEqualTo(11);
        assertThat(BlkifRequestLayout.SIZE).isEqualTo(112);
        assertThat(BlkifRequestLayout.ALIGNMENT).isEqualTo(8);
        assertThat(BlkifSegmentLayout.SIZE).isEqualTo(8);
        assertThat(BlkifSegmentLayout.ALIGNMENT).isEqualTo(4);
        assertThat(BlkifResponseLayout.OFFSET_STATUS).isEqualTo(10);
        assertThat(BlkifResponseLayout.SIZE).isEqualTo(16);
    }

    @Test
    void aRequestIsAlignedAsOnI386() {
        assertThat(BlkifRequest32Layout.OFFSET_ID).isEqualTo(4);
        assertThat(BlkifRequest32Layout.OFFSET_SECTOR_NUMBER).isEqualTo(12);
        assertThat(BlkifRequest32Layout.OFFSET_SEG).isEqualTo(20);
        assertThat(BlkifRequest32Layout.SIZE).isEqualTo(108);
        assertThat(BlkifRequest32Layout.ALIGNMENT).isEqualTo(4);
        assertThat(BlkifResponse32Layout.SIZE).isEqualTo(12);
    }

    @Test
    void segmentsAreReachedByTheirPlace() {
        Cstruct buf = Cstruct.create(4 + BlkifRequestLayout.SIZE);
        int request = 4;
        BlkifSegmentLayout.putGref(buf, BlkifRequestLayout.segAt(request, 10), 0xcafe);
        assertThat(buf.u32le(4 + 24 + 10 * 8)).isEqualTo(0xcafe);
        assertThatThrownBy(() -> BlkifRequestLayout.segAt(request, 11))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> BlkifRequestLayout.segAt(request, -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aFaultInASegmentIsNamedByItsPath() {
        Cstruct buf = Cstruct.create(BlkifRequestLayout.SIZE);
        assertThat(BlkifRequestLayout.validate(buf, 0, 112).isOk()).isTrue();
        BlkifSegmentLayout.putLastSect(buf, BlkifRequestLayout.segAt(0, 3), 8);
        assertThat(BlkifRequestLayout.validate(buf, 0, 112))
                .isEqualTo(new Verdict.OutOfRange("seg[3].lastSect", 8, 0, 7));
        BlkifRequestLayout.putNrSegments(buf, 0, 12);
        assertThat(BlkifRequestLayout.validate(buf, 0, 112))
                .isEqualTo(new Verdict.OutOfRange("nrSegments", 12, 0, 11));
    }

    @Test
    void aRingPageHasItsIndexesAndItsSlots() {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct page = Cstruct.allocate(arena, 4096, 4096);
            BlkifRingLayout.putReqProdRelease(page, 0, 7);
            BlkifRingLayout.putRspEventOpaque(page, 0, 1);
            assertThat(BlkifRingLayout.reqProdAcquire(page, 0)).isEqualTo(7);
            assertThat(BlkifRingLayout.getAndAddReqProd(page, 0, -8)).isEqualTo(7);
            assertThat(BlkifRingLayout.reqProdVolatile(page, 0)).isEqualTo(-1);
            assertThat(BlkifRingLayout.compareAndSetReqProd(page, 0, -1, 5)).isTrue();
            assertThat(BlkifRingLayout.compareAndSetReqProd(page, 0, -1, 6)).isFalse();
            assertThat(page.u32le(0)).isEqualTo(5);
            assertThat(page.u32le(12)).isEqualTo(1);

            assertThat(BlkifRingLayout.ringAt(0, 35)).isEqualTo(64 + 35 * 112);
            int slot = BlkifRingLayout.ringAt(0, 1);
            BlkifRequestLayout.putId(page, BlkifSlotLayout.requestAt(slot), 99);
            assertThat(BlkifResponseLayout.id(page, BlkifSlotLayout.responseAt(slot))).isZero();
            assertThat(page.u64le(64 + 112 + 8)).isEqualTo(99);
            assertThatThrownBy(
                            () ->
                                    BlkifRequestLayout.id(
                                            page,
                                            BlkifSlotLayout.requestAt(
                                                    BlkifRingLayout.ringAt(0, 36))))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aDumpIndentsWhatIsNestedAndCutsLongArrays() {
        Cstruct page = Cstruct.create(4096);
        assertThat(BlkifRingLayout.describe(page, 0))
                .startsWith(
                        """
                        Ring
                             0  reqProd                 0
                        """)
                .contains(
                        """
                            64  ring[0]                 Slot
                                64  request                 Request
                                    64  operation               0
                        """)
                .endsWith("ring: 20 more\n");
    }
}
