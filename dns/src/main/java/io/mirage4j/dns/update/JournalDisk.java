// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.BlockDevice;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// One disk for the journals of many zones: parts of one length, each a disk to its [Journal].
/// Whose a part is, the journal in it says itself, so there is no table that could be lost.
///
/// ```java
/// JournalDisk disk = JournalDisk.open(device, 64 << 20);
/// store.primary(zone, new ZoneSettings(access, notify, disk.part(zone.apex())));
/// ```
///
/// Any thread may call any method, and so use any part.
public final class JournalDisk {
    private final BlockDevice disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Part> parts = new ArrayList<>();

    private JournalDisk(BlockDevice disk) {
        this.disk = disk;
    }

    /// Opens a disk of journals, or makes one of a disk whose first sectors are zero.
    ///
    /// @param partOctets of a zone, twice what it may take, where the disk is new; one that is
    ///   smaller is one part
    /// @throws IOException if the disk fails, has no room for anything, or holds something else
    public static JournalDisk open(BlockDevice device, long partOctets) throws IOException {
        long room = device.sectors() - DiskLabel.SECTORS;
        if (room < Journal.LEAST_SECTORS) {
            throw new IOException(
                    "%d sectors are less than the %d that a journal takes"
                            .formatted(
                                    device.sectors(), DiskLabel.SECTORS + Journal.LEAST_SECTORS));
        }
        long sectors = DiskLabel.read(device);
        if (sectors == 0) {
            long wanted = Math.max(Journal.LEAST_SECTORS, partOctets / device.sectorSize());
            sectors = Math.min(wanted, room);
            DiskLabel.write(device, sectors);
        }
        var disk = new JournalDisk(device);
        for (long at = DiskLabel.SECTORS; at <= device.sectors() - sectors; at += sectors) {
            disk.parts.add(disk.new Part(at, sectors));
        }
        for (Part part : disk.parts) part.owner = part.read();
        return disk;
    }

    /// The part of a zone: the one that it has, or one that nobody has, or one whose zone was here
    /// and is gone. To close it says that the zone is gone; it is kept for it as long as there are
    /// others.
    ///
    /// @throws IOException if the disk fails, or there is none
    public BlockDevice part(DnsName apex) throws IOException {
        lock.lock();
        try {
            Part part = find(apex);
            if (part.inUse) throw new IOException("the journal of " + apex + " is in use");
            if (!apex.equals(part.owner) && part.owner != null) {
                JournalHalf.release(part);
            }
            part.owner = apex;
            part.inUse = true;
            part.isLeft = false;
            return part;
        } finally {
            lock.unlock();
        }
    }

    private Part find(DnsName apex) throws IOException {
        Part unused = null;
        Part left = null;
        for (Part part : parts) {
            if (apex.equals(part.owner)) return part;
            if (part.owner == null && unused == null) unused = part;
            else if (part.isLeft && left == null) left = part;
        }
        if (unused != null) return unused;
        if (left != null) return left;
        throw new IOException(
                "no room for a journal of %s: %d there are, of %s"
                        .formatted(
                                apex,
                                parts.size(),
                                parts.stream().limit(10).map(part -> part.owner).toList()));
    }

    /// A row of sectors of the disk. What it is closed with stays there.
    private final class Part implements BlockDevice, Closeable {
        private final long first;
        private final long sectors;
        private @Nullable DnsName owner;
        private boolean inUse;
        private boolean isLeft;

        Part(long first, long sectors) {
            this.first = first;
            this.sectors = sectors;
        }

        @Nullable DnsName read() throws IOException {
            return JournalHalf.owner(this);
        }

        @Override
        public int sectorSize() {
            return disk.sectorSize();
        }

        @Override
        public long sectors() {
            return sectors;
        }

        @Override
        public boolean isReadOnly() {
            return disk.isReadOnly();
        }

        @Override
        public void read(long sector, Cstruct target) throws IOException {
            checkOctets(sector, target.length());
            lock.lock();
            try {
                disk.read(first + sector, target);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void write(long sector, ReadOnlyCstruct source) throws IOException {
            checkOctets(sector, source.length());
            lock.lock();
            try {
                disk.write(first + sector, source);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void sync() throws IOException {
            lock.lock();
            try {
                disk.sync();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                inUse = false;
                isLeft = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
