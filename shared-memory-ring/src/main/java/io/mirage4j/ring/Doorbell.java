// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How one party wakes another: an event channel of a hypervisor, a descriptor between processes
/// ([FifoDoorbell]), a semaphore between threads. A ring that nobody awaits is kept until somebody
/// does; several may become one. A wait may also end for no reason, so whoever waits looks at the
/// ring again.
public interface Doorbell {
    void ring() throws IOException;

    /// Waits until the bell was rung since the last time that this returned.
    void await() throws IOException, InterruptedException;

    /// As [#await()], but not longer than `limit`; whether it ended before that.
    boolean await(Duration limit) throws IOException, InterruptedException;

    /// A bell between threads of this process.
    static Doorbell inProcess() {
        Semaphore rings = new Semaphore(0);
        return new Doorbell() {
            @Override
            public void ring() {
                rings.release();
            }

            @Override
            public void await() throws InterruptedException {
                rings.acquire();
                rings.drainPermits();
            }

            @Override
            public boolean await(Duration limit) throws InterruptedException {
                boolean rung = rings.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
                rings.drainPermits();
                return rung;
            }
        };
    }
}
