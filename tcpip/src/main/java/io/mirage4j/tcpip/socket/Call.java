// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A call of an application's thread, which is parked until the loop has answered it. The loop
/// tries at once, and again whenever something has happened that may help; meanwhile the caller may
/// give up, because of an interrupt or a timeout.
///
/// ```
/// WAITING <--> BUSY --> DONE        BUSY: the loop tries, and may use the caller's buffers
///    |
///    +--> GIVEN_UP                  the loop must not touch them any more
/// ```
abstract class Call implements Runnable {
    private static final int WAITING = 0;
    private static final int BUSY = 1;
    private static final int DONE = 2;
    private static final int GIVEN_UP = 3;

    final Sockets net;
    private final String what;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger state = new AtomicInteger(WAITING);

    /// Written by the loop before the state is DONE, read by the caller after it.
    private @Nullable Exception failure;

    Call(Sockets net, String what) {
        this.net = net;
        this.what = what;
    }

    /// Does what was asked for, in the loop; false if that has to wait for something.
    ///
    /// @throws IOException if it can not be done, which the caller gets
    abstract boolean attempt(long now) throws IOException;

    /// Puts the call where it is found when something has happened.
    void keep(long now) {
        throw new AssertionError(what + " does not wait");
    }

    /// How much of the caller's octets has gone; he learns it when he is interrupted.
    int transferred() {
        return 0;
    }

    /// What the loop runs when the call reaches it.
    @Override
    public final void run() {
        long now = net.now();
        if (!isOver(now)) {
            keep(now);
        }
    }

    /// Tries; true if there is no more to do for this call. In the loop.
    final boolean isOver(long now) {
        if (!state.compareAndSet(WAITING, BUSY)) return true;
        boolean over = true;
        try {
            over = attempt(now);
        } catch (IOException | RuntimeException e) {
            // Not the loop's end: a caller's buffer may be one that only his thread may touch.
            failure = e;
        }
        if (over) {
            state.set(DONE);
            LockSupport.unpark(caller);
        } else {
            state.set(WAITING);
        }
        return over;
    }

    final boolean isWaiting() {
        return state.get() == WAITING;
    }

    /// Hands the call to the loop and waits for the answer.
    final void await() throws IOException {
        await(0);
    }

    /// As [#await()], for at most `timeoutNanos` unless that is 0.
    final void await(long timeoutNanos) throws IOException {
        net.execute(this);
        long start = System.nanoTime();
        while (state.get() != DONE) {
            if (Thread.currentThread().isInterrupted() && givesUp()) {
                var e = new InterruptedIOException(what + " was interrupted");
                e.bytesTransferred = transferred();
                throw e;
            }
            if (timeoutNanos == 0) {
                LockSupport.park(this);
                continue;
            }
            long left = timeoutNanos - (System.nanoTime() - start);
            if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else if (givesUp()) {
                throw new TimedOutException(what + ": nothing for " + timeoutNanos + " ns");
            }
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    /// False if the loop was faster. It yields, since on one processor the loop would wait for it.
    @SuppressWarnings("ThreadPriorityCheck")
    private boolean givesUp() {
        while (state.get() != DONE) {
            if (state.compareAndSet(WAITING, GIVEN_UP)) return true;
            Thread.yield();
        }
        return false;
    }
}
