// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.NetDevice;

import java.io.Closeable;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Drives an engine on a device of the board in a platform thread, which shares the one processor
/// with all others: it has its turn, lets them run on what has come, and waits in the boot layer
/// when nothing is left to do.
///
/// Threads do not interrupt each other here, so whoever hands work over knows for sure whether the
/// loop waits.
final class BoardLoop implements Executor, Closeable {
    /// So many frames go one way before the other has its turn, and other threads theirs.
    private static final int MOST_AT_ONCE = 64;

    private final Engine engine;
    private final NetDevice device;
    private final Waiting waiting;
    private final Clock clock;
    private final FrameNote note = new FrameNote();
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private volatile boolean asleep;
    private volatile boolean closed;

    /// How the loop waits for its device.
    interface Waiting {
        /// Blocks until the device may have a frame, [#wake], or `deadlineNanos`.
        void await(long deadlineNanos);

        void wake();
    }

    private BoardLoop(Engine engine, NetDevice device, Waiting waiting, Clock clock) {
        this.engine = engine;
        this.device = device;
        this.waiting = waiting;
        this.clock = clock;
    }

    static BoardLoop start(Engine engine, NetDevice device, Waiting waiting, Clock clock) {
        var loop = new BoardLoop(engine, device, waiting, clock);
        Thread.ofPlatform().daemon().name("network").start(loop::run);
        return loop;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the loop of the network device has ended");
        }
        work.add(task);
        if (asleep) {
            waiting.wake();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // threads take turns here: this is how
    private void run() {
        try {
            while (!closed) {
                if (turn(clock.nanoTime())) {
                    Thread.yield();
                } else {
                    waitForWork();
                }
            }
        } catch (IOException e) {
            System.err.println("network: " + e.getMessage());
        } finally {
            closed = true;
            // Who still waits for an answer finds an engine that nobody drives.
            engine.ended();
            for (Runnable task; (task = work.poll()) != null; ) {
                task.run();
            }
        }
    }

    private void waitForWork() {
        asleep = true;
        if (work.isEmpty() && !closed) {
            waiting.await(engine.nextDeadline());
        }
        asleep = false;
    }

    /// One round of work; false if there was none.
    private boolean turn(long now) throws IOException {
        int done = 0;
        Cstruct frame;
        while (done < MOST_AT_ONCE && (frame = device.poll(note)) != null) {
            engine.receive(frame, note, now);
            done++;
        }
        for (Runnable task; done < 2 * MOST_AT_ONCE && (task = work.poll()) != null; done++) {
            task.run();
        }
        engine.advance(now);
        int sent = 0;
        for (int len; sent < MOST_AT_ONCE && device.hasRoom(); sent++) {
            len = engine.transmit(device.slot(), note.clear(), now);
            if (len == 0) break;
            device.commit(len, note);
        }
        device.flush();
        return done + sent > 0;
    }

    @Override
    public void close() {
        closed = true;
        waiting.wake();
    }
}
