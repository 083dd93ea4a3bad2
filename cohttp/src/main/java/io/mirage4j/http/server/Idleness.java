// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/// Whether a connection waits for its next request, in which case it may be woken: by an interrupt,
/// which must not reach it once it does anything else.
final class Idleness {
    private static final Thread WOKEN = Thread.ofVirtual().unstarted(() -> {});

    /// The thread that waits; null while none does; [#WOKEN] if it was woken.
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();

    void begin() {
        waiting.set(Thread.currentThread());
    }

    /// The wait is over. Tells whether the thread was woken; if so, its interrupt is spent.
    @SuppressWarnings("ThreadPriorityCheck") // the waker is a few instructions away
    boolean end() {
        Thread self = Thread.currentThread();
        if (waiting.compareAndSet(self, null) || waiting.get() == null) return false;
        // Whoever woke it is about to interrupt it, or has.
        while (!Thread.interrupted()) {
            Thread.onSpinWait();
            Thread.yield();
        }
        waiting.set(null);
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // WOKEN is a mark, no thread
    void wake() {
        Thread thread = waiting.get();
        if (thread != null && thread != WOKEN && waiting.compareAndSet(thread, WOKEN)) {
            thread.interrupt();
        }
    }
}
