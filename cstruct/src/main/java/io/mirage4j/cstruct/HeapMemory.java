// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Octets of a Java array, for [RawMemory]. The array checks each index once more; that never
/// fires.
///
/// The JVM has no atomic access to `byte[]`, so what asks for a memory order takes the array's
/// monitor: correct among themselves and slow; rings live on pages.
final class HeapMemory {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    /// Whether [VectorSum] may be used.
    private static final boolean VECTORS = Boolean.getBoolean("mirage.cstruct.vector");

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private static VarHandle view(Class<?> words) {
        return MethodHandles.byteArrayViewVarHandle(words, ByteOrder.LITTLE_ENDIAN);
    }

    static byte getByte(byte[] heap, int at) {
        return heap[at];
    }

    static void putByte(byte[] heap, int at, byte v) {
        heap[at] = v;
    }

    static short getShort(byte[] heap, int at) {
        return (short) SHORT.get(heap, at);
    }

    static void putShort(byte[] heap, int at, short v) {
        SHORT.set(heap, at, v);
    }

    static int getInt(byte[] heap, int at) {
        return (int) INT.get(heap, at);
    }

    static void putInt(byte[] heap, int at, int v) {
        INT.set(heap, at, v);
    }

    static long getLong(byte[] heap, int at) {
        return (long) LONG.get(heap, at);
    }

    static void putLong(byte[] heap, int at, long v) {
        LONG.set(heap, at, v);
    }

    static int lockedGetInt(byte[] heap, int at) {
        synchronized (heap) {
            return nativeInt(getInt(heap, at));
        }
    }

    static void lockedPutInt(byte[] heap, int at, int v) {
        synchronized (heap) {
            putInt(heap, at, nativeInt(v));
        }
    }

    static boolean compareAndSetInt(byte[] heap, int at, int expected, int v) {
        synchronized (heap) {
            boolean same = lockedGetInt(heap, at) == expected;
            if (same) {
                lockedPutInt(heap, at, v);
            }
            return same;
        }
    }

    static int getAndAddInt(byte[] heap, int at, int delta) {
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

    static long lockedGetLong(byte[] heap, int at) {
        synchronized (heap) {
            return nativeLong(getLong(heap, at));
        }
    }

    static void lockedPutLong(byte[] heap, int at, long v) {
        synchronized (heap) {
            putLong(heap, at, nativeLong(v));
        }
    }

    static boolean compareAndSetLong(byte[] heap, int at, long expected, long v) {
        synchronized (heap) {
            boolean same = lockedGetLong(heap, at) == expected;
            if (same) {
                lockedPutLong(heap, at, v);
            }
            return same;
        }
    }

    static long getAndAddLong(byte[] heap, int at, long delta) {
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

    static void fill(byte[] heap, int at, int len, byte v) {
        Arrays.fill(heap, at, at + len, v);
    }

    static long sumOfInts(byte[] heap, int at, int len) {
        if (!VECTORS) return scalarSumOfInts(heap, at, len);
        int vectors = VectorSum.width(len);
        return VectorSum.of(heap, at, vectors) + scalarSumOfInts(heap, at + vectors, len - vectors);
    }

    /// Two words to a `long`, in the shape that the compiler vectorises.
    private static long scalarSumOfInts(byte[] heap, int at, int len) {
        long sum = 0;
        int end = at + len;
        for (int i = at; i < end; i += Long.BYTES) {
            long word = (long) LONG.get(heap, i);
            sum += (word & 0xffff_ffffL) + (word >>> 32);
        }
        return sum;
    }

    private HeapMemory() {}
}
