// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.junit.jupiter.api.Test;

/// The checks that implementers are given, on the largest device there can be.
class BlockDeviceTest {
    private final BlockDevice device =
            new BlockDevice() {
                @Override
                public int sectorSize() {
                    return 4096;
                }

                @Override
                public long sectors() {
                    return Long.MAX_VALUE;
                }

                @Override
                public void read(long sector, Cstruct target) {}

                @Override
                public void write(long sector, ReadOnlyCstruct source) {}

                @Override
                public void sync() {}
            };

    @Test
    void wholeSectorsAreCounted() {
        assertThat(device.checkOctets(Long.MAX_VALUE - 2, 8192)).isEqualTo(2);
        assertThat(device.checkOctets(Long.MAX_VALUE, 0)).isZero();
    }

    @Test
    void noSumOverflows() {
        assertThatThrownBy(() -> device.checkOctets(Long.MAX_VALUE - 1, 8192))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("sector 9223372036854775806 + count 2 > 9223372036854775807");
        assertThatThrownBy(() -> device.checkSectors(Long.MAX_VALUE, Long.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> device.checkSectors(0, Long.MIN_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void itCanBeWrittenUnlessItSaysOtherwise() {
        assertThat(device.isReadOnly()).isFalse();
    }
}
