// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.contract.BlockDeviceContract;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.Arena;

class BoardBlockDeviceTest extends BlockDeviceContract {
    private final MemoryBoard memory = new MemoryBoard().disk("storage", 64);
    private final BoardBlockDevice disk = new Machine(memory).block("storage");

    @Override
    protected BlockDevice open() {
        return disk;
    }

    @Test
    void nativeBuffersAndHeapBuffersReadTheSame() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct written = Cstruct.allocate(arena, 4 * MemoryBoard.BLOCK_SIZE, 8);
            written.fill(0x5a);
            disk.write(7, written);
            Cstruct onHeap = Cstruct.create(written.length());
            Cstruct offHeap = Cstruct.allocate(arena, written.length(), 8);
            disk.read(7, onHeap);
            disk.read(7, offHeap);
            assertThat(onHeap).isEqualTo(written).isEqualTo(offHeap);
        }
    }

    @Test
    void aDeviceThatFailsIsNamed() {
        memory.failWith = 3;
        assertThatThrownBy(() -> disk.read(2, Cstruct.create(MemoryBoard.BLOCK_SIZE)))
                .isInstanceOf(IOException.class)
                .hasMessage("block device storage: read at sector 2 failed, result 3");
        assertThatThrownBy(() -> disk.write(2, Cstruct.create(MemoryBoard.BLOCK_SIZE)))
                .isInstanceOf(IOException.class)
                .hasMessage("block device storage: write at sector 2 failed, result 3");
    }

    @Test
    void syncFlushesTheDevice() throws IOException {
        disk.sync();
        assertThat(memory.flushes).isEqualTo(1);
        memory.failWith = 3;
        assertThatThrownBy(disk::sync)
                .isInstanceOf(IOException.class)
                .hasMessage("block device storage: flush failed, result 3");
    }
}
