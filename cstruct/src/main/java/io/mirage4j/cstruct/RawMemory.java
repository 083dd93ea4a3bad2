// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/// The one door to memory. Everything above asks here for the octets at `at`: an index into `heap`
/// where that is not null, an offset into `segment` otherwise. Which of the two it is, is decided
/// here and nowhere else: a raw pointer can not address a heap array, and each gets a call site of
/// its own that the compiler can fold.
///
/// The caller has checked that the access stays in its window. Plain accesses are little-endian; a
/// reader of network order turns the octets itself, which costs one instruction and vectorises.
/// Accesses with a memory order use the machine's own byte order and must be aligned.
///
/// Nothing below allocates but the exceptions.
final class RawMemory {
    static byte getByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.getByte(heap, (int) at)
                : NativeMemory.getByte(octets(segment), at);
    }

    static void putByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, byte v) {
        if (heap != null) {
            HeapMemory.putByte(heap, (int) at, v);
        } else {
            NativeMemory.putByte(octets(segment), at, v);
        }
    }

    static short getShort(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.getShort(heap, (int) at)
                : NativeMemory.getShort(octets(segment), at);
    }

    static void putShort(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, short v) {
        if (heap != null) {
            HeapMemory.putShort(heap, (int) at, v);
        } else {
            NativeMemory.putShort(octets(segment), at, v);
        }
    }

    static int getInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.getInt(heap, (int) at)
                : NativeMemory.getInt(octets(segment), at);
    }

    static void putInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            HeapMemory.putInt(heap, (int) at, v);
        } else {
            NativeMemory.putInt(octets(segment), at, v);
        }
    }

    static long getLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.getLong(heap, (int) at)
                : NativeMemory.getLong(octets(segment), at);
    }

    static void putLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            HeapMemory.putLong(heap, (int) at, v);
        } else {
            NativeMemory.putLong(octets(segment), at, v);
        }
    }

    static int getIntOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.lockedGetInt(heap, (int) at)
                : NativeMemory.getIntOpaque(octets(segment), at);
    }

    static int getIntAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.lockedGetInt(heap, (int) at)
                : NativeMemory.getIntAcquire(octets(segment), at);
    }

    static int getIntVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.lockedGetInt(heap, (int) at)
                : NativeMemory.getIntVolatile(octets(segment), at);
    }

    static void putIntOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            HeapMemory.lockedPutInt(heap, (int) at, v);
        } else {
            NativeMemory.putIntOpaque(octets(segment), at, v);
        }
    }

    static void putIntRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            HeapMemory.lockedPutInt(heap, (int) at, v);
        } else {
            NativeMemory.putIntRelease(octets(segment), at, v);
        }
    }

    static void putIntVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            HeapMemory.lockedPutInt(heap, (int) at, v);
        } else {
            NativeMemory.putIntVolatile(octets(segment), at, v);
        }
    }

    static boolean compareAndSetInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int expected, int v) {
        return heap != null
                ? HeapMemory.compareAndSetInt(heap, (int) at, expected, v)
                : NativeMemory.compareAndSetInt(octets(segment), at, expected, v);
    }

    static int getAndAddInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int delta) {
        return heap != null
                ? HeapMemory.getAndAddInt(heap, (int) at, delta)
                : NativeMemory.getAndAddInt(octets(segment), at, delta);
    }

    static long getLongOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.lockedGetLong(heap, (int) at)
                : NativeMemory.getLongOpaque(octets(segment), at);
    }

    static long getLongAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.lockedGetLong(heap, (int) at)
                : NativeMemory.getLongAcquire(octets(segment), at);
    }

    static long getLongVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? HeapMemory.lockedGetLong(heap, (int) at)
                : NativeMemory.getLongVolatile(octets(segment), at);
    }

    static void putLongOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            HeapMemory.lockedPutLong(heap, (int) at, v);
        } else {
            NativeMemory.putLongOpaque(octets(segment), at, v);
        }
    }

    static void putLongRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            HeapMemory.lockedPutLong(heap, (int) at, v);
        } else {
            NativeMemory.putLongRelease(octets(segment), at, v);
        }
    }

    static void putLongVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            HeapMemory.lockedPutLong(heap, (int) at, v);
        } else {
            NativeMemory.putLongVolatile(octets(segment), at, v);
        }
    }

    static boolean compareAndSetLong(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long at,
            long expected,
            long v) {
        return heap != null
                ? HeapMemory.compareAndSetLong(heap, (int) at, expected, v)
                : NativeMemory.compareAndSetLong(octets(segment), at, expected, v);
    }

    static long getAndAddLong(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long delta) {
        return heap != null
                ? HeapMemory.getAndAddLong(heap, (int) at, delta)
                : NativeMemory.getAndAddLong(octets(segment), at, delta);
    }

    static void fill(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int len, byte v) {
        if (heap != null) {
            HeapMemory.fill(heap, (int) at, len, v);
        } else {
            NativeMemory.fill(octets(segment), at, len, v);
        }
    }

    /// Copies as if through a third place: source and target may overlap.
    static void copy(
            byte @Nullable [] fromHeap,
            @Nullable MemorySegment fromSegment,
            long from,
            byte @Nullable [] toHeap,
            @Nullable MemorySegment toSegment,
            long to,
            int len) {
        if (fromHeap != null && toHeap != null) {
            System.arraycopy(fromHeap, (int) from, toHeap, (int) to, len);
        } else if (fromHeap != null) {
            NativeMemory.copyIn(fromHeap, (int) from, octets(toSegment), to, len);
        } else if (toHeap != null) {
            NativeMemory.copyOut(octets(fromSegment), from, toHeap, (int) to, len);
        } else {
            NativeMemory.copy(octets(fromSegment), from, octets(toSegment), to, len);
        }
    }

    /// The sum of the unsigned 32-bit words in `len` octets, a multiple of 8.
    static long sumOfInts(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int len) {
        return heap != null
                ? HeapMemory.sumOfInts(heap, (int) at, len)
                : NativeMemory.sumOfInts(octets(segment), at, len);
    }

    static void acquireFence() {
        VarHandle.acquireFence();
    }

    static void releaseFence() {
        VarHandle.releaseFence();
    }

    static void fullFence() {
        VarHandle.fullFence();
    }

    static void loadLoadFence() {
        VarHandle.loadLoadFence();
    }

    static void storeStoreFence() {
        VarHandle.storeStoreFence();
    }

    private static MemorySegment octets(@Nullable MemorySegment segment) {
        return Objects.requireNonNull(segment);
    }

    private RawMemory() {}
}
