// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.Engine;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/// Waiting for a device without keeping others from running. A platform thread waits in the boot
/// layer. A virtual thread can not: it says what it wants, parks, and is unparked by one daemon,
/// the only thread that waits in the boot layer for all virtual ones.
///
/// A device has one owner, so one thread at a time waits for it.
final class Readiness {
    private static final int HANDLES = 64;

    private final Calls calls;
    private final AtomicReferenceArray<@Nullable Thread> parked =
            new AtomicReferenceArray<>(HANDLES);
    private @Nullable Thread daemon;

    Readiness(Calls calls) {
        this.calls = calls;
    }

    /// Returns when the device is ready, when the board's clock shows `deadlineNanos`, when the
    /// thread is interrupted, or for nothing.
    void await(int handle, long deadlineNanos) {
        if (!Thread.currentThread().isVirtual()) {
            calls.devicesWait(1L << handle, deadlineOf(deadlineNanos));
            return;
        }
        startDaemon();
        parked.set(handle, Thread.currentThread());
        calls.devicesWant(1L << handle);
        if (deadlineNanos == Engine.NEVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, deadlineNanos - calls.clockMonotonic());
        }
        parked.set(handle, null);
    }

    /// Ends the wait of a platform thread, if there is one now.
    void wake(int handle) {
        calls.devicesWake(1L << handle);
    }

    static long deadlineOf(long deadlineNanos) {
        return deadlineNanos == Engine.NEVER ? Calls.NEVER : deadlineNanos;
    }

    private synchronized void startDaemon() {
        if (daemon == null) {
            daemon = Thread.ofPlatform().daemon().name("devices").start(this::unparkForEver);
        }
    }

    private void unparkForEver() {
        while (true) {
            unpark(calls.devicesWanted());
        }
    }

    void unpark(long ready) {
        for (long rest = ready; rest != 0; rest &= rest - 1) {
            LockSupport.unpark(parked.get(Long.numberOfTrailingZeros(rest)));
        }
    }
}
