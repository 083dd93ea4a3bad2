// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/// Raw pointers into native segments, for [RawMemoryAheadOfTime]. Asked by its methods a segment
/// costs 25 ns an access ahead of time, so its fields are read: where it starts, whether its arena
/// is open, to whom that is confined.
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

    private RawPointer() {}
}
