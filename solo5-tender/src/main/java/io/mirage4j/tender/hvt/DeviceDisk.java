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
        inPieces(memory, address, length, offset, this::readPiece);
    }

    @Override
    public void write(GuestMemory memory, long address, long length, long offset)
            throws IOException {
        inPieces(memory, address, length, offset, this::writePiece);
    }

    /// One step of a request: octets of the disk from `at` on, and their place in the guest.
    private interface Step {
        void go(long at, Cstruct window) throws IOException;
    }

    private void inPieces(GuestMemory memory, long address, long length, long offset, Step step)
            throws IOException {
        for (long done = 0; done < length; ) {
            long at = offset + done;
            int piece = piece(within(at), length - done);
            step.go(at, memory.window(address + done, piece));
            done += piece;
        }
    }

    private void readPiece(long at, Cstruct target) throws IOException {
        int size = sectorOctets();
        if (target.length() % size == 0) {
            device.read(at / size, target);
        } else {
            device.read(at / size, sector);
            target.put(0, sector.sub(within(at), target.length()));
        }
    }

    private void writePiece(long at, Cstruct source) throws IOException {
        int size = sectorOctets();
        if (source.length() % size == 0) {
            device.write(at / size, source);
        } else {
            device.read(at / size, sector);
            sector.put(within(at), source);
            device.write(at / size, sector);
        }
    }

    private int within(long at) {
        return (int) (at & (sectorOctets() - 1));
    }

    /// How much of a request the next step does: whole sectors, or a piece of one.
    private int piece(int within, long left) {
        int size = sectorOctets();
        if (within != 0 || left < size) return (int) Math.min(size - within, left);
        return (int) Math.min(left & -size, LONGEST_WINDOW);
    }
}
