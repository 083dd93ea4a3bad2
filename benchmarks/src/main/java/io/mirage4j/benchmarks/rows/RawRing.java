// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Body;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A ring of 12-octet slots at its cheapest in Java: raw addresses, no check of anything, counters
/// that never leave a register. What [RingRows] takes beyond this is the library's doing; what this
/// takes beyond C is the compiler's.
final class RawRing {
    private static final ValueLayout.OfInt U32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INDEX = ValueLayout.JAVA_INT.varHandle();

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final int OCTETS = 4096;
    private static final int SLOT_OCTETS = 12;
    private static final int MASK = 255;

    private final MemorySegment page = Arena.global().allocate(OCTETS, OCTETS);
    private int index;

    /// Both ends in turn, as the rows of the library.
    Body batches(int batch) {
        return times -> {
            long at = page.address();
            int from = index;
            long sum = 0;
            for (int turn = 0; turn < times; turn++, from += batch) {
                fill(at, from, turn, batch);
                push(at, from + batch);
                serve(at, from, batch);
                push(at + 8, from + batch);
                sum += collect(at, from, batch);
            }
            index = from;
            return sum;
        };
    }

    private static void push(long at, int to) {
        INDEX.setVolatile(ALL, at, to);
        var _ = (int) INDEX.getVolatile(ALL, at + 4); // the peer's event
        var _ = (int) INDEX.getVolatile(ALL, at); // the peer's look
    }

    private static long slot(long at, int index) {
        return at + 64 + (long) (index & MASK) * SLOT_OCTETS;
    }

    private static void fill(long at, int from, int turn, int batch) {
        for (int i = 0; i < batch; i++) {
            long slot = slot(at, from + i);
            ALL.set(U64, slot, Integer.toUnsignedLong(turn + i));
            ALL.set(U32, slot + 8, 3 * (turn + i));
        }
    }

    private static void serve(long at, int from, int batch) {
        for (int i = 0; i < batch; i++) {
            long slot = slot(at, from + i);
            long id = ALL.get(U64, slot);
            int value = ALL.get(U32, slot + 8);
            ALL.set(U64, slot, id);
            ALL.set(U32, slot + 8, value + 1);
        }
    }

    private static long collect(long at, int from, int batch) {
        long sum = 0;
        for (int i = 0; i < batch; i++) {
            long slot = slot(at, from + i);
            sum += ALL.get(U64, slot) + Integer.toUnsignedLong(ALL.get(U32, slot + 8));
        }
        return sum;
    }
}
