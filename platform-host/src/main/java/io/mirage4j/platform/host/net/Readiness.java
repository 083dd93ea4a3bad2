// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// Tells parked threads that the kernel has something for them: one thread of this program that
/// selects, started when the first has to wait.
///
/// Not the blocking calls of the channels: an interrupt would close the channel under both of its
/// directions, and the contract wants that an interrupted read leaves a flow as it was.
final class Readiness {
    /// A request to the selecting thread.
    static final class Waiter {
        private static final int FORGET = 0;

        private final SelectableChannel channel;
        private final int operation;
        private final Thread thread = Thread.currentThread();
        private volatile boolean done;

        private Waiter(SelectableChannel channel, int operation) {
            this.channel = channel;
            this.operation = operation;
        }

        /// Wants to be woken once `channel`, which does not block, may be ready for `operation`.
        static Waiter on(SelectableChannel channel, int operation) {
            return new Waiter(channel, operation);
        }

        /// Wants all others on `channel`, which is closed, to be woken, and then to be woken once
        /// the kernel's socket is closed too: a selector holds it for that long.
        static Waiter forget(SelectableChannel channel) {
            return new Waiter(channel, FORGET);
        }

        boolean isDone() {
            return done;
        }

        /// For the waiter itself: it has waited long enough.
        void giveUp() {
            done = true;
        }

        private void wake() {
            done = true;
            LockSupport.unpark(thread);
        }
    }

    /// After a failure of the selector.
    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private static final class Holder {
        static final Readiness SHARED = new Readiness();
    }

    private final Selector selector;
    private final ConcurrentLinkedQueue<Waiter> requests = new ConcurrentLinkedQueue<>();

    // What follows belongs to the selecting thread.
    private final Map<SelectableChannel, List<Waiter>> waiting = new HashMap<>();
    private final List<Waiter> forgetting = new ArrayList<>();

    private Readiness() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("mirage4j-sockets").start(this::run);
    }

    static Readiness shared() {
        return Holder.SHARED;
    }

    void ask(Waiter waiter) {
        requests.add(waiter);
        selector.wakeup();
    }

    private void run() {
        while (true) {
            try {
                takeRequests();
                if (forgetting.isEmpty()) {
                    selector.select(this::ready);
                } else {
                    selector.selectNow(this::ready); // lets go of cancelled keys
                    forgetting.forEach(Waiter::wake);
                    forgetting.clear();
                }
            } catch (IOException | RuntimeException e) {
                // Whoever waits tries its call again and fails, or waits, in its own words. Not at
                // once again: a selector that fails for good must not take a processor.
                waiting.values().forEach(waiters -> wakeReady(waiters, -1));
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void takeRequests() {
        for (Waiter waiter; (waiter = requests.poll()) != null; ) {
            if (waiter.operation == Waiter.FORGET) {
                List<Waiter> waiters = waiting.remove(waiter.channel);
                if (waiters != null) {
                    wakeReady(waiters, -1);
                }
                forgetting.add(waiter);
            } else if (!waiter.done) {
                register(waiter);
            }
        }
    }

    private void register(Waiter waiter) {
        try {
            List<Waiter> waiters = waiting.computeIfAbsent(waiter.channel, _ -> new ArrayList<>(2));
            waiters.removeIf(Waiter::isDone);
            waiters.add(waiter);
            SelectionKey key = waiter.channel.keyFor(selector);
            if (key == null) {
                waiter.channel.register(selector, waiter.operation, waiters);
            } else {
                key.interestOps(operations(waiters));
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            // Who closed it has sent a request to forget it, or is about to; or it came before.
            waiter.wake();
            List<Waiter> waiters = waiting.remove(waiter.channel);
            if (waiters != null) {
                wakeReady(waiters, -1);
            }
        }
    }

    private void ready(SelectionKey key) {
        @SuppressWarnings("unchecked") // what `register` attached
        var waiters = (List<Waiter>) key.attachment();
        try {
            wakeReady(waiters, key.readyOps());
            key.interestOps(operations(waiters));
        } catch (CancelledKeyException e) {
            wakeReady(waiters, -1);
        }
    }

    private static void wakeReady(List<Waiter> waiters, int ready) {
        waiters.removeIf(
                waiter -> {
                    if ((waiter.operation & ready) != 0) {
                        waiter.wake();
                    }
                    return waiter.done;
                });
    }

    private static int operations(List<Waiter> waiters) {
        int operations = 0;
        for (Waiter waiter : waiters) {
            operations |= waiter.operation;
        }
        return operations;
    }
}
