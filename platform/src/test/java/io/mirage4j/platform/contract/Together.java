// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Something that runs in a virtual thread beside the test, and what came of it.
final class Together<T> {
    private static final long LIMIT_SECONDS = 20;

    private final FutureTask<T> task;
    private final Thread thread;

    private Together(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = Thread.ofVirtual().start(task);
    }

    static <T> Together<T> run(Callable<T> work) {
        return new Together<>(work);
    }

    /// Returns once the work waits for something.
    Together<T> awaitBlocked() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < deadline) {
            switch (thread.getState()) {
                case WAITING, TIMED_WAITING, BLOCKED -> {
                    return this;
                }
                case TERMINATED -> throw new AssertionError("it did not block");
                default -> {
                    if (isInKernel()) return this;
                }
            }
            Thread.yield();
        }
        throw new AssertionError("it does not block, and does not end");
    }

    /// A system call that waits is no state of the thread that makes it.
    private boolean isInKernel() {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("recvmmsg"));
    }

    Together<T> interrupt() {
        thread.interrupt();
        return this;
    }

    /// What the work returned; what it threw is thrown.
    T result() throws Exception {
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("still not done after " + LIMIT_SECONDS + " s", e);
        }
    }
}
