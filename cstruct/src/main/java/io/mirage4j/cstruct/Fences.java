// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

/// Orders the accesses of this thread as others see them, where the order is not that of one access
/// but of many: a producer that fills slots by plain writes and then publishes them at once.
///
/// ```java
/// page.putU32le(slot, request); // plain writes
/// Fences.release(); // the peer reads the slot after it sees the index
/// page.putIntOpaque(INDEX, produced);
/// ```
public final class Fences {
    /// Nothing after it is read or written before what was read ahead of it.
    public static void acquire() {
        RawMemory.acquireFence();
    }

    /// Nothing ahead of it is read or written after what is written behind it.
    public static void release() {
        RawMemory.releaseFence();
    }

    /// Nothing passes it in either direction: the one fence that also keeps a write before a later
    /// read, as a ring needs that sleeps after it looked for work a last time.
    public static void full() {
        RawMemory.fullFence();
    }

    /// Reads ahead of it come before reads behind it.
    public static void loadLoad() {
        RawMemory.loadLoadFence();
    }

    /// Writes ahead of it come before writes behind it.
    public static void storeStore() {
        RawMemory.storeStoreFence();
    }

    private Fences() {}
}
