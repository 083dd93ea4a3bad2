// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.BlockDevice;

import java.io.IOException;

/// A block device of the board. A request of any length is one call; native buffers are read and
/// written in place.
///
/// Under Solo5's tenders, which have no call to flush, what is written is with the host when
/// [#write] returns, and survives a loss of power as far as the host lets it; [#sync] has nothing
/// to do there. A virtio device is flushed by it.
public final class BoardBlockDevice implements BlockDevice {
    private final Devices devices;
    private final int handle;
    private final String name;
    private final int sectorSize;
    private final long sectors;

    BoardBlockDevice(Devices devices, int handle, String name) {
        this.devices = devices;
        this.handle = handle;
        this.name = name;
        this.sectorSize = devices.blockSize(handle);
        this.sectors = devices.blockCapacity(handle) / sectorSize;
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
    public void read(long sector, Cstruct target) throws IOException {
        if (checkOctets(sector, target.length()) == 0) return;
        try (Addressed room = Addressed.roomFor(target)) {
            long offset = sector * sectorSize;
            check(
                    "read",
                    sector,
                    devices.blockRead(handle, offset, room.address(), target.length()));
            room.copyTo(target);
        }
    }

    @Override
    public void write(long sector, ReadOnlyCstruct source) throws IOException {
        if (checkOctets(sector, source.length()) == 0) return;
        try (Addressed octets = Addressed.of(source)) {
            long offset = sector * sectorSize;
            int length = source.length();
            check("write", sector, devices.blockWrite(handle, offset, octets.address(), length));
        }
    }

    @Override
    public void sync() throws IOException {
        int result = devices.blockFlush(handle);
        if (result != Devices.OK) {
            throw new IOException("block device " + name + ": flush failed, result " + result);
        }
    }

    private void check(String what, long sector, int result) throws IOException {
        if (result != Devices.OK) {
            throw new IOException(
                    "block device "
                            + name
                            + ": "
                            + what
                            + " at sector "
                            + sector
                            + " failed, result "
                            + result);
        }
    }
}
