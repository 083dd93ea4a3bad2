// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.platform.Engine;

import java.util.Arrays;

/// All timers of one owner, the next one at hand: a binary heap. It grows to as many as are set at
/// once, which whoever makes timers bounds. Setting, moving and cancelling allocate nothing else.
public final class Timers {
    /// What a timer does when its time has come; it may set the timer again.
    @FunctionalInterface
    public interface Expiry {
        void expired(long nowNanos);
    }

    /// One deadline, made once and set again and again.
    public final class Timer {
        private final Expiry expiry;
        private long deadline = Engine.NEVER;
        private int index = -1;

        private Timer(Expiry expiry) {
            this.expiry = expiry;
        }

        public boolean isSet() {
            return index >= 0;
        }

        /// [Engine#NEVER] if it is not set.
        public long deadline() {
            return deadline;
        }

        /// Sets or moves it.
        public void set(long deadlineNanos) {
            long before = deadline;
            deadline = deadlineNanos;
            if (index < 0) {
                insert(this);
            } else if (deadlineNanos < before) {
                up(index);
            } else {
                down(index);
            }
        }

        public void cancel() {
            if (index >= 0) {
                remove(index);
            }
        }
    }

    private Timer[] heap = new Timer[16];
    private int size;

    public Timer timer(Expiry expiry) {
        return new Timer(expiry);
    }

    /// How many are set.
    public int size() {
        return size;
    }

    /// When the next one is due; [Engine#NEVER] if none is set.
    public long nextDeadline() {
        return size == 0 ? Engine.NEVER : heap[0].deadline;
    }

    /// Lets all that are due by now expire, in their order. One that is set again for now or before
    /// has to wait for the next call, so this ends.
    public void advance(long nowNanos) {
        for (int most = size; most > 0 && size > 0 && heap[0].deadline <= nowNanos; most--) {
            Timer due = heap[0];
            remove(0);
            due.expiry.expired(nowNanos);
        }
    }

    private void insert(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        place(timer, size++);
        up(timer.index);
    }

    private void remove(int index) {
        Timer removed = heap[index];
        Timer last = heap[--size];
        if (last != removed) {
            place(last, index);
            up(index);
            down(last.index);
        }
        removed.index = -1;
        removed.deadline = Engine.NEVER;
    }

    private void up(int from) {
        int i = from;
        Timer timer = heap[i];
        while (i > 0 && timer.deadline < heap[(i - 1) >>> 1].deadline) {
            place(heap[(i - 1) >>> 1], i);
            i = (i - 1) >>> 1;
        }
        place(timer, i);
    }

    private void down(int from) {
        int i = from;
        Timer timer = heap[i];
        for (int child; (child = 2 * i + 1) < size; i = child) {
            if (child + 1 < size && heap[child + 1].deadline < heap[child].deadline) {
                child++;
            }
            if (timer.deadline <= heap[child].deadline) break;
            place(heap[child], i);
        }
        place(timer, i);
    }

    private void place(Timer timer, int index) {
        heap[index] = timer;
        timer.index = index;
    }
}
