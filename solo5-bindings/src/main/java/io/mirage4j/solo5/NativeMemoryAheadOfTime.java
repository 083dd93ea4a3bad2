// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import org.graalvm.word.LocationIdentity;
import org.graalvm.word.Pointer;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The bodies of cstruct's `NativeMemory` in an image: the compiler's raw pointers, which are loads
/// and stores and nothing else. Ahead of time an access by `MemorySegment` costs eight times as
/// much.
///
/// The caller has checked the window; whether the segment's arena is still open is checked here.
/// This processor is the only one of the guest, but the peer of a ring may run on another, so
/// memory order is kept: on x86 a load acquires and a store releases by itself, and the fence keeps
/// the compiler to it.
@TargetClass(className = "io.mirage4j.cstruct.NativeMemory")
final class NativeMemoryAheadOfTime {
    @Alias
    static native IllegalStateException refused(MemorySegment memory, RuntimeException why);

    /// A raw pointer is no cheaper for memory that nobody can close.
    @Substitute
    static boolean isReachedByAddress() {
        return false;
    }

    @Substitute
    static byte getByte(MemorySegment segment, long at) {
        return RawPointer.to(segment, at).readByte(0);
    }

    @Substitute
    static void putByte(MemorySegment segment, long at, byte v) {
        RawPointer.to(segment, at).writeByte(0, v);
    }

    @Substitute
    static short getShort(MemorySegment segment, long at) {
        return RawPointer.to(segment, at).readShort(0);
    }

    @Substitute
    static void putShort(MemorySegment segment, long at, short v) {
        RawPointer.to(segment, at).writeShort(0, v);
    }

    @Substitute
    static int getInt(MemorySegment segment, long at) {
        return RawPointer.to(segment, at).readInt(0);
    }

    @Substitute
    static void putInt(MemorySegment segment, long at, int v) {
        RawPointer.to(segment, at).writeInt(0, v);
    }

    @Substitute
    static long getLong(MemorySegment segment, long at) {
        return RawPointer.to(segment, at).readLong(0);
    }

    @Substitute
    static void putLong(MemorySegment segment, long at, long v) {
        RawPointer.to(segment, at).writeLong(0, v);
    }

    @Substitute
    static int getIntOpaque(MemorySegment segment, long at) {
        return getIntAcquire(segment, at);
    }

    @Substitute
    static int getIntAcquire(MemorySegment segment, long at) {
        int v = RawPointer.to(segment, at).readInt(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static int getIntVolatile(MemorySegment segment, long at) {
        return getIntAcquire(segment, at);
    }

    @Substitute
    static void putIntOpaque(MemorySegment segment, long at, int v) {
        putIntRelease(segment, at, v);
    }

    @Substitute
    static void putIntRelease(MemorySegment segment, long at, int v) {
        VarHandle.releaseFence();
        RawPointer.to(segment, at).writeInt(0, v);
    }

    @Substitute
    static void putIntVolatile(MemorySegment segment, long at, int v) {
        putIntRelease(segment, at, v);
        VarHandle.fullFence();
    }

    @Substitute
    static boolean compareAndSetInt(MemorySegment segment, long at, int expected, int v) {
        return RawPointer.to(segment, at)
                .logicCompareAndSwapInt(0, expected, v, LocationIdentity.any());
    }

    @Substitute
    static int getAndAddInt(MemorySegment segment, long at, int delta) {
        Pointer cell = RawPointer.to(segment, at);
        while (true) {
            int old = cell.readInt(0);
            if (cell.logicCompareAndSwapInt(0, old, old + delta, LocationIdentity.any())) {
                return old;
            }
        }
    }

    @Substitute
    static long getLongOpaque(MemorySegment segment, long at) {
        return getLongAcquire(segment, at);
    }

    @Substitute
    static long getLongAcquire(MemorySegment segment, long at) {
        long v = RawPointer.to(segment, at).readLong(0);
        VarHandle.acquireFence();
        return v;
    }

    @Substitute
    static long getLongVolatile(MemorySegment segment, long at) {
        return getLongAcquire(segment, at);
    }

    @Substitute
    static void putLongOpaque(MemorySegment segment, long at, long v) {
        putLongRelease(segment, at, v);
    }

    @Substitute
    static void putLongRelease(MemorySegment segment, long at, long v) {
        VarHandle.releaseFence();
        RawPointer.to(segment, at).writeLong(0, v);
    }

    @Substitute
    static void putLongVolatile(MemorySegment segment, long at, long v) {
        putLongRelease(segment, at, v);
        VarHandle.fullFence();
    }

    @Substitute
    static boolean compareAndSetLong(MemorySegment segment, long at, long expected, long v) {
        return RawPointer.to(segment, at)
                .logicCompareAndSwapLong(0, expected, v, LocationIdentity.any());
    }

    @Substitute
    static long getAndAddLong(MemorySegment segment, long at, long delta) {
        Pointer cell = RawPointer.to(segment, at);
        while (true) {
            long old = cell.readLong(0);
            if (cell.logicCompareAndSwapLong(0, old, old + delta, LocationIdentity.any())) {
                return old;
            }
        }
    }

    /// By the boot layer, which has vectors.
    @Substitute
    static long sumOfInts(MemorySegment segment, long at, int len) {
        return NativeSums.sumOfWords(RawPointer.to(segment, at).rawValue(), len);
    }
}
