// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.unikernel.Board;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Answers frames, makes garbage and starts threads, all at once and for long; then tells whether
/// memory grew. What lives after a collection is measured when an eighth of the time is over, and
/// at the end.
final class Soak {
    private static final int PIECE = 4096;
    private static final int PIECES = 1024;
    private static final int THREADS = 100;
    private static final long MAY_GROW_OCTETS = 1 << 20;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Board board;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong woken = new AtomicLong();
    private long made;

    private Soak(Board board) {
        this.board = board;
    }

    static int run(Board board, IpAddress address, int seconds)
            throws IOException, InterruptedException {
        return new Soak(board).run(new EchoLoop(board, address), seconds * SECOND_NANOS);
    }

    private int run(EchoLoop echo, long nanos) throws InterruptedException {
        Thread answers = Thread.startVirtualThread(() -> answer(echo));
        long start = board.clock().nanoTime();
        round(start + nanos / 8);
        long first = living();
        board.console().println("soak: after an eighth " + figures(first));
        round(start + nanos);
        stopped.set(true);
        answers.join();
        long last = living();
        board.console().println("soak: at the end " + figures(last));
        boolean stable = last - first <= MAY_GROW_OCTETS;
        board.console().println(stable ? "soak: memory is stable" : "soak: memory grows");
        return stable && made / PIECES * THREADS == woken.get() ? 0 : 1;
    }

    private void round(long deadline) throws InterruptedException {
        while (board.clock().nanoTime() < deadline) {
            List<Thread> threads = new ArrayList<>(THREADS);
            for (int i = 0; i < THREADS; i++) {
                threads.add(Thread.startVirtualThread(this::nap));
            }
            byte[][] pieces = new byte[PIECES][];
            for (int i = 0; i < PIECES; i++) {
                pieces[i] = new byte[PIECE];
            }
            made += pieces.length;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void nap() {
        try {
            Thread.sleep(1);
            woken.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(EchoLoop echo) {
        try {
            while (!stopped.get()) {
                answered.addAndGet(echo.turn());
            }
        } catch (IOException e) {
            board.console().println("soak: " + e.getMessage());
        }
    }

    private static long living() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private String figures(long living) {
        return "%d frames answered, %d threads ended, %d MB made, %d kB living"
                .formatted(answered.get(), woken.get(), (made * PIECE) >> 20, living >> 10);
    }
}
