// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.unikernel.Board;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Puts many virtual threads to sleep at once and counts those that wake.
final class Sleepers {
    private static final long NAP_MILLIS = 100;

    static int run(Board board, int count) throws InterruptedException {
        long before = board.clock().nanoTime();
        var awake = new AtomicInteger();
        List<Thread> threads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            threads.add(Thread.startVirtualThread(() -> nap(awake)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long millis = (board.clock().nanoTime() - before) / 1_000_000;
        board.console()
                .println("sleepers: " + awake + " of " + count + " woke in " + millis + " ms");
        return awake.get() == count ? 0 : 1;
    }

    private static void nap(AtomicInteger awake) {
        try {
            Thread.sleep(NAP_MILLIS);
            awake.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Sleepers() {}
}
