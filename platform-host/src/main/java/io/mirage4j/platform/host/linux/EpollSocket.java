// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.LockSupport;

/// The waits for a socket that [Epoll] tells of: one thread may wait to read, another to write.
///
/// Nobody misses an event: who waits says so before it looks whether something happened, and who
/// tells does the two in the other order. An event that is told late makes a call in vain, no more.
final class EpollSocket {
    /// Shorter ones have a timer each; longer ones are looked at from time to time.
    private static final long LONG_TIMEOUT_NANOS = 1_000_000_000L;

    private final Descriptor descriptor;
    private final int fd;

    private volatile boolean readable = true;
    private volatile boolean writable = true;

    /// The other end sends no more, or there was an error: whoever reads finds out which.
    private volatile boolean over;

    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;
    private volatile long readBy; // 0: for ever
    private volatile @Nullable String ended;

    EpollSocket(String name, int fd) throws IOException {
        descriptor = new Descriptor(name, fd);
        this.fd = fd;
        try {
            Epoll.shared().add(this, fd);
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /// Whether there may be something to read; taken by who is about to try.
    boolean takeReadable() {
        boolean was = readable || over;
        readable = false;
        return was;
    }

    /// More may be there than was read.
    void stillReadable() {
        readable = true;
    }

    /// Nothing was there after all.
    void notReadable() {
        over = false;
    }

    boolean takeWritable() {
        boolean was = writable;
        writable = false;
        return was;
    }

    void stillWritable() {
        writable = true;
    }

    void happened(boolean read, boolean write, boolean end) {
        if (end) {
            over = true;
        }
        if (read) {
            readable = true;
            LockSupport.unpark(reader);
        }
        if (write && !writable) {
            writable = true;
            LockSupport.unpark(writer);
        }
    }

    void tick(long now) {
        long by = readBy;
        if (by != 0 && now - by >= 0) {
            LockSupport.unpark(reader);
        }
    }

    /// @param timeoutNanos 0 waits for ever
    void awaitReadable(long timeoutNanos, String call) throws IOException {
        long by = timeoutNanos == 0 ? 0 : Math.max(1, System.nanoTime() + timeoutNanos);
        reader = Thread.currentThread();
        readBy = timeoutNanos >= LONG_TIMEOUT_NANOS ? by : 0;
        try {
            while (!readable && !over) {
                check();
                checkInterrupt(call);
                if (timeoutNanos == 0) {
                    LockSupport.park(this);
                    continue;
                }
                long left = by - System.nanoTime();
                if (left <= 0) {
                    throw new TimedOutException(call + " waited for " + timeoutNanos + " ns");
                }
                if (timeoutNanos >= LONG_TIMEOUT_NANOS) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, left);
                }
            }
        } finally {
            reader = null;
            readBy = 0;
        }
        check();
    }

    void awaitWritable() throws IOException {
        writer = Thread.currentThread();
        try {
            while (!writable) {
                check();
                checkInterrupt("write");
                LockSupport.park(this);
            }
        } finally {
            writer = null;
        }
        check();
    }

    private static void checkInterrupt(String call) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(call + " was interrupted");
        }
    }

    /// @throws IOException if it was ended
    void check() throws IOException {
        String reason = ended;
        if (reason != null) {
            throw new IOException(reason);
        }
    }

    /// What to throw for an error of the kernel's, unless this end was the cause.
    IOException because(String what, long error) {
        String reason = ended;
        return reason == null ? SystemCalls.failure(error, what) : new IOException(reason);
    }

    /// Makes all waits fail; false if it was ended before.
    boolean end(String reason) {
        synchronized (this) {
            if (ended != null) {
                return false;
            }
            ended = reason;
        }
        LockSupport.unpark(reader);
        LockSupport.unpark(writer);
        return true;
    }

    void close() {
        Epoll.shared().remove(this, fd);
        descriptor.close();
    }
}
