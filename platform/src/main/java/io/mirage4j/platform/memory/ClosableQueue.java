// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.TimedOutException;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue that can be closed under those who wait for it.
final class ClosableQueue<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<T> elements = new ArrayDeque<>();
    private final String name;
    private final int capacity;
    private boolean closed;

    /// @param name what the queue is to its user, for the messages of failures
    ClosableQueue(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    /// Puts an element in; false if the queue is full or closed.
    boolean offer(T element) {
        lock.lock();
        try {
            if (closed || elements.size() == capacity) return false;
            elements.add(element);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for an element.
    T take(String call) throws IOException {
        return take(call, 0);
    }

    /// Waits for an element, for `timeoutNanos` at most unless that is 0.
    T take(String call, long timeoutNanos) throws IOException {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (true) {
                if (closed) throw closed();
                T element = elements.poll();
                if (element != null) return element;
                if (timeoutNanos == 0) {
                    changed.await();
                } else if (left <= 0) {
                    throw new TimedOutException("nothing came for " + timeoutNanos + " ns");
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            throw Interrupted.during(call, 0);
        } finally {
            lock.unlock();
        }
    }

    void checkOpen() throws IOException {
        lock.lock();
        try {
            if (closed) throw closed();
        } finally {
            lock.unlock();
        }
    }

    /// Closes the queue and returns what nobody took.
    List<T> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            List<T> left = List.copyOf(elements);
            elements.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    private IOException closed() {
        return new IOException(name + " is closed");
    }
}
