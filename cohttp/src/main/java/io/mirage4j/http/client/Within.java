// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.platform.TimedOutException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls that have no timeout of their own.
final class Within {
    /// What `call` gives; it is interrupted where that takes longer than `nanos`.
    static <T> T time(long nanos, String what, Callable<T> call) throws IOException {
        var task = new FutureTask<T>(call);
        Thread.ofVirtual().name(what).start(task);
        try {
            return task.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new TimedOutException(what + " took longer than " + nanos + " ns");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(what + " was interrupted");
        } catch (ExecutionException e) {
            String message = e.getCause() instanceof IOException io ? io.getMessage() : null;
            throw new IOException(message == null ? what + ": " + e.getCause() : message, e);
        }
    }

    private Within() {}
}
