// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/// A file descriptor that anybody may close while others use it: the kernel's is closed once the
/// last of them has let go, so its number is never another file's under somebody's hands.
final class Descriptor implements Closeable {
    private static final int CLOSED = Integer.MIN_VALUE;
    private static final int GONE = Integer.MIN_VALUE / 2;

    private final String name;
    private final int number;

    /// How many use it now; `CLOSED` is added to it by who closes.
    private final AtomicInteger users = new AtomicInteger();

    private volatile @Nullable Runnable whenClosed;

    /// @param name what it is to its user, for the messages of failures
    Descriptor(String name, int number) {
        this.name = name;
        this.number = number;
    }

    String name() {
        return name;
    }

    /// The number, which is valid until [#release].
    ///
    /// @throws IOException if it was closed
    int acquire() throws IOException {
        if (users.incrementAndGet() < 0) {
            release();
            throw new IOException(name + " is closed");
        }
        return number;
    }

    void release() {
        // From here on nobody gets to `CLOSED` again: who asks now comes and goes above `GONE`.
        if (users.decrementAndGet() == CLOSED && users.compareAndSet(CLOSED, GONE)) {
            new SystemCalls().close(number);
        }
    }

    boolean isClosed() {
        return users.get() < 0;
    }

    /// Runs `action` when somebody closes it, to wake who waits for it.
    void whenClosed(Runnable action) {
        whenClosed = action;
        if (isClosed()) {
            action.run();
        }
    }

    @Override
    public void close() {
        int before = users.get();
        while (before >= 0) {
            // One more user, this thread, so that the last to release closes.
            if (users.compareAndSet(before, before + 1 + CLOSED)) {
                Runnable action = whenClosed;
                if (action != null) {
                    action.run();
                }
                release();
                return;
            }
            before = users.get();
        }
    }
}
