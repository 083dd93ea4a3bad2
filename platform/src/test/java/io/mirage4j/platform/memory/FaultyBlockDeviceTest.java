// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.contract.BlockDeviceContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

class FaultyBlockDeviceTest {
    private static final int SECTORS = 64;

    @Nested
    class WithPower extends BlockDeviceContract {
        @Override
        protected BlockDevice open() {
            return device(1);
        }
    }

    @Test
    void whatWasSyncedSurvives() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            FaultyBlockDevice disk = device(seed);
            fill(disk, 1);
            disk.sync();
            assertThat(disk.unsyncedSectors()).isZero();
            disk.powerOff();
            disk.powerOn();
            assertThat(octets(disk)).containsExactly(1);
        }
    }

    @Test
    void whatWasNotSyncedSurvivesInPartAndTorn() throws IOException {
        Set<Integer> wholeSectors = new HashSet<>();
        int torn = 0;
        for (int seed = 0; seed < 50; seed++) {
            FaultyBlockDevice disk = device(seed);
            fill(disk, 1);
            disk.sync();
            fill(disk, 2);
            fill(disk, 3);
            disk.powerOff();
            disk.powerOn();
            Cstruct sector = Cstruct.create(512);
            for (int i = 0; i < SECTORS; i++) {
                disk.read(i, sector);
                if (sector.u8(0) == sector.u8(511)) {
                    wholeSectors.add(sector.u8(0));
                } else {
                    torn++;
                }
            }
            assertThat(octets(disk)).isSubsetOf(1, 2, 3);
        }
        assertThat(wholeSectors).containsExactly(1, 2, 3);
        assertThat(torn).isBetween(10, 50 * SECTORS / 4);
    }

    @Test
    void theSameSeedLosesTheSame() throws IOException {
        assertThat(afterAFailure(7)).isEqualTo(afterAFailure(7));
        assertThat(afterAFailure(7)).isNotEqualTo(afterAFailure(8));
    }

    @Test
    void thePowerFailsInTheMiddleOfAWrite() throws IOException {
        FaultyBlockDevice disk = device(9);
        disk.powerFailsAfter(5);
        disk.write(0, Cstruct.create(3 * 512));
        assertThatIOException()
                .isThrownBy(() -> disk.write(10, Cstruct.create(3 * 512)))
                .withMessage("power is off");
        assertThatIOException().isThrownBy(disk::sync);
        assertThatIOException().isThrownBy(() -> disk.read(0, Cstruct.create(512)));
        assertThatIOException().isThrownBy(() -> disk.discard(0, 1));
        disk.powerOff();
        disk.powerOn();
        disk.write(10, Cstruct.create(20 * 512));
        disk.sync();
    }

    private static FaultyBlockDevice device(long seed) {
        return FaultyBlockDevice.over(MemoryBlockDevice.create(512, SECTORS), seed);
    }

    private static Cstruct afterAFailure(long seed) throws IOException {
        FaultyBlockDevice disk = device(seed);
        fill(disk, 1);
        disk.powerOff();
        disk.powerOn();
        Cstruct all = Cstruct.create(SECTORS * 512);
        disk.read(0, all);
        return all;
    }

    private static void fill(BlockDevice disk, int octet) throws IOException {
        Cstruct all = Cstruct.create(SECTORS * 512);
        all.fill(octet);
        disk.write(0, all);
    }

    private static Set<Integer> octets(BlockDevice disk) throws IOException {
        Cstruct all = Cstruct.create(SECTORS * 512);
        disk.read(0, all);
        Set<Integer> octets = new HashSet<>();
        for (int off = 0; off < all.length(); off++) {
            octets.add(all.u8(off));
        }
        return octets;
    }
}
