// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.unikernel.Board;

/// Reads both clocks, and sees that the one that never goes back does not.
final class Times {
    private static final int READINGS = 10_000;
    private static final long WAIT_MILLIS = 20;

    static int run(Board board) throws InterruptedException {
        Clock clock = board.clock();
        long first = clock.nanoTime();
        long last = first;
        for (int i = 0; i < READINGS; i++) {
            long now = clock.nanoTime();
            if (now < last) {
                board.console().println("times: clock went back by " + (last - now) + " ns");
                return 1;
            }
            last = now;
        }
        board.console().println("times: " + READINGS + " readings in " + (last - first) + " ns");
        long before = clock.nanoTime();
        Thread.sleep(WAIT_MILLIS);
        board.console().println("times: slept " + (clock.nanoTime() - before) + " ns");
        board.console().println("times: it is " + clock.wallTime());
        return 0;
    }

    private Times() {}
}
