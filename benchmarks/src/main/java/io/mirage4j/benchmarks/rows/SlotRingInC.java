// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Duet;
import io.mirage4j.benchmarks.harness.SkippedException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// The same as [SlotRing] with the macros of Xen's header.
final class SlotRingInC {
    private static final String SOURCE = "ring.c";
    private static final int PAGE = 4096;

    private final CLibrary library;
    private final String name;
    private final MemorySegment page = Arena.ofAuto().allocate(PAGE, PAGE);
    private final MemorySegment ends;

    SlotRingInC(SlotSize slots) throws SkippedException, IOException {
        library = CLibrary.of(SOURCE);
        name = slots.name;
        ends = Arena.ofAuto().allocate(once(library.body(name + "_ends_octets")), 128);
        once(library.body(name + "_init", ends, page, (long) PAGE));
    }

    private static long once(Body body) {
        try {
            return body.run(1);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    Body batches(int batch) {
        Body body = library.body(name + "_batches", ends, (long) batch);
        return times -> keepingPage(body, times);
    }

    Duet inFlight(int window) {
        Body near = library.body(name + "_near", ends, (long) window);
        Body far = library.body(name + "_far", ends);
        return new Duet(times -> keepingPage(near, times), far);
    }

    /// `ends` points to the page, which the collector does not see.
    private long keepingPage(Body body, int times) throws Throwable {
        try {
            return body.run(times);
        } finally {
            Reference.reachabilityFence(page);
        }
    }
}
