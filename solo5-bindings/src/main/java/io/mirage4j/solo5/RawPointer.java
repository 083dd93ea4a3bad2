// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/// Raw pointers into segments, for [RawMemoryAheadOfTime].
final class RawPointer {
    /// Where the octet at `at` is, once it is known that this thread may use the segment now.
    static Pointer to(@Nullable MemorySegment segment, long at) {
        if (segment == null
                || !segment.scope().isAlive()
                || !segment.isAccessibleBy(Thread.currentThread())) {
            throw RawMemoryAheadOfTime.refused(
                    segment, new IllegalStateException("arena closed, or confined to another thread"));
        }
        return WordFactory.pointer(segment.address() + at);
    }

    private RawPointer() {}
}
