// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.BlockDevice;

/// Sectors in a window. Whatever is written is safe at once, as far as memory is.
public final class MemoryBlockDevice implements BlockDevice {
    private static final int SMALLEST_SECTOR = 512;

    private final Cstruct memory;
    private final int sectorSize;
    private final long sectors;

    private MemoryBlockDevice(Cstruct memory, int sectorSize) {
        if (sectorSize < SMALLEST_SECTOR || Integer.bitCount(sectorSize) != 1) {
            throw new IllegalArgumentException(
                    "sector size " + sectorSize + " is no power of two from 512 on");
        }
        if ((memory.length() & (sectorSize - 1)) != 0) {
            throw new IllegalArgumentException(
                    "length "
                            + memory.length()
                            + " is no multiple of the sector size "
                            + sectorSize);
        }
        this.memory = memory;
        this.sectorSize = sectorSize;
        this.sectors = memory.length() / sectorSize;
    }

    /// A device of `sectors` sectors of `sectorSize` zero octets.
    public static MemoryBlockDevice create(int sectorSize, int sectors) {
        return over(Cstruct.create(Math.multiplyExact(sectorSize, sectors)), sectorSize);
    }

    /// A device whose sectors are the octets of `memory`, say an image that was read from a file.
    public static MemoryBlockDevice over(Cstruct memory, int sectorSize) {
        return new MemoryBlockDevice(memory, sectorSize);
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public long sectors() {
        return sectors;
    }

    @Override
    public void read(long sector, Cstruct target) {
        checkOctets(sector, target.length());
        memory.copyTo(offset(sector), target, 0, target.length());
    }

    @Override
    public void write(long sector, ReadOnlyCstruct source) {
        checkOctets(sector, source.length());
        memory.put(offset(sector), source);
    }

    @Override
    public void sync() {}

    private int offset(long sector) {
        return (int) (sector * sectorSize);
    }
}
