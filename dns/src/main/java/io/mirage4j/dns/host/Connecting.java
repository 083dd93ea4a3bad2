// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A connection being made in a thread of its own, since connectors have no time limit. A flow that
/// comes when nobody waits for it any more is ended.
final class Connecting {
    private final Endpoint remote;
    private final CompletableFuture<Flow> flow = new CompletableFuture<>();
    private final Thread thread;

    private Connecting(Connector connector, Endpoint remote) {
        this.remote = remote;
        thread = Thread.ofVirtual().name("connect " + remote).unstarted(() -> run(connector));
    }

    static Connecting start(Connector connector, Endpoint remote) {
        var connecting = new Connecting(connector, remote);
        connecting.thread.start();
        return connecting;
    }

    private void run(Connector connector) {
        try {
            Flow made = connector.connect(remote);
            if (!flow.complete(made)) {
                made.abort();
            }
        } catch (IOException | RuntimeException e) {
            flow.completeExceptionally(e);
        }
    }

    Flow await(Clock clock, long deadlineNanos) throws IOException {
        try {
            long left = Math.max(0, deadlineNanos - clock.nanoTime());
            return flow.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            cancel();
            throw new TimedOutException("connect to " + remote + " took too long");
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("connect to " + remote + " was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) throw cause;
            throw new IOException("connect to " + remote + ": " + e.getCause(), e);
        }
    }

    private void cancel() {
        if (flow.cancel(false)) {
            thread.interrupt();
        } else if (!flow.isCompletedExceptionally()) {
            flow.join().abort(); // it came just now
        }
    }
}
