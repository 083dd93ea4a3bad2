// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import org.graalvm.word.LocationIdentity;
import org.graalvm.word.Pointer;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The body of cstruct's `RawMemory` in an image: native memory by the compiler's raw pointers,
/// which are loads and stores and nothing else. Ahead of time an access by `MemorySegment` costs
/// eight times as much. What the class does on the heap stays as it is.
///
/// The caller has checked the window; whether the segment's arena is still open is checked here.
/// This processor is the only one of the guest, but the peer of a ring may run on another, so
/// memory order is kept: on x86 a load acquires and a store releases by itself, and the fence keeps
/// the compiler to it.
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
        if (heap != null) {
            return lockedGetInt(heap, at);
        }
        int v = RawPointer.to(segment, at).readInt(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static int getIntAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetInt(heap, at);
        }
        int v = RawPointer.to(segment, at).readInt(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static int getIntVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetInt(heap, at);
        }
        int v = RawPointer.to(segment, at).readInt(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static void putIntOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            VarHandle.releaseFence();
            RawPointer.to(segment, at).writeInt(0, v);
        }
    }

    @Substitute
    static void putIntRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            VarHandle.releaseFence();
            RawPointer.to(segment, at).writeInt(0, v);
        }
    }

    @Substitute
    static void putIntVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int v) {
        if (heap != null) {
            lockedPutInt(heap, at, v);
        } else {
            VarHandle.releaseFence();
            RawPointer.to(segment, at).writeInt(0, v);
            VarHandle.fullFence();
        }
    }

    @Substitute
    static boolean compareAndSetInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int expected, int v) {
        if (heap != null) {
            return lockedCompareAndSetInt(heap, at, expected, v);
        }
        return RawPointer.to(segment, at)
                .logicCompareAndSwapInt(0, expected, v, LocationIdentity.any());
    }

    @Substitute
    static int getAndAddInt(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, int delta) {
        if (heap != null) {
            return lockedGetAndAddInt(heap, at, delta);
        }
        Pointer cell = RawPointer.to(segment, at);
        while (true) {
            int old = cell.readInt(0);
            if (cell.logicCompareAndSwapInt(0, old, old + delta, LocationIdentity.any())) {
                return old;
            }
        }
    }

    @Substitute
    static long getLongOpaque(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetLong(heap, at);
        }
        long v = RawPointer.to(segment, at).readLong(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static long getLongAcquire(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetLong(heap, at);
        }
        long v = RawPointer.to(segment, at).readLong(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static long getLongVolatile(byte @Nullable [] heap, @Nullable MemorySegment segment, long at) {
        if (heap != null) {
            return lockedGetLong(heap, at);
        }
        long v = RawPointer.to(segment, at).readLong(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static void putLongOpaque(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            VarHandle.releaseFence();
            RawPointer.to(segment, at).writeLong(0, v);
        }
    }

    @Substitute
    static void putLongRelease(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            VarHandle.releaseFence();
            RawPointer.to(segment, at).writeLong(0, v);
        }
    }

    @Substitute
    static void putLongVolatile(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long v) {
        if (heap != null) {
            lockedPutLong(heap, at, v);
        } else {
            VarHandle.releaseFence();
            RawPointer.to(segment, at).writeLong(0, v);
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
        if (heap != null) {
            return lockedCompareAndSetLong(heap, at, expected, v);
        }
        return RawPointer.to(segment, at)
                .logicCompareAndSwapLong(0, expected, v, LocationIdentity.any());
    }

    @Substitute
    static long getAndAddLong(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long at, long delta) {
        if (heap != null) {
            return lockedGetAndAddLong(heap, at, delta);
        }
        Pointer cell = RawPointer.to(segment, at);
        while (true) {
            long old = cell.readLong(0);
            if (cell.logicCompareAndSwapLong(0, old, old + delta, LocationIdentity.any())) {
                return old;
            }
        }
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
