// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.tender.linux.Linux;
import io.mirage4j.tender.linux.OpenFlags;
import io.mirage4j.tender.linux.Syscall;

import java.io.IOException;

/// A file, or a block device of the host. The kernel copies between it and the guest's memory;
/// nothing here allocates.
final class FileDisk implements Disk {
    private static final int SEEK_END = 2;

    private final Linux linux = new Linux();
    private final String path;
    private final int descriptor;
    private final long capacity;
    private final int sectorOctets;

    FileDisk(String path, int sectorOctets) throws IOException {
        this.path = path;
        this.sectorOctets = sectorOctets;
        descriptor = linux.open(path, OpenFlags.READ_WRITE);
        capacity = linux.call(Syscall.LSEEK, descriptor, 0, SEEK_END);
        if (capacity < 0) {
            close();
            Linux.orThrow(path, capacity);
        }
    }

    @Override
    public long capacityOctets() {
        return capacity;
    }

    @Override
    public int sectorOctets() {
        return sectorOctets;
    }

    @Override
    public void read(GuestMemory memory, long address, long length, long offset)
            throws IOException {
        transfer(Syscall.PREAD64, memory.hostAddress() + address, length, offset);
    }

    @Override
    public void write(GuestMemory memory, long address, long length, long offset)
            throws IOException {
        transfer(Syscall.PWRITE64, memory.hostAddress() + address, length, offset);
    }

    private void transfer(int call, long address, long length, long offset) throws IOException {
        for (long done = 0; done < length; ) {
            long octets =
                    linux.call(call, descriptor, address + done, length - done, offset + done);
            if (octets == -Linux.EINTR) continue;
            if (Linux.orThrow(path, octets) == 0) {
                throw new IOException(path + ": ends at " + (offset + done) + ", was " + capacity);
            }
            done += octets;
        }
    }

    @Override
    public void close() {
        linux.close(descriptor);
    }
}
