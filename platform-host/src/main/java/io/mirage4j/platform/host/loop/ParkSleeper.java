// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.loop;

import java.util.concurrent.locks.LockSupport;

/// Waits for a device that nobody can wait for: looks again after a while, which gets longer as
/// long as nobody wakes it, up to a millisecond.
final class ParkSleeper implements Sleeper {
    private static final long SHORTEST_NANOS = 20_000;
    private static final long LONGEST_NANOS = 1_000_000;

    private volatile boolean woken;
    private volatile Thread owner = Thread.currentThread();
    private long nap = SHORTEST_NANOS;

    @Override
    public void sleep(long nanos) {
        owner = Thread.currentThread();
        if (woken) {
            nap = SHORTEST_NANOS;
        } else {
            LockSupport.parkNanos(this, Math.min(nanos, nap));
            nap = Math.min(LONGEST_NANOS, nap * 2);
        }
        woken = false;
    }

    /// There were frames: they may come often now.
    void worked() {
        nap = SHORTEST_NANOS;
    }

    @Override
    public void wake() {
        woken = true;
        LockSupport.unpark(owner);
    }
}
