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
/// to another thread, refuses here. Heap and native stay apart because a raw pointer can not
/// address a heap array, and because each gets a call site of its own that the compiler can fold.
///
/// Plain accesses are little-endian; a reader of network order turns the octets itself, which costs
/// one instruction and vectorises. Accesses with a memory order use the machine's own byte order
/// and must be aligned. The JVM has no atomic access to `byte[]`, so on the heap they take the
/// array's monitor: correct among themselves and slow; rings live on pages.
///
/// Nothing here allocates.
final class RawMemory {
    private static final VarHandle HEAP_SHORT = heapView(short[].class);
    private static final VarHandle HEAP_INT = heapView(int[].class);
    private static final VarHandle HEAP_LONG = heapView(long[].class);

    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private static final VarHandle ATOMIC_INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle ATOMIC_LONG = ValueLayout.JAVA_LONG.varHandle();

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private static VarHandle heapView(Class<?> words) {
        return MethodHandles.byteArrayViewVarHandle(words, ByteOrder.LITTLE_ENDIAN);
    }

    static byte getByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? heap[(int) at] : (byte) BYTE.get(segment, at);
    }

    static void putByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, byte v) {
        if (heap != null) {
            heap[(int) at] = v;
        } else {
            BYTE.set(segment, at, v);
        }
    }

    static short getShort(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? (short) HEAP_SHORT.get(heap, (int) at)
                : (short) SHORT.get(segment, at);
    }

    static void putShort(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, short v) {
        if (heap != null) {
            HEAP_SHORT.set(heap, (int) at, v);
        } else {
            SHORT.set(segment, at, v);
        }
    }

    static int getInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? (int) HEAP_INT.get(heap, (int) at) : (int) INT.get(segment, at);
    }

    static void putInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            HEAP_INT.set(heap, (int) at, v);
        } else {
            INT.set(segment, at, v);
        }
    }

    static long getLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? (long) HEAP_LONG.get(heap, (int) at) : (long) LONG.get(segment, at);
    }

    static void putLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            HEAP_LONG.set(heap, (int) at, v);
        } else {
            LONG.set(segment, at, v);
        }
    }

    static int getIntOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetInt(heap, at) : (int) ATOMIC_INT.getOpaque(segment, at);
    }

    static int getIntAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetInt(heap, at) : (int) ATOMIC_INT.getAcquire(segment, at);
    }

    static int getIntVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetInt(heap, at) : (int) ATOMIC_INT.getVolatile(segment, at);
    }

    static void putIntOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            ATOMIC_INT.setOpaque(segment, at, v);
        }
    }

    static void putIntRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            ATOMIC_INT.setRelease(segment, at, v);
        }
    }

    static void putIntVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            ATOMIC_INT.setVolatile(segment, at, v);
        }
    }

    static boolean compareAndSetInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int expected, int v) {
        if (heap == null) {
            return ATOMIC_INT.compareAndSet(segment, at, expected, v);
        }
        synchronized (heap) {
            boolean same = getIntNative(heap, at) == expected;
            if (same) {
                putIntNative(heap, at, v);
            }
            return same;
        }
    }

    static int getAndAddInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int delta) {
        if (heap == null) {
            return (int) ATOMIC_INT.getAndAdd(segment, at, delta);
        }
        synchronized (heap) {
            int old = getIntNative(heap, at);
            putIntNative(heap, at, old + delta);
            return old;
        }
    }

    private static int lockedGetInt(byte[] heap, long at) {
        synchronized (heap) {
            return getIntNative(heap, at);
        }
    }

    private static void lockedPutInt(byte[] heap, long at, int v) {
        synchronized (heap) {
            putIntNative(heap, at, v);
        }
    }

    private static int getIntNative(byte[] heap, long at) {
        int v = (int) HEAP_INT.get(heap, (int) at);
        return LITTLE ? v : Integer.reverseBytes(v);
    }

    private static void putIntNative(byte[] heap, long at, int v) {
        HEAP_INT.set(heap, (int) at, LITTLE ? v : Integer.reverseBytes(v));
    }

    static long getLongOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetLong(heap, at) : (long) ATOMIC_LONG.getOpaque(segment, at);
    }

    static long getLongAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetLong(heap, at) : (long) ATOMIC_LONG.getAcquire(segment, at);
    }

    static long getLongVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetLong(heap, at) : (long) ATOMIC_LONG.getVolatile(segment, at);
    }

    static void putLongOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            ATOMIC_LONG.setOpaque(segment, at, v);
        }
    }

    static void putLongRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            ATOMIC_LONG.setRelease(segment, at, v);
        }
    }

    static void putLongVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            ATOMIC_LONG.setVolatile(segment, at, v);
        }
    }

    static boolean compareAndSetLong(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long at,
            long expected,
            long v) {
        if (heap == null) {
            return ATOMIC_LONG.compareAndSet(segment, at, expected, v);
        }
        synchronized (heap) {
            boolean same = getLongNative(heap, at) == expected;
            if (same) {
                putLongNative(heap, at, v);
            }
            return same;
        }
    }

    static long getAndAddLong(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long delta) {
        if (heap == null) {
            return (long) ATOMIC_LONG.getAndAdd(segment, at, delta);
        }
        synchronized (heap) {
            long old = getLongNative(heap, at);
            putLongNative(heap, at, old + delta);
            return old;
        }
    }

    private static long lockedGetLong(byte[] heap, long at) {
        synchronized (heap) {
            return getLongNative(heap, at);
        }
    }

    private static void lockedPutLong(byte[] heap, long at, long v) {
        synchronized (heap) {
            putLongNative(heap, at, v);
        }
    }

    private static long getLongNative(byte[] heap, long at) {
        long v = (long) HEAP_LONG.get(heap, (int) at);
        return LITTLE ? v : Long.reverseBytes(v);
    }

    private static void putLongNative(byte[] heap, long at, long v) {
        HEAP_LONG.set(heap, (int) at, LITTLE ? v : Long.reverseBytes(v));
    }

    static void fill(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int len, byte v) {
        if (heap != null) {
            Arrays.fill(heap, (int) at, (int) at + len, v);
        } else {
            nonNull(segment).asSlice(at, len).fill(v);
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
        if (fromHeap != null) {
            if (toHeap != null) {
                System.arraycopy(fromHeap, (int) from, toHeap, (int) to, len);
            } else {
                MemorySegment.copy(
                        fromHeap, (int) from, nonNull(toSegment), ValueLayout.JAVA_BYTE, to, len);
            }
        } else if (toHeap != null) {
            MemorySegment.copy(
                    nonNull(fromSegment), ValueLayout.JAVA_BYTE, from, toHeap, (int) to, len);
        } else {
            MemorySegment.copy(nonNull(fromSegment), from, nonNull(toSegment), to, len);
        }
    }

    private static MemorySegment nonNull(@Nullable MemorySegment segment) {
        return Objects.requireNonNull(segment);
    }

    private RawMemory() {}
}
