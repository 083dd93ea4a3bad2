// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory from the kernel.
public final class Mapping implements AutoCloseable {
    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;

    private static final int MAP_SHARED = 0x01;
    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;
    private static final long NO_FILE = -1;

    private final Linux linux = new Linux();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    private Mapping(String what, long octets, int flags, long descriptor) throws IOException {
        long address =
                Linux.orThrow(
                        what,
                        linux.call(
                                Syscall.MMAP,
                                0,
                                octets,
                                PROT_READ | PROT_WRITE,
                                flags,
                                descriptor,
                                0));
        memory = MemorySegment.ofAddress(address).reinterpret(octets, arena, null);
    }

    /// Zero octets, backed as they are touched.
    public static Mapping anonymous(long octets) throws IOException {
        return new Mapping(
                octets + " octets of memory",
                octets,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                NO_FILE);
    }

    public static Mapping shared(String what, int descriptor, long octets) throws IOException {
        return new Mapping(what, octets, MAP_SHARED, descriptor);
    }

    public MemorySegment memory() {
        return memory;
    }

    /// What may be done from now on with the pages from `offset` on.
    public void protect(long offset, long octets, int protection) throws IOException {
        Linux.orThrow(
                "mprotect",
                linux.call(Syscall.MPROTECT, memory.address() + offset, octets, protection));
    }

    /// Gives the memory back. Later accesses throw an `IllegalStateException`.
    @Override
    public void close() {
        long address = memory.address();
        long octets = memory.byteSize();
        arena.close();
        linux.call(Syscall.MUNMAP, address, octets, 0);
    }
}
