// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The body of cstruct's `RawMemory` in an image: native memory by the compiler's raw pointers,
/// which are loads and stores and nothing else. Ahead of time an access by `MemorySegment` costs
/// eight times as much. What the class does on the heap stays as it is.
///
/// The caller has checked the window; whether the segment's arena is still open is checked in
/// [RawPointer], which also keeps memory order.
@TargetClass(className = "io.mirage4j.cstruct.RawMemory")
final class RawMemoryAheadOfTime {
    @Alias
    static native IllegalStateException refused(
            @Nullable MemorySegment segment, RuntimeException why);

    @Alias
    private static native int lockedGetInt(byte[] heap, long at);

    @Alias
    private static native void lockedPutInt(byte[] heap, long at, int v);

    @Alias
    private static native boolean lockedCompareAndSetInt(byte[] heap, long at, int expected, int v);

    @Alias
    private static native int lockedGetAndAddInt(byte[] heap, long at, int delta);

    @Alias
    private static native long lockedGetLong(byte[] heap, long at);

    @Alias
    private static native void lockedPutLong(byte[] heap, long at, long v);

    @Alias
    private static native boolean lockedCompareAndSetLong(
            byte[] heap, long at, long expected, long v);

    @Alias
    private static native long lockedGetAndAddLong(byte[] heap, long at, long delta);

    @Substitute
    static byte getByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? heap[(int) at] : RawPointer.to(segment, at).readByte(0);
    }

    @Substitute
    static void putByte(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, byte v) {
        if (heap != null) {
            heap[(int) at] = v;
        } else {
            RawPointer.to(segment, at).writeByte(0, v);
        }
    }

    @Substitute
    static short getShort(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? (short) HeapViews.SHORT.get(heap, (int) at)
                : RawPointer.to(segment, at).readShort(0);
    }

    @Substitute
    static void putShort(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, short v) {
        if (heap != null) {
            HeapViews.SHORT.set(heap, (int) at, v);
        } else {
            RawPointer.to(segment, at).writeShort(0, v);
        }
    }

    @Substitute
    static int getInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? (int) HeapViews.INT.get(heap, (int) at)
                : RawPointer.to(segment, at).readInt(0);
    }

    @Substitute
    static void putInt(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            HeapViews.INT.set(heap, (int) at, v);
        } else {
            RawPointer.to(segment, at).writeInt(0, v);
        }
    }

    @Substitute
    static long getLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null
                ? (long) HeapViews.LONG.get(heap, (int) at)
                : RawPointer.to(segment, at).readLong(0);
    }

    @Substitute
    static void putLong(byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            HeapViews.LONG.set(heap, (int) at, v);
        } else {
            RawPointer.to(segment, at).writeLong(0, v);
        }
    }

    @Substitute
    static int getIntOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetInt(heap, at) : RawPointer.getInt(segment, at);
    }

    @Substitute
    static int getIntAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetInt(heap, at) : RawPointer.getInt(segment, at);
    }

    @Substitute
    static int getIntVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetInt(heap, at) : RawPointer.getInt(segment, at);
    }

    @Substitute
    static void putIntOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            RawPointer.putInt(segment, at, v);
        }
    }

    @Substitute
    static void putIntRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            RawPointer.putInt(segment, at, v);
        }
    }

    @Substitute
    static void putIntVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            RawPointer.putInt(segment, at, v);
            VarHandle.fullFence();
        }
    }

    @Substitute
    static boolean compareAndSetInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int expected, int v) {
        return heap != null
                ? lockedCompareAndSetInt(heap, at, expected, v)
                : RawPointer.compareAndSetInt(segment, at, expected, v);
    }

    @Substitute
    static int getAndAddInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int delta) {
        return heap != null
                ? lockedGetAndAddInt(heap, at, delta)
                : RawPointer.getAndAddInt(segment, at, delta);
    }

    @Substitute
    static long getLongOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetLong(heap, at) : RawPointer.getLong(segment, at);
    }

    @Substitute
    static long getLongAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetLong(heap, at) : RawPointer.getLong(segment, at);
    }

    @Substitute
    static long getLongVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        return heap != null ? lockedGetLong(heap, at) : RawPointer.getLong(segment, at);
    }

    @Substitute
    static void putLongOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            RawPointer.putLong(segment, at, v);
        }
    }

    @Substitute
    static void putLongRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            RawPointer.putLong(segment, at, v);
        }
    }

    @Substitute
    static void putLongVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            RawPointer.putLong(segment, at, v);
            VarHandle.fullFence();
        }
    }

    @Substitute
    static boolean compareAndSetLong(
            byte @Nullable [] heap,
            @Nullable MemorySegment segment,
            long at,
            long expected,
            long v) {
        return heap != null
                ? lockedCompareAndSetLong(heap, at, expected, v)
                : RawPointer.compareAndSetLong(segment, at, expected, v);
    }

    @Substitute
    static long getAndAddLong(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long delta) {
        return heap != null
                ? lockedGetAndAddLong(heap, at, delta)
                : RawPointer.getAndAddLong(segment, at, delta);
    }

    /// By the boot layer, which has vectors, where there is enough to add for a call.
    @Substitute
    static long sumOfInts(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int len) {
        if (heap == null) {
            return NativeSums.sumOfWords(RawPointer.to(segment, at).rawValue(), len);
        }
        if (len >= NativeSums.WORTH_A_CALL) {
            return NativeSums.sumOfWords(heap, (int) at, len);
        }
        long sum = 0;
        int end = (int) at + len;
        for (int i = (int) at; i < end; i += Long.BYTES) {
            long word = (long) HeapViews.LONG.get(heap, i);
            sum += (word & 0xffff_ffffL) + (word >>> 32);
        }
        return sum;
    }
}
