// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// A cache line that two threads hand to each other: what any message between them costs at least.
/// One turn is a round trip. As the baseline of a row it tells how far from that limit ours is.
public final class CacheLine {
    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    /// Holds how often the line was handed over: odd while it is at the far end.
    private final MemorySegment line = Arena.ofAuto().allocate(256, 256);

    private long nearCount;
    private long farCount;

    private CacheLine() {}

    public static Duet pingPong() {
        var line = new CacheLine();
        return new Duet(line::near, line::far);
    }

    private long near(int times) {
        long count = nearCount;
        for (int i = 0; i < times; i++) {
            WORD.setRelease(line, 0L, count + 1);
            while ((long) WORD.getAcquire(line, 0L) != count + 2) {
                // The far end has it.
            }
            count += 2;
        }
        nearCount = count;
        return times;
    }

    private long far(int times) {
        long count = farCount;
        for (int i = 0; i < times; i++) {
            while ((long) WORD.getAcquire(line, 0L) != count + 1) {
                // The near end has it.
            }
            WORD.setRelease(line, 0L, count + 2);
            count += 2;
        }
        farCount = count;
        return times;
    }
}
