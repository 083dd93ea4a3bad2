// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// The one class that touches memory. Everything above asks here for the octets at `at`: an index
/// into `heap` where that is not null, an offset into `segment` otherwise. A board replaces these
/// bodies by the compiler's raw pointers; nothing else in the library knows how memory is reached.
///
/// The caller has checked that the access stays in its window, so the checks below (the array's,
/// the segment's) never fire but for one thing: a segment whose arena was closed, or that belongs
/// to another thread, refuses, and [#refused] says so. Heap and native stay apart because a raw
/// pointer can not address a heap array, and because each gets a call site of its own that the
/// compiler can fold.
///
/// Plain accesses are little-endian; a reader of network order turns the octets itself, which costs
/// one instruction and vectorises. Accesses with a memory order use the machine's own byte order
/// and must be aligned. The JVM has no atomic access to `byte[]`, so on the heap they take the
/// array's monitor: correct among themselves and slow; rings live on pages.
///
/// Nothing here allocates but the exceptions.
final class RawMemory {
    private static final VarHandle HEAP_SHORT = heapView(short[].class);
    private static final VarHandle HEAP_INT = heapView(int[].class);
    private static final VarHandle HEAP_LONG = heapView(long[].class);

    private static final ValueLayout.OfByte BYTES = ValueLayout.JAVA_BYTE;

    private static final VarHandle BYTE = BYTES.varHandle();
    private static final VarHandle SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private static final VarHandle ATOMIC_INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle ATOMIC_LONG = ValueLayout.JAVA_LONG.varHandle();

    /// Whether [VectorSum] may be used.
    private static final boolean VECTORS = Boolean.getBoolean("mirage.cstruct.vector");

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private static VarHandle heapView(Class<?> words) {
        return MethodHandles.byteArrayViewVarHandle(words, ByteOrder.LITTLE_ENDIAN);
    }

