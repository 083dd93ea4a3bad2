// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.unikernel.Board;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Virtual threads that never rest, beside platform threads that want to sleep, to yield and to
/// end: one that yields in a loop, and two that hand something to each other. Whoever has the
/// processor must let go of it, or nobody is ever told to stop.
final class Turns {
    private static final int PLATFORM_THREADS = 4;
    private static final int TURNS = 100;
    private static final long NAP_MILLIS = 20;

    private volatile boolean stopped;

    static int run(Board board) throws InterruptedException {
        return new Turns().run(board, new AtomicInteger());
    }

    private int run(Board board, AtomicInteger ended) throws InterruptedException {
        var ball = new SynchronousQueue<Integer>();
        Thread[] restless = {
            Thread.startVirtualThread(this::yieldAlways),
            Thread.startVirtualThread(() -> play(ball, true)),
            Thread.startVirtualThread(() -> play(ball, false)),
        };
        Thread[] platform = new Thread[PLATFORM_THREADS];
        for (int i = 0; i < platform.length; i++) {
            platform[i] = Thread.ofPlatform().start(() -> takeTurns(ended));
        }
        for (Thread thread : platform) {
            thread.join();
        }
        stopped = true;
        for (Thread thread : restless) {
            thread.interrupt();
            thread.join();
        }
        board.console().println("turns: " + ended + " of " + PLATFORM_THREADS + " had theirs");
        return ended.get() == PLATFORM_THREADS ? 0 : 1;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the question is what comes of it
    private void yieldAlways() {
        while (!stopped) {
            Thread.yield();
        }
    }

    /// Until it is interrupted, when the other has gone.
    private void play(SynchronousQueue<Integer> ball, boolean begins) {
        try {
            boolean throwsIt = begins;
            while (!stopped) {
                if (throwsIt) {
                    ball.put(1);
                } else {
                    ball.take();
                }
                throwsIt = !throwsIt;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void takeTurns(AtomicInteger ended) {
        try {
            for (int i = 0; i < TURNS; i++) {
                Thread.yield();
            }
            Thread.sleep(NAP_MILLIS);
            ended.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
