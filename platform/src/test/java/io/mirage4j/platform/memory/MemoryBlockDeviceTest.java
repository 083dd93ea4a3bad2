// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.contract.BlockDeviceContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryBlockDeviceTest {
    @Nested
    class OfSmallSectors extends BlockDeviceContract {
        @Override
        protected BlockDevice open() {
            return MemoryBlockDevice.create(512, 16);
        }
    }

    @Nested
    class OfLargeSectors extends BlockDeviceContract {
        @Override
        protected BlockDevice open() {
            return MemoryBlockDevice.over(Cstruct.create(100 * 4096), 4096);
        }
    }

    @Test
    void anImageIsReadWhereItLies() {
        Cstruct image = Cstruct.create(1024);
        image.putU8(512, 0xeb);
        Cstruct sector = Cstruct.create(512);
        MemoryBlockDevice.over(image, 512).read(1, sector);
        assertThat(sector.u8(0)).isEqualTo(0xeb);
    }

    @Test
    void aDeviceMayHaveNoSectors() {
        assertThat(MemoryBlockDevice.create(512, 0).sectors()).isZero();
    }

    @Test
    void oddSizesAreRefused() {
        assertThatThrownBy(() -> MemoryBlockDevice.create(256, 4))
                .hasMessage("sector size 256 is no power of two from 512 on");
        assertThatThrownBy(() -> MemoryBlockDevice.create(1000, 4))
                .hasMessage("sector size 1000 is no power of two from 512 on");
        assertThatThrownBy(() -> MemoryBlockDevice.over(Cstruct.create(513), 512))
                .hasMessage("length 513 is no multiple of the sector size 512");
        assertThatThrownBy(() -> MemoryBlockDevice.create(4096, 1 << 20))
                .isInstanceOf(ArithmeticException.class);
    }
}
