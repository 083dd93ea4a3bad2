// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A ring in a file that several processes map. One creates it, the others open it and say what
/// they expect to find; what is not so is refused. A file in memory (`/dev/shm` on Linux) never
/// touches a disk. All fields are little-endian.
///
/// ```
///    0   8 octets  magic, "MIRARING"
///    8  u32  version, 1
///   12  u32  kind: 1 requests, 2 console, 3 xenstore, 4 flexible, 5 one-to-one records,
///            6 many-to-one records
///   16  u32  detail: slot size, 0, 0, order, capacity, capacity
///   20  u32  ready: 1 once the ring is made, stored last
///   24  u64  size of the ring in octets
///   32       zero
/// 4096       the ring
/// ```
///
/// Whoever can write the file can also cut it short, and then an access throws an [InternalError]:
/// share it with processes that may stop you.
public final class RingFile implements AutoCloseable {
    /// Where the ring begins in the file.
    public static final int RING_OFFSET = 4096;

    private static final long MAGIC = 0x474e49524152494dL; // "MIRARING", first letter lowest
    private static final int VERSION = 1;

    private static final int MAGIC_AT = 0;
    private static final int VERSION_AT = 8;
    private static final int KIND_AT = 12;
    private static final int DETAIL_AT = 16;
    private static final int READY_AT = 20;
    private static final int SIZE_AT = 24;

    private final Arena arena;
    private final Cstruct memory;

    private RingFile(Arena arena, Cstruct memory) {
        this.arena = arena;
        this.memory = memory;
    }

    /// Makes a new file with an empty ring, which only its owner may read or write; whoever else is
    /// to take part is let in by its permissions.
    public static RingFile create(Path path, RingKind kind) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(path, options, ownerOnly(path))) {
            return map(file, kind, RingFile::init);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// Opens a file that another process has made, which must hold a ring of exactly this kind.
    public static RingFile open(Path path, RingKind kind) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Mapping more than there is would make the file longer.
            expect(path, "size", file.size(), RING_OFFSET + (long) kind.ringOctets());
            return map(file, kind, (head, memory, expected) -> check(path, head, expected));
        }
    }

    /// The ring's memory, without the head of the file. It lives until [#close].
    public Cstruct memory() {
        return memory;
    }

    /// Unmaps the file. Later accesses throw an `IllegalStateException`.
    @Override
    public void close() {
        arena.close();
    }

    @FunctionalInterface
    private interface Begin {
        void begin(Cstruct head, Cstruct memory, RingKind kind) throws IOException;
    }

    private static RingFile map(FileChannel file, RingKind kind, Begin begin) throws IOException {
        long size = RING_OFFSET + (long) kind.ringOctets();
        Arena arena = Arena.ofShared();
        boolean done = false;
        try {
            MemorySegment all = file.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            Cstruct head = Cstruct.of(all.asSlice(0, RING_OFFSET));
            Cstruct memory = Cstruct.of(all.asSlice(RING_OFFSET));
            begin.begin(head, memory, kind);
            done = true;
            return new RingFile(arena, memory);
        } finally {
            if (!done) {
                arena.close();
            }
        }
    }

    private static void init(Cstruct head, Cstruct memory, RingKind kind) {
        switch (kind) {
            case RingKind.Requests _ -> Sring.init(memory);
            case RingKind.Flex flex -> FlexRing.init(memory, flex.order());
            case RingKind.OneToOneRecords _, RingKind.ManyToOneRecords _ -> RecordRing.init(memory);
            case RingKind.Console _, RingKind.Xenstore _ -> {} // a new file is zero
        }
        head.putU64le(MAGIC_AT, MAGIC);
        head.putU32le(VERSION_AT, VERSION);
        head.putU32le(KIND_AT, kind.number());
        head.putU32le(DETAIL_AT, kind.detail());
        head.putU64le(SIZE_AT, kind.ringOctets());
        head.putIntRelease(READY_AT, 1);
    }

    private static void check(Path path, Cstruct head, RingKind kind) throws IOException {
        expect(path, "ready", head.getIntAcquire(READY_AT), 1);
        expect(path, "magic", head.u64le(MAGIC_AT), MAGIC);
        expect(path, "version", head.u32le(VERSION_AT), VERSION);
        expect(path, "kind", head.u32le(KIND_AT), kind.number());
        expect(path, "detail", head.u32le(DETAIL_AT), kind.detail());
        expect(path, "ring size", head.u64le(SIZE_AT), kind.ringOctets());
    }

    private static void expect(Path path, String what, long found, long wanted) throws IOException {
        if (found != wanted) {
            throw new IOException(
                    "ring file " + path + ": " + what + " " + found + ", expected " + wanted);
        }
    }
}
