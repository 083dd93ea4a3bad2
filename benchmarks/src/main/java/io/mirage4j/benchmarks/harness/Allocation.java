// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/// Counts what a body leaves to the garbage collector once the compiler has done its best.
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int TURNS = 10_000;
    private static final long WARM_UP_NANOS = 2_000_000_000;

    /// Octets on the heap for each turn of `body`.
    public static double octetsPerTurn(Body body) throws Exception {
        try {
            long start = System.nanoTime();
            while (System.nanoTime() - start < WARM_UP_NANOS) {
                Measurement.sink = body.run(TURNS);
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                Measurement.sink = body.run(TURNS);
            }
            return (THREADS.getCurrentThreadAllocatedBytes() - before) / (100.0 * TURNS);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Allocation() {}
}
