// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.BlockDevice;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// The sectors of a file or of a disk of the host. Where the file system allows it, octets go past
/// the page cache ([#isDirect]): a native window that is aligned to the sector size is then filled
/// by the disk itself; others cost a copy. An interrupt does not disturb it. One caller at a time;
/// anybody may close it.
public final class FileBlockDevice implements BlockDevice, Closeable {
    /// What may be asked of [#open].
    public enum Option {
        READ_ONLY,
        /// Goes through the page cache, always.
        BUFFERED,
        /// For one at a time: a second one is refused until this is closed, or its process has
        /// ended however that was. Who opens without this is not stopped.
        EXCLUSIVE
    }

    private static final int SMALLEST_SECTOR = 512;
    private static final int LARGEST_SECTOR = 1 << 16;
    private static final int BOUNCE = 1 << 18;
    private static final int ALIGNMENT = 4096;

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CREAT_EXCL = 0x40 | 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int SEEK_END = 2;
    private static final int OWNER_ONLY = 0600;
    private static final int PUNCH_HOLE_KEEP_SIZE = 2 | 1;
    private static final int LOCK_EX_NB = 2 | 4;

    private final Descriptor descriptor;
    private final SystemCalls calls = new SystemCalls();
    private final int sectorSize;
    private final long sectors;
    private final boolean readOnly;
    private final boolean direct;
    private final MemorySegment bounce = Arena.ofAuto().allocate(BOUNCE, ALIGNMENT);
    private final Cstruct bounceWindow = Cstruct.of(bounce);

    private FileBlockDevice(
            Descriptor descriptor, int sectorSize, long octets, boolean readOnly, boolean direct) {
        this.descriptor = descriptor;
        this.sectorSize = sectorSize;
        this.sectors = octets / sectorSize;
        this.readOnly = readOnly;
        this.direct = direct;
    }

    /// Makes a new file of `sectors` sectors. It takes up no space until they are written.
    ///
    /// @throws IOException if there is a file already, or it can not be made
    public static FileBlockDevice create(Path path, int sectorSize, long sectors, Option... options)
            throws IOException {
        checkSectorSize(sectorSize);
        long octets = Math.multiplyExact(sectorSize, sectors);
        var calls = new SystemCalls();
        int fd = open(calls, path, O_RDWR | O_CREAT_EXCL | O_CLOEXEC);
        try {
            CLibrary.check(calls.ftruncate(fd, octets), "make " + path);
        } finally {
            calls.close(fd);
        }
        return open(path, sectorSize, options);
    }

    /// Opens a file or a disk as it is. What is behind its last whole sector is left alone.
    ///
    /// @throws IOException if it can not be opened, or is [Option#EXCLUSIVE] and somebody's already
    public static FileBlockDevice open(Path path, int sectorSize, Option... options)
            throws IOException {
        checkSectorSize(sectorSize);
        var wanted = java.util.Set.of(options);
        boolean readOnly = wanted.contains(Option.READ_ONLY);
        int flags = O_CLOEXEC | (readOnly ? O_RDONLY : O_RDWR);
        var calls = new SystemCalls();
        int fd = -CLibrary.EINVAL;
        if (!wanted.contains(Option.BUFFERED)) {
            fd = openDirect(calls, path, flags, sectorSize);
        }
        boolean direct = fd >= 0;
        if (!direct) {
            fd = open(calls, path, flags);
        }
        long octets;
        try {
            if (wanted.contains(Option.EXCLUSIVE)) {
                lock(calls, fd, path);
            }
            octets = calls.lseek(fd, 0, SEEK_END);
            if (octets < 0) throw CLibrary.failure(octets, "size of " + path);
        } catch (IOException e) {
            calls.close(fd);
            throw e;
        }
        return new FileBlockDevice(
                new Descriptor(path.toString(), fd), sectorSize, octets, readOnly, direct);
    }

    private static void lock(SystemCalls calls, int fd, Path path) throws IOException {
        int locked = calls.flock(fd, LOCK_EX_NB);
        if (locked == -CLibrary.EAGAIN) {
            throw new IOException(path + " is in use: somebody else has locked it");
        }
        CLibrary.check(locked, "lock " + path);
    }

