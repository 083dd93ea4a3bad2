// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/// The one door to memory. Everything above asks here for the octets `off` octets behind the `base`
/// of a window. What a `base` is, is decided here and nowhere else:
///
/// * where `heap` is not null, an index into it;
/// * where it is negative, its other 63 bits are an offset in `segment`, which an arena may close;
/// * otherwise it is an address: the memory of `segment` lasts as long as the segment itself.
///
/// Each gets a call site of its own that the compiler can fold: a raw pointer can not address a
/// heap array, and memory that no arena can close needs no more checks than a window's own.
///
/// The caller has checked that the access stays in its window. Plain accesses are little-endian; a
/// reader of network order turns the octets itself, which costs one instruction and vectorises.
/// Accesses with a memory order use the machine's own byte order and must be aligned.
///
/// Nothing below allocates but the exceptions.
final class RawMemory {
    private static final long IN_SEGMENT = Long.MIN_VALUE;

    /// The `base` of a window over all of `segment`. It is an address for memory that lives as long
    /// as the program; the caller says whether other memory is `eternal`, since nobody can ask.
    static long baseOf(MemorySegment segment, boolean eternal) {
        boolean byAddress =
                NativeMemory.isReachedByAddress()
                        && EternalMemory.reaches(segment)
                        && (eternal || EternalMemory.isGlobal(segment));
        return byAddress ? segment.address() : IN_SEGMENT;
    }

    /// Where the octet is: an address, or an index into the heap array.
    static long address(@Nullable MemorySegment segment, long base, int off) {
        return segment == null || isEternal(base) ? base + off : segment.address() + at(base, off);
    }

    /// Where the window begins in the segment it is over.
    static long offsetIn(MemorySegment segment, long base) {
        return isEternal(base) ? base - segment.address() : at(base, 0);
    }

    private static boolean isEternal(long base) {
        return NativeMemory.isReachedByAddress() && base >= 0;
    }

    private static long at(long base, int off) {
        return (base & ~IN_SEGMENT) + off;
    }

