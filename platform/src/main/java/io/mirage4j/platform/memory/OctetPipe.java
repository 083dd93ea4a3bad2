// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One direction of a flow in memory: a ring of octets between a writer and a reader.
final class OctetPipe {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition writable = lock.newCondition();

    private final Cstruct ring;
    private int head; // where the next octet is read
    private int count; // how many there are to read

    private boolean writerClosed;
    private boolean readerClosed;
    private boolean aborted;

    OctetPipe(int capacity) {
        if (capacity < 1) throw new IllegalArgumentException("capacity " + capacity + " < 1");
        ring = Cstruct.create(capacity);
    }

    int read(Cstruct buf, long timeoutNanos) throws IOException {
        lock.lock();
        try {
            awaitReadable(buf.isEmpty(), timeoutNanos);
            if (count == 0) return buf.isEmpty() ? 0 : Flow.END;
            int taken = take(buf);
            writable.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void awaitReadable(boolean nothingWanted, long timeoutNanos) throws IOException {
        long left = timeoutNanos;
        while (true) {
            if (aborted) throw new IOException("flow was aborted");
            if (readerClosed) throw new IOException("flow is closed");
            if (count > 0 || writerClosed || nothingWanted) return;
            try {
                if (timeoutNanos == 0) {
                    readable.await();
                } else if (left <= 0) {
                    throw new TimedOutException("nothing to read for " + timeoutNanos + " ns");
                } else {
                    left = readable.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                throw Interrupted.during("read", 0);
            }
        }
    }

    private int take(Cstruct buf) {
        int wanted = Math.min(count, buf.length());
        int untilWrap = Math.min(wanted, ring.length() - head);
        ring.copyTo(head, buf, 0, untilWrap);
        ring.copyTo(0, buf, untilWrap, wanted - untilWrap);
        head = (head + wanted) % ring.length();
        count -= wanted;
        return wanted;
    }

    void write(ReadOnlyCstruct buf) throws IOException {
        lock.lock();
        try {
            int written = 0;
            do {
                awaitWritable(written, buf.isEmpty());
                written += append(buf, written);
                readable.signalAll();
            } while (written < buf.length());
        } finally {
            lock.unlock();
        }
    }

    private void awaitWritable(int written, boolean nothingToSend) throws IOException {
        while (true) {
            if (aborted) throw new IOException("flow was aborted");
            if (writerClosed) throw new IOException("output is shut down");
            if (readerClosed) throw new IOException("flow was closed by the other end");
            if (count < ring.length() || nothingToSend) return;
            try {
                writable.await();
            } catch (InterruptedException e) {
                throw Interrupted.during("write", written);
            }
        }
    }

    private int append(ReadOnlyCstruct buf, int from) {
        int free = ring.length() - count;
        int tail = (int) (((long) head + count) % ring.length());
        int wanted = Math.min(free, buf.length() - from);
        int untilWrap = Math.min(wanted, ring.length() - tail);
        buf.copyTo(from, ring, tail, untilWrap);
        buf.copyTo(from + untilWrap, ring, 0, wanted - untilWrap);
        count += wanted;
        return wanted;
    }

    /// The writer has said all.
    void shutdown() throws IOException {
        lock.lock();
        try {
            if (aborted) throw new IOException("flow was aborted");
            closeWriter();
        } finally {
            lock.unlock();
        }
    }

    /// As [#shutdown], for one who does not mind an abort.
    void closeWriter() {
        lock.lock();
        try {
            writerClosed = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /// The reader wants no more; what is in the ring is dropped.
    void closeReader() {
        lock.lock();
        try {
            readerClosed = true;
            count = 0;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    void abort() {
        lock.lock();
        try {
            aborted = true;
            count = 0;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    private void wakeAll() {
        readable.signalAll();
        writable.signalAll();
    }
}
