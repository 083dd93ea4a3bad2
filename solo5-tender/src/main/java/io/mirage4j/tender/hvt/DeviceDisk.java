// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;

import java.io.IOException;

/// Any block device of the platform. A guest may ask for any octets of it; a piece of a sector goes
/// by way of a copy of the whole one.
final class DeviceDisk implements Disk {
    /// Requests are cut into windows of this size, a multiple of every sector size.
    private static final int LONGEST_WINDOW = 1 << 20;

    private final BlockDevice device;
    private final Cstruct sector;

    DeviceDisk(BlockDevice device) {
        this.device = device;
        sector = Cstruct.create(device.sectorSize());
    }

    @Override
    public long capacityOctets() {
        return device.sectors() * device.sectorSize();
    }

    @Override
    public int sectorOctets() {
        return device.sectorSize();
    }

    @Override
    public void read(GuestMemory memory, long address, long length, long offset)
            throws IOException {
        int size = sectorOctets();
        for (long done = 0; done < length; ) {
            long at = offset + done;
            int within = (int) (at & (size - 1));
            int piece = piece(within, length - done);
            Cstruct target = memory.window(address + done, piece);
            if (piece % size == 0) {
                device.read(at / size, target);
            } else {
                device.read(at / size, sector);
                target.put(0, sector.sub(within, piece));
            }
            done += piece;
        }
    }

    @Override
    public void write(GuestMemory memory, long address, long length, long offset)
            throws IOException {
        int size = sectorOctets();
        for (long done = 0; done < length; ) {
            long at = offset + done;
            int within = (int) (at & (size - 1));
            int piece = piece(within, length - done);
            Cstruct source = memory.window(address + done, piece);
            if (piece % size == 0) {
                device.write(at / size, source);
            } else {
                device.read(at / size, sector);
                sector.put(within, source);
                device.write(at / size, sector);
            }
            done += piece;
        }
    }

    /// How much of a request the next step does: whole sectors, or a piece of one.
    private int piece(int within, long left) {
        int size = sectorOctets();
        if (within != 0 || left < size) return (int) Math.min(size - within, left);
        return (int) Math.min(left & -size, LONGEST_WINDOW);
    }
}