    static byte getByte(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.getByte(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getByte(segment, base, off)
                : NativeMemory.getByte(octets(segment), at(base, off));
    }

    static void putByte(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, byte v) {
        if (heap != null) {
            HeapMemory.putByte(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putByte(segment, base, off, v);
        } else {
            NativeMemory.putByte(octets(segment), at(base, off), v);
        }
    }

    static short getShort(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.getShort(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getShort(segment, base, off)
                : NativeMemory.getShort(octets(segment), at(base, off));
    }

    static void putShort(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, short v) {
        if (heap != null) {
            HeapMemory.putShort(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putShort(segment, base, off, v);
        } else {
            NativeMemory.putShort(octets(segment), at(base, off), v);
        }
    }

    static int getInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.getInt(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getInt(segment, base, off)
                : NativeMemory.getInt(octets(segment), at(base, off));
    }

    static void putInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, int v) {
        if (heap != null) {
            HeapMemory.putInt(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putInt(segment, base, off, v);
        } else {
            NativeMemory.putInt(octets(segment), at(base, off), v);
        }
    }

    static long getLong(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.getLong(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getLong(segment, base, off)
                : NativeMemory.getLong(octets(segment), at(base, off));
    }

    static void putLong(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, long v) {
        if (heap != null) {
            HeapMemory.putLong(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putLong(segment, base, off, v);
        } else {
            NativeMemory.putLong(octets(segment), at(base, off), v);
        }
    }

    static int getIntOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.lockedGetInt(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getIntOpaque(segment, base, off)
                : NativeMemory.getIntOpaque(octets(segment), at(base, off));
    }

    static int getIntAcquire(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.lockedGetInt(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getIntAcquire(segment, base, off)
                : NativeMemory.getIntAcquire(octets(segment), at(base, off));
    }

    static int getIntVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.lockedGetInt(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getIntVolatile(segment, base, off)
                : NativeMemory.getIntVolatile(octets(segment), at(base, off));
    }

    static void putIntOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, int v) {
        if (heap != null) {
            HeapMemory.lockedPutInt(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putIntOpaque(segment, base, off, v);
        } else {
            NativeMemory.putIntOpaque(octets(segment), at(base, off), v);
        }
    }

    static void putIntRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, int v) {
        if (heap != null) {
            HeapMemory.lockedPutInt(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putIntRelease(segment, base, off, v);
        } else {
            NativeMemory.putIntRelease(octets(segment), at(base, off), v);
        }
    }

    static void putIntVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, int v) {
        if (heap != null) {
            HeapMemory.lockedPutInt(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putIntVolatile(segment, base, off, v);
        } else {
            NativeMemory.putIntVolatile(octets(segment), at(base, off), v);
        }
    }

    static boolean compareAndSetInt(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long base,
            int off,
            int expected,
            int v) {
        if (heap != null) return HeapMemory.compareAndSetInt(heap, (int) base + off, expected, v);
        return isEternal(base)
                ? EternalMemory.compareAndSetInt(segment, base, off, expected, v)
                : NativeMemory.compareAndSetInt(octets(segment), at(base, off), expected, v);
    }

    static int getAndAddInt(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long base,
            int off,
            int delta) {
        if (heap != null) return HeapMemory.getAndAddInt(heap, (int) base + off, delta);
        return isEternal(base)
                ? EternalMemory.getAndAddInt(segment, base, off, delta)
                : NativeMemory.getAndAddInt(octets(segment), at(base, off), delta);
    }

    static long getLongOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.lockedGetLong(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getLongOpaque(segment, base, off)
                : NativeMemory.getLongOpaque(octets(segment), at(base, off));
    }

    static long getLongAcquire(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.lockedGetLong(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getLongAcquire(segment, base, off)
                : NativeMemory.getLongAcquire(octets(segment), at(base, off));
    }

    static long getLongVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off) {
        if (heap != null) return HeapMemory.lockedGetLong(heap, (int) base + off);
        return isEternal(base)
                ? EternalMemory.getLongVolatile(segment, base, off)
                : NativeMemory.getLongVolatile(octets(segment), at(base, off));
    }

    static void putLongOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, long v) {
        if (heap != null) {
            HeapMemory.lockedPutLong(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putLongOpaque(segment, base, off, v);
        } else {
            NativeMemory.putLongOpaque(octets(segment), at(base, off), v);
        }
    }

    static void putLongRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, long v) {
        if (heap != null) {
            HeapMemory.lockedPutLong(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putLongRelease(segment, base, off, v);
        } else {
            NativeMemory.putLongRelease(octets(segment), at(base, off), v);
        }
    }

    static void putLongVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, long v) {
        if (heap != null) {
            HeapMemory.lockedPutLong(heap, (int) base + off, v);
        } else if (isEternal(base)) {
            EternalMemory.putLongVolatile(segment, base, off, v);
        } else {
            NativeMemory.putLongVolatile(octets(segment), at(base, off), v);
        }
    }

    static boolean compareAndSetLong(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long base,
            int off,
            long expected,
            long v) {
        if (heap != null) return HeapMemory.compareAndSetLong(heap, (int) base + off, expected, v);
        return isEternal(base)
                ? EternalMemory.compareAndSetLong(segment, base, off, expected, v)
                : NativeMemory.compareAndSetLong(octets(segment), at(base, off), expected, v);
    }

    static long getAndAddLong(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long base,
            int off,
            long delta) {
        if (heap != null) return HeapMemory.getAndAddLong(heap, (int) base + off, delta);
        return isEternal(base)
                ? EternalMemory.getAndAddLong(segment, base, off, delta)
                : NativeMemory.getAndAddLong(octets(segment), at(base, off), delta);
    }

    static void fill(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long base,
            int off,
            int len,
            byte v) {
        if (heap != null) {
            HeapMemory.fill(heap, (int) base + off, len, v);
        } else if (isEternal(base)) {
            EternalMemory.fill(segment, base, off, len, v);
        } else {
            NativeMemory.fill(octets(segment), at(base, off), len, v);
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
            copyIn(fromHeap, (int) from, octets(toSegment), to, len);
        } else if (toHeap != null) {
            copyOut(octets(fromSegment), from, toHeap, (int) to, len);
        } else {
            copy(octets(fromSegment), from, octets(toSegment), to, len);
        }
    }

    private static void copyIn(byte[] heap, int from, MemorySegment segment, long to, int len) {
        if (isEternal(to)) {
            EternalMemory.copyIn(heap, from, segment, to, len);
        } else {
            NativeMemory.copyIn(heap, from, segment, at(to, 0), len);
        }
    }

    private static void copyOut(MemorySegment segment, long from, byte[] heap, int to, int len) {
        if (isEternal(from)) {
            EternalMemory.copyOut(segment, from, heap, to, len);
        } else {
            NativeMemory.copyOut(segment, at(from, 0), heap, to, len);
        }
    }

    private static void copy(
            MemorySegment source, long from, MemorySegment target, long to, int len) {
        if (isEternal(from) && isEternal(to)) {
            EternalMemory.copy(source, from, target, to, len);
        } else {
            NativeMemory.copy(source, offsetIn(source, from), target, offsetIn(target, to), len);
        }
    }

    /// The sum of the unsigned 32-bit words in `len` octets, a multiple of 8.
    static long sumOfInts(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int off, int len) {
        if (heap != null) return HeapMemory.sumOfInts(heap, (int) base + off, len);
        return isEternal(base)
                ? EternalMemory.sumOfInts(segment, base, off, len)
                : NativeMemory.sumOfInts(octets(segment), at(base, off), len);
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
