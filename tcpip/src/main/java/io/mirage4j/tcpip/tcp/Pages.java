// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

/// The memory that payload of all connections of a stack stands in: pages of [#OCTETS], handed out
/// up to a budget and taken back to be used again.
final class Pages {
    static final int SHIFT = 12;
    static final int OCTETS = 1 << SHIFT;

    private final int limit;
    private byte[][] free = new byte[16][];
    private int freeCount;
    private int inUse;

    Pages(long budgetOctets) {
        limit = (int) Math.min(Integer.MAX_VALUE, budgetOctets >> SHIFT);
    }

    /// A page, whatever stands in it; null if the budget is used up.
    byte @Nullable [] take() {
        if (inUse >= limit) return null;
        inUse++;
        return freeCount > 0 ? free[--freeCount] : new byte[OCTETS];
    }

    void give(byte[] page) {
        inUse--;
        // As many are kept as are in use, and a few: memory that was needed once is not kept for
        // ever.
        if (freeCount > inUse + 256) return;
        if (freeCount == free.length) {
            free = java.util.Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = page;
    }

    int inUse() {
        return inUse;
    }

    /// Whether more than 7/8 of the budget is in use: time to be stingy with what is only hoped
    /// for.
    boolean isScarce() {
        return inUse >= limit - (limit >> 3);
    }
}
