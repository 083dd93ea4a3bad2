// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// How a consumer passes the time until there is work. [#spin] answers soonest and takes a whole
/// processor; [#event] takes none and needs a producer that signals.
///
/// ```java
/// while (wait.await(consumer) == Pending.WORK) {
///     consumer.drain(handler, 64);
/// }
/// ```
@FunctionalInterface
public interface WaitStrategy {
    /// No limit: some 292 years.
    Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    /// Returns when work waits or the ring is faulty, or [Pending#NOTHING] when `limit` is over.
    Pending await(RingConsumer ring, Duration limit) throws IOException, InterruptedException;

    /// Returns when work waits or the ring is faulty; never [Pending#NOTHING].
    default Pending await(RingConsumer ring) throws IOException, InterruptedException {
        return await(ring, FOREVER);
    }

    /// Looks again and again.
    static WaitStrategy spin() {
        return polling(Thread::onSpinWait);
    }

    /// Lets other threads run between two looks.
    static WaitStrategy yielding() {
        return polling(Thread::yield);
    }

    /// Sleeps `nanos` between two looks.
    static WaitStrategy park(long nanos) {
        return polling(() -> LockSupport.parkNanos(nanos));
    }

    /// Sleeps until the producer rings `bell`, which it does when its push or `signalDue` says so.
    /// A producer that dies between the two leaves the consumer asleep: whoever sees the death
    /// rings in its place, or the consumer waits with a limit.
    static WaitStrategy event(Doorbell bell) {
        return (ring, limit) -> {
            long nanos = limit.toNanos();
            long start = System.nanoTime();
            Pending found;
            while ((found = ring.finalCheck()) == Pending.NOTHING) {
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) return found;
                if (nanos == Long.MAX_VALUE) {
                    bell.await();
                } else {
                    bell.await(Duration.ofNanos(left));
                }
            }
            return found;
        };
    }

    private static WaitStrategy polling(Runnable pause) {
        return (ring, limit) -> {
            long nanos = limit.toNanos();
            long start = System.nanoTime();
            Pending found;
            while ((found = ring.pending()) == Pending.NOTHING
                    && System.nanoTime() - start < nanos) {
                if (Thread.interrupted()) throw new InterruptedException();
                pause.run();
            }
            return found;
        };
    }
}
