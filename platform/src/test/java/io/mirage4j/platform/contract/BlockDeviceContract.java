// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Random;

/// What every [BlockDevice] that can be written does.
public abstract class BlockDeviceContract {
    private BlockDevice device;
    private int size;
    private long sectors;

    /// A device of at least 16 sectors, which the test may write.
    protected abstract BlockDevice open() throws Exception;

    @BeforeEach
    final void openTheDevice() throws Exception {
        device = open();
        size = device.sectorSize();
        sectors = device.sectors();
    }

    @Test
    void theSectorSizeIsAPowerOfTwoFrom512On() {
        assertThat(Integer.bitCount(size)).isOne();
        assertThat(size).isGreaterThanOrEqualTo(512);
        assertThat(sectors).isGreaterThanOrEqualTo(16);
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Cstruct written = random(3, 1);
        device.write(5, written);
        assertThat(read(5, 3)).isEqualTo(written);
        assertThat(read(6, 1)).isEqualTo(written.sub(size, size));
    }

    @Test
    void theCallerMayReuseTheBufferOfAWrite() throws Exception {
        Cstruct buf = random(1, 1);
        Cstruct before = Cstruct.of(buf.toByteArray());
        device.write(0, buf);
        buf.fill(0x55);
        assertThat(read(0, 1)).isEqualTo(before);
    }

    @Test
    void aWriteTouchesOnlyItsSectors() throws Exception {
        Cstruct ground = random((int) Math.min(sectors, 16), 1);
        device.write(0, ground);
        device.write(7, random(2, 2));
        assertThat(read(0, 7)).isEqualTo(ground.sub(0, 7 * size));
        assertThat(read(9, 7)).isEqualTo(ground.sub(9 * size, 7 * size));
    }

    @Test
    void theLastSectorIsTheLast() throws Exception {
        Cstruct written = random(1, 3);
        device.write(sectors - 1, written);
        assertThat(read(sectors - 1, 1)).isEqualTo(written);
    }

    @Test
    void windowsAnywhereInABufferWillDo() throws Exception {
        Cstruct buf = Cstruct.create(size + 13);
        Cstruct written = random(1, 4);
        buf.put(13, written);
        device.write(2, buf.shift(13));
        Cstruct target = Cstruct.create(size + 7);
        device.read(2, target.sub(3, size));
        assertThat(target.sub(3, size)).isEqualTo(written);
        assertThat(target.u24be(0)).isZero();
        assertThat(target.u32be(size + 3)).isZero();
    }

    @Test
    void manyRandomWritesAreReadBack() throws Exception {
        int span = (int) Math.min(sectors, 64);
        Cstruct model = random(span, 5);
        device.write(0, model);
        var random = new Random(6);
        for (int i = 0; i < 200; i++) {
            int count = 1 + random.nextInt(4);
            int sector = random.nextInt(span - count + 1);
            Cstruct octets = random(count, i);
            device.write(sector, octets);
            model.put(sector * size, octets);
        }
        device.sync();
        assertThat(read(0, span)).isEqualTo(model);
    }

    @Test
    void emptyRequestsDoNothing() throws Exception {
        Cstruct last = random(1, 7);
        device.write(sectors - 1, last);
        device.read(sectors, Cstruct.empty());
        device.write(sectors, Cstruct.empty());
        device.discard(sectors, 0);
        device.discard(sectors - 1, 0);
        device.sync();
        assertThat(read(sectors - 1, 1)).isEqualTo(last);
        assertThat(device.sectors()).isEqualTo(sectors);
    }

    @Test
    void partsOfSectorsAreRefused() {
        assertThatThrownBy(() -> device.read(0, Cstruct.create(size - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length " + (size - 1));
        assertThatThrownBy(() -> device.write(0, Cstruct.create(size + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sectorsOutsideTheDeviceAreRefused() {
        Cstruct two = Cstruct.create(2 * size);
        for (long sector : new long[] {-1, sectors - 1, sectors, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> device.read(sector, two))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("sector " + sector);
            assertThatThrownBy(() -> device.write(sector, two))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> device.discard(sector, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> device.discard(0, -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> device.discard(1, Long.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void discardLeavesTheNeighboursAlone() throws Exception {
        Cstruct ground = random(16, 7);
        device.write(0, ground);
        device.discard(4, 8);
        device.sync();
        assertThat(read(0, 4)).isEqualTo(ground.sub(0, 4 * size));
        assertThat(read(12, 4)).isEqualTo(ground.sub(12 * size, 4 * size));
    }

    private Cstruct read(long sector, int count) throws Exception {
        Cstruct target = Cstruct.create(count * size);
        device.read(sector, target);
        return target;
    }

    private Cstruct random(int count, int seed) {
        byte[] octets = new byte[count * size];
        new Random(seed).nextBytes(octets);
        return Cstruct.of(octets);
    }
}
