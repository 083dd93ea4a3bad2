// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.locks.LockSupport;

/// The waits of any threads for one socket, and its end, which makes all of them fail.
///
/// Nobody misses the end: who waits says so (`waited`) before it looks whether there was one, and
/// who ends it does the two in the other order.
final class Waits {
    private final SelectableChannel channel;
    private volatile boolean waited;
    private volatile @Nullable String ended;

    Waits(SelectableChannel channel) {
        this.channel = channel;
    }

    /// Returns when `operation` may be possible, and at times earlier.
    ///
    /// @param timeoutNanos 0 waits for ever
    /// @throws TimedOutException if the time was over
    /// @throws InterruptedIOException if the thread is interrupted, which stays set
    /// @throws IOException if the socket was ended
    void await(int operation, long timeoutNanos, String call) throws IOException {
        long start = System.nanoTime();
        waited = true;
        check();
        var waiter = Readiness.Waiter.on(channel, operation);
        Readiness.shared().ask(waiter);
        try {
            while (!waiter.isDone()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException(call + " was interrupted");
                }
                if (timeoutNanos == 0) {
                    LockSupport.park(this);
                    continue;
                }
                long left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    throw new TimedOutException(call + " waited for " + timeoutNanos + " ns");
                }
                LockSupport.parkNanos(this, left);
            }
        } finally {
            waiter.giveUp();
        }
        check();
    }

    /// @throws IOException if the socket was ended
    void check() throws IOException {
        String reason = ended;
        if (reason != null) throw new IOException(reason);
    }

    /// What to throw for a failure of the kernel's: its own words, unless this end was the cause.
    IOException because(String what, IOException failure) {
        String reason = ended;
        return new IOException(
                reason == null ? what + ": " + failure.getMessage() : reason, failure);
    }

    /// Notes the end and runs `close` for who is first. Then everybody who waits fails.
    void end(String reason, Closeable close) throws IOException {
        synchronized (this) {
            if (ended != null) return;
            ended = reason;
        }
        try {
            close.close();
        } finally {
            if (waited) {
                Readiness.shared().ask(Readiness.Waiter.forget(channel));
            }
        }
    }

    /// As [#end], and returns when the kernel has closed the socket, not only this program.
    void endAndWait(String reason, Closeable close) throws IOException {
        end(reason, close);
        if (!waited) return;
        var waiter = Readiness.Waiter.forget(channel);
        Readiness.shared().ask(waiter);
        boolean interrupted = false;
        while (!waiter.isDone()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted(); // or the next park would not wait
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
