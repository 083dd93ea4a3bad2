// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Datagrams that wait for a reader: the loop puts them in, application threads take them out, so a
/// datagram that is there is received without asking the loop.
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final String name;
    private int octets;
    private boolean closed;

    /// What the next call is told, once.
    private @Nullable UnreachableException failure;

    /// A datagram, copied out of the stack. The octets are nobody else's.
    @SuppressWarnings("ArrayRecordComponent") // It is never compared.
    record Waiting(Endpoint from, IpAddress to, byte[] payload) {
        void putInto(Datagram datagram) {
            int len = Math.min(payload.length, datagram.buffer().length());
            datagram.buffer().put(0, Cstruct.of(payload).sub(0, len));
            datagram.length(len).remote(from).local(to);
        }
    }

    /// @param name what the inbox is to its user, for the messages of failures
    Inbox(String name) {
        this.name = name;
    }

    void offer(Waiting datagram) {
        lock.lock();
        try {
            int more = datagram.payload().length;
            boolean fits =
                    waiting.size() < UdpSocket.MOST_WAITING
                            && octets + more <= UdpSocket.MOST_WAITING_OCTETS;
            if (!closed && fits) {
                octets += more;
                waiting.add(datagram);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Tells the next call, or who waits, that a datagram of ours does not arrive. What has come
    /// stays.
    void fail(UnreachableException e) {
        lock.lock();
        try {
            failure = e;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a datagram, for `timeoutNanos` at most unless that is 0.
    Waiting take(long timeoutNanos) throws IOException {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (true) {
                requireSound();
                Waiting datagram = remove();
                if (datagram != null) return datagram;
                if (timeoutNanos == 0) {
                    changed.await();
                } else if (left <= 0) {
                    throw new TimedOutException(name + ": nothing for " + timeoutNanos + " ns");
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("receive at " + name + " was interrupted");
        } finally {
            lock.unlock();
        }
    }

    /// A datagram if there is one now.
    @Nullable Waiting poll() {
        lock.lock();
        try {
            return remove();
        } finally {
            lock.unlock();
        }
    }

    void checkOpen() throws IOException {
        lock.lock();
        try {
            requireOpen();
        } finally {
            lock.unlock();
        }
    }

    /// Throws what was said of datagrams sent before, if anything was.
    void checkSound() throws IOException {
        lock.lock();
        try {
            requireSound();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            octets = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Waiting remove() {
        Waiting datagram = waiting.poll();
        if (datagram != null) {
            octets -= datagram.payload().length;
        }
        return datagram;
    }

    private void requireSound() throws IOException {
        requireOpen();
        UnreachableException told = failure;
        if (told != null) {
            failure = null;
            throw told;
        }
    }

    private void requireOpen() throws IOException {
        if (closed) throw new IOException(name + " is closed");
    }
}
