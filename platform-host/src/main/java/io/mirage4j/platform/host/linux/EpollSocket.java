// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import io.mirage4j.platform.EventFlow.Arrival;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// The waits for a socket that [Epoll] tells of: one thread may wait to read, or an [Arrival] be
/// told, and another thread wait to write.
///
/// Nobody misses an event: who waits says so before it looks whether something happened, and who
/// tells does the two in the other order. A mark of an event is taken down by who has seen it up,
/// before the call that it allows, so that one that comes meanwhile puts it up again. An event that
/// is told late makes a call in vain, no more.
final class EpollSocket {
    /// Shorter ones have a timer each; longer ones are looked at from time to time.
    private static final long LONG_TIMEOUT_NANOS = 1_000_000_000L;

    private final Descriptor descriptor;
    private final int fd;

    /// Not before the kernel says so, which it does at once if it was so when it was asked.
    private volatile boolean readable;

    private volatile boolean writable = true;

    /// The other end sends no more, or there was an error: whoever reads finds out which.
    private volatile boolean over;

    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;
    private volatile long readBy; // 0: for ever
    private final AtomicReference<@Nullable Arrival> arrival = new AtomicReference<>();
    private volatile @Nullable String ended;

    EpollSocket(int fd) throws IOException {
        descriptor = new Descriptor("socket", fd);
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
        if (readable) {
            readable = false;
            return true;
        }
        return over;
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
        if (writable) {
            writable = false;
            return true;
        }
        return false;
    }

    void stillWritable() {
        writable = true;
    }

    /// Tells whether a thread was woken for it.
    boolean happened(boolean read, boolean write, boolean end) {
        boolean woke = false;
        if (end) {
            over = true;
        }
        if (read) {
            readable = true;
            woke = wake(reader);
            woke |= tellArrival();
        }
        if (write && !writable) {
            writable = true;
            woke |= wake(writer);
        }
        return woke;
    }

    private static boolean wake(@Nullable Thread thread) {
        LockSupport.unpark(thread);
        return thread != null;
    }

    private boolean tellArrival() {
        Arrival told = arrival.get();
        return told != null && forget(told) && told.arrived();
    }

    /// False if something may have happened already.
    boolean tell(Arrival arrival) {
        this.arrival.set(arrival);
        boolean already = readable || over || ended != null;
        return !(already && forget(arrival));
    }

    /// False if it was told, or is about to be.
    boolean forget(Arrival arrival) {
        return this.arrival.compareAndSet(arrival, null);
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
        if (reason != null) throw new IOException(reason);
    }

    /// What to throw for an error of the kernel's, unless this end was the cause.
    IOException because(String what, long error) {
        String reason = ended;
        return reason == null ? CLibrary.failure(error, what) : new IOException(reason);
    }

    /// Makes all waits fail; false if it was ended before.
    boolean end(String reason) {
        synchronized (this) {
            if (ended != null) return false;
            ended = reason;
        }
        wake(reader);
        wake(writer);
        return true;
    }

    /// After [#end].
    void close() {
        Epoll.shared().remove(this, fd);
        descriptor.close();
        tellArrival();
    }
}