    static byte getByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return heap[(int) at];
        }
        try {
            return (byte) BYTE.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, byte v) {
        if (heap != null) {
            heap[(int) at] = v;
        } else {
            try {
                BYTE.set(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static short getShort(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return (short) HEAP_SHORT.get(heap, (int) at);
        }
        try {
            return (short) SHORT.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putShort(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, short v) {
        if (heap != null) {
            HEAP_SHORT.set(heap, (int) at, v);
        } else {
            try {
                SHORT.set(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static int getInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return (int) HEAP_INT.get(heap, (int) at);
        }
        try {
            return (int) INT.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            HEAP_INT.set(heap, (int) at, v);
        } else {
            try {
                INT.set(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static long getLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return (long) HEAP_LONG.get(heap, (int) at);
        }
        try {
            return (long) LONG.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            HEAP_LONG.set(heap, (int) at, v);
        } else {
            try {
                LONG.set(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static int getIntOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetInt(heap, at);
        }
        try {
            return (int) ATOMIC_INT.getOpaque(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getIntAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetInt(heap, at);
        }
        try {
            return (int) ATOMIC_INT.getAcquire(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getIntVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetInt(heap, at);
        }
        try {
            return (int) ATOMIC_INT.getVolatile(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putIntOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            try {
                ATOMIC_INT.setOpaque(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static void putIntRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            try {
                ATOMIC_INT.setRelease(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static void putIntVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            try {
                ATOMIC_INT.setVolatile(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static boolean compareAndSetInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int expected, int v) {
        if (heap != null) {
            return lockedCompareAndSetInt(heap, at, expected, v);
        }
        try {
            return ATOMIC_INT.compareAndSet(segment, at, expected, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getAndAddInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int delta) {
        if (heap != null) {
            return lockedGetAndAddInt(heap, at, delta);
        }
        try {
            return (int) ATOMIC_INT.getAndAdd(segment, at, delta);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    private static int lockedGetInt(byte[] heap, long at) {
        synchronized (heap) {
            return nativeInt((int) HEAP_INT.get(heap, (int) at));
        }
    }

    private static void lockedPutInt(byte[] heap, long at, int v) {
        synchronized (heap) {
            HEAP_INT.set(heap, (int) at, nativeInt(v));
        }
    }

    private static boolean lockedCompareAndSetInt(byte[] heap, long at, int expected, int v) {
        synchronized (heap) {
            boolean same = lockedGetInt(heap, at) == expected;
            if (same) {
                lockedPutInt(heap, at, v);
            }
            return same;
        }
    }

    private static int lockedGetAndAddInt(byte[] heap, long at, int delta) {
        synchronized (heap) {
            int old = lockedGetInt(heap, at);
            lockedPutInt(heap, at, old + delta);
            return old;
        }
    }

    /// From little-endian to the machine's order, and back.
    private static int nativeInt(int v) {
        return LITTLE ? v : Integer.reverseBytes(v);
    }

    static long getLongOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetLong(heap, at);
        }
        try {
            return (long) ATOMIC_LONG.getOpaque(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getLongAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetLong(heap, at);
        }
        try {
            return (long) ATOMIC_LONG.getAcquire(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getLongVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetLong(heap, at);
        }
        try {
            return (long) ATOMIC_LONG.getVolatile(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putLongOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            try {
                ATOMIC_LONG.setOpaque(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static void putLongRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            try {
                ATOMIC_LONG.setRelease(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static void putLongVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            try {
                ATOMIC_LONG.setVolatile(segment, at, v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
        }
    }

    static boolean compareAndSetLong(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long at,
            long expected,
            long v) {
        if (heap != null) {
            return lockedCompareAndSetLong(heap, at, expected, v);
        }
        try {
            return ATOMIC_LONG.compareAndSet(segment, at, expected, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getAndAddLong(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long delta) {
        if (heap != null) {
            return lockedGetAndAddLong(heap, at, delta);
        }
        try {
            return (long) ATOMIC_LONG.getAndAdd(segment, at, delta);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    private static long lockedGetLong(byte[] heap, long at) {
        synchronized (heap) {
            return nativeLong((long) HEAP_LONG.get(heap, (int) at));
        }
    }

    private static void lockedPutLong(byte[] heap, long at, long v) {
        synchronized (heap) {
            HEAP_LONG.set(heap, (int) at, nativeLong(v));
        }
    }

    private static boolean lockedCompareAndSetLong(byte[] heap, long at, long expected, long v) {
        synchronized (heap) {
            boolean same = lockedGetLong(heap, at) == expected;
            if (same) {
                lockedPutLong(heap, at, v);
            }
            return same;
        }
    }

    private static long lockedGetAndAddLong(byte[] heap, long at, long delta) {
        synchronized (heap) {
            long old = lockedGetLong(heap, at);
            lockedPutLong(heap, at, old + delta);
            return old;
        }
    }

    /// From little-endian to the machine's order, and back.
    private static long nativeLong(long v) {
        return LITTLE ? v : Long.reverseBytes(v);
    }

    static void fill(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int len, byte v) {
        if (heap != null) {
            Arrays.fill(heap, (int) at, (int) at + len, v);
        } else {
            try {
                nonNull(segment).asSlice(at, len).fill(v);
            } catch (IllegalStateException | WrongThreadException e) {
                throw refused(segment, e);
            }
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
            return;
        }
        try {
            if (fromHeap != null) {
                MemorySegment.copy(fromHeap, (int) from, nonNull(toSegment), BYTES, to, len);
            } else if (toHeap != null) {
                MemorySegment.copy(nonNull(fromSegment), BYTES, from, toHeap, (int) to, len);
            } else {
                MemorySegment.copy(nonNull(fromSegment), from, nonNull(toSegment), to, len);
            }
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(isReachable(fromSegment) ? toSegment : fromSegment, e);
        }
    }

    /// The sum of the unsigned 32-bit words in `len` octets, a multiple of 8; two of them to a
    /// `long`, one plain loop for each kind of memory, in the shape that the compiler vectorises.
    static long sumOfInts(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int len) {
        if (!VECTORS || heap == null) {
            return scalarSumOfInts(heap, segment, at, len);
        }
        int vectors = VectorSum.width(len);
        return VectorSum.of(heap, (int) at, vectors)
                + scalarSumOfInts(heap, segment, at + vectors, len - vectors);
    }

    private static long scalarSumOfInts(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int len) {
        long sum = 0;
        if (heap != null) {
            int end = (int) at + len;
            for (int i = (int) at; i < end; i += Long.BYTES) {
                long word = (long) HEAP_LONG.get(heap, i);
                sum += (word & 0xffff_ffffL) + (word >>> 32);
            }
            return sum;
        }
        try {
            int words = len >>> 3;
            for (int i = 0; i < words; i++) {
                long word = (long) LONG.get(segment, at + i * 8L);
                sum += (word & 0xffff_ffffL) + (word >>> 32);
            }
            return sum;
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
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

    /// Why a segment said no, in words that name the memory and what ails it.
    private static IllegalStateException refused(
            @Nullable MemorySegment segment, RuntimeException why) {
        MemorySegment memory = nonNull(segment);
        String name = memory.byteSize() + " octets at 0x" + Long.toHexString(memory.address());
        return new IllegalStateException(
                memory.scope().isAlive()
                        ? name
                                + " are in a confined arena that thread "
                                + Thread.currentThread().getName()
                                + " does not own"
                        : name + " are gone: their arena is closed",
                why);
    }

    private static boolean isReachable(@Nullable MemorySegment segment) {
        return segment == null
                || (segment.scope().isAlive() && segment.isAccessibleBy(Thread.currentThread()));
    }

    private static MemorySegment nonNull(@Nullable MemorySegment segment) {
        return Objects.requireNonNull(segment);
    }

    private RawMemory() {}
}
