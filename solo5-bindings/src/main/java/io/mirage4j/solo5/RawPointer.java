// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

import org.graalvm.word.LocationIdentity;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// Raw pointers into native segments, for [RawMemoryAheadOfTime]. Asked by its methods a segment
/// costs 25 ns an access ahead of time, so its fields are read: where it starts, whether its arena
/// is open, to whom that is confined.
///
/// This processor is the only one of the guest, but the peer of a ring may run on another, so
/// memory order is kept where a method says so: on x86 a load acquires and a store releases by
/// itself, and the fence keeps the compiler to it.
final class RawPointer {
    private static final int OPEN = 0; // and above

    @TargetClass(className = "jdk.internal.foreign.NativeMemorySegmentImpl")
    static final class NativeSegment {
        @Alias long min;
    }

    @TargetClass(className = "jdk.internal.foreign.AbstractMemorySegmentImpl")
    static final class Segment {
        @SuppressWarnings("NullAway.Init") // the class itself sets it
        @Alias
        Session scope;
    }

    @TargetClass(className = "jdk.internal.foreign.MemorySessionImpl")
    static final class Session {
        @Alias @Nullable Thread owner;
        @Alias int state;
    }

    /// Where the octet at `at` is, once it is known that this thread may use the segment now. On
    /// the native side a window's segment is never a heap array.
    @AlwaysInline("an access is a load or a store")
    static Pointer to(@Nullable MemorySegment segment, long at) {
        Session session = SubstrateUtil.cast(segment, Segment.class).scope;
        if (session.state < OPEN || session.owner != null) {
            checkOwner(session, segment);
        }
        return WordFactory.pointer(SubstrateUtil.cast(segment, NativeSegment.class).min + at);
    }

    private static void checkOwner(Session session, @Nullable MemorySegment segment) {
        Thread owner = session.owner;
        if (session.state < OPEN
                || (owner != null && owner.threadId() != Thread.currentThread().threadId())) {
            throw RawMemoryAheadOfTime.refused(
                    segment,
                    new IllegalStateException("arena closed, or confined to another thread"));
        }
    }

    /// A load that acquires.
    static int getInt(@Nullable MemorySegment segment, long at) {
        int v = to(segment, at).readInt(0);
        VarHandle.acquireFence();
        return v;
    }

    /// A store that releases.
    static void putInt(@Nullable MemorySegment segment, long at, int v) {
        VarHandle.releaseFence();
        to(segment, at).writeInt(0, v);
    }

    static boolean compareAndSetInt(@Nullable MemorySegment segment, long at, int expected, int v) {
        return to(segment, at).logicCompareAndSwapInt(0, expected, v, LocationIdentity.any());
    }

    static int getAndAddInt(@Nullable MemorySegment segment, long at, int delta) {
        Pointer cell = to(segment, at);
        while (true) {
            int old = cell.readInt(0);
            if (cell.logicCompareAndSwapInt(0, old, old + delta, LocationIdentity.any())) {
                return old;
            }
        }
    }

    /// A load that acquires.
    static long getLong(@Nullable MemorySegment segment, long at) {
        long v = to(segment, at).readLong(0);
        VarHandle.acquireFence();
        return v;
    }

    /// A store that releases.
    static void putLong(@Nullable MemorySegment segment, long at, long v) {
        VarHandle.releaseFence();
        to(segment, at).writeLong(0, v);
    }

    static boolean compareAndSetLong(
            @Nullable MemorySegment segment, long at, long expected, long v) {
        return to(segment, at).logicCompareAndSwapLong(0, expected, v, LocationIdentity.any());
    }

    static long getAndAddLong(@Nullable MemorySegment segment, long at, long delta) {
        Pointer cell = to(segment, at);
        while (true) {
            long old = cell.readLong(0);
            if (cell.logicCompareAndSwapLong(0, old, old + delta, LocationIdentity.any())) {
                return old;
            }
        }
    }

    private RawPointer() {}
}