    private static void checkSectorSize(int size) {
        if (size < SMALLEST_SECTOR || size > LARGEST_SECTOR || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "sector size " + size + " is no power of two in 512..65536");
        }
    }

    /// Opens past the page cache and reads a sector to see that the file system means it: one may
    /// open so and then want larger sectors. Below 0 if it is not to be had.
    private static int openDirect(SystemCalls calls, Path path, int flags, int sectorSize) {
        // The one flag here that is another number on another processor.
        int odirect = System.getProperty("os.arch").equals("aarch64") ? 0x10000 : 0x4000;
        try (Arena arena = Arena.ofConfined()) {
            int fd = calls.open(arena.allocateFrom(path.toString()), flags | odirect, 0);
            if (fd < 0) return fd;
            MemorySegment sector = arena.allocate(sectorSize, ALIGNMENT);
            long read = calls.pread(fd, sector, sectorSize, 0);
            if (read < 0) {
                calls.close(fd);
                return (int) read;
            }
            return fd;
        }
    }

    private static int open(SystemCalls calls, Path path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            return CLibrary.check(calls.open(name, flags, OWNER_ONLY), "open " + path);
        }
    }

    /// Whether octets go past the page cache.
    public boolean isDirect() {
        return direct;
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
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void read(long sector, Cstruct target) throws IOException {
        checkOctets(sector, target.length());
        long at = sector * sectorSize;
        int fd = descriptor.acquire();
        try {
            if (goesAsItIs(target)) {
                readFully(fd, target.asSegment(), target.length(), at);
                return;
            }
            for (int done = 0; done < target.length(); ) {
                int len = Math.min(BOUNCE, target.length() - done);
                readFully(fd, bounce, len, at + done);
                bounceWindow.copyTo(0, target, done, len);
                done += len;
            }
        } finally {
            descriptor.release();
        }
    }

    private void readFully(int fd, MemorySegment target, long len, long at) throws IOException {
        for (long done = 0; done < len; ) {
            long count = calls.pread(fd, target.asSlice(done), len - done, at + done);
            if (count == 0) throw new EOFException(descriptor.name() + " has become shorter");
            if (count < 0 && count != -CLibrary.EINTR) {
                throw CLibrary.failure(count, "read " + descriptor.name() + " at " + at);
            }
            done += Math.max(0, count);
        }
    }

    @Override
    public void write(long sector, ReadOnlyCstruct source) throws IOException {
        checkOctets(sector, source.length());
        if (readOnly) throw new IOException(descriptor.name() + " is read only");
        long at = sector * sectorSize;
        int fd = descriptor.acquire();
        try {
            if (goesAsItIs(source)) {
                writeFully(fd, source.asSegment(), source.length(), at);
                return;
            }
            for (int done = 0; done < source.length(); ) {
                int len = Math.min(BOUNCE, source.length() - done);
                source.copyTo(done, bounceWindow, 0, len);
                writeFully(fd, bounce, len, at + done);
                done += len;
            }
        } finally {
            descriptor.release();
        }
    }

    private void writeFully(int fd, MemorySegment source, long len, long at) throws IOException {
        for (long done = 0; done < len; ) {
            long count = calls.pwrite(fd, source.asSlice(done), len - done, at + done);
            if (count < 0 && count != -CLibrary.EINTR) {
                throw CLibrary.failure(count, "write " + descriptor.name() + " at " + at);
            }
            done += Math.max(0, count);
        }
    }

    private boolean goesAsItIs(ReadOnlyCstruct window) {
        return window.isNative()
                && (!direct || (window.asSegment().address() & (sectorSize - 1)) == 0);
    }

    @Override
    public void sync() throws IOException {
        int fd = descriptor.acquire();
        try {
            CLibrary.check(calls.fdatasync(fd), "sync " + descriptor.name());
        } finally {
            descriptor.release();
        }
    }

    /// Gives the space of the sectors back to the file system, where it can take it.
    @Override
    public void discard(long sector, long count) throws IOException {
        checkSectors(sector, count);
        if (count == 0) return;
        if (readOnly) throw new IOException(descriptor.name() + " is read only");
        int fd = descriptor.acquire();
        try {
            int result =
                    calls.fallocate(
                            fd, PUNCH_HOLE_KEEP_SIZE, sector * sectorSize, count * sectorSize);
            if (result != -CLibrary.EOPNOTSUPP) {
                CLibrary.check(result, "discard of " + descriptor.name());
            }
        } finally {
            descriptor.release();
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
