// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.loop;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.NetDevice;

import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Drives an engine on a device in one thread, which alone touches both. Other threads hand their
/// work over with [#execute].
///
/// The thread polls. When there is nothing to do it goes on polling for a while, since to wake a
/// thread on another processor takes tens of microseconds, and then sleeps until the next deadline,
/// a frame, or work.
///
/// Nothing here allocates while frames go through, as long as device and engine do not.
public final class HostLoop implements Executor, Closeable {
    /// How long the thread polls before it sleeps, unless told otherwise.
    public static final long POLL_NANOS = 30_000;

    private static final int BATCH = 64;

    /// So much goes one way before the other has its turn.
    private static final int MOST_AT_ONCE = 256;

    private static final int MOST_WORK = 1024;
    private static final int QUEUE_CHUNK = 1024;

    private final Engine engine;
    private final NetDevice device;
    private final Clock clock;
    private final long pollNanos;
    private final Sleeper sleeper;
    private final @Nullable ParkSleeper park;
    private final Thread thread;

    private final Queue<Runnable> work = new MpscUnboundedAtomicArrayQueue<>(QUEUE_CHUNK);
    private final FrameBatch batch = FrameBatch.create(BATCH);
    private final FrameNote note = new FrameNote();

    /// Whether somebody who hands work over has to wake the thread.
    private final AtomicBoolean sleeping = new AtomicBoolean();

    /// Held by who takes work once the thread is gone; a queue has one consumer at a time.
    private final Object afterwards = new Object();

    private volatile boolean closed;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    private HostLoop(
            String name,
            Engine engine,
            NetDevice device,
            Sleeper sleeper,
            Clock clock,
            long pollNanos) {
        this.engine = engine;
        this.device = device;
        this.clock = clock;
        this.pollNanos = pollNanos;
        this.sleeper = sleeper;
        park = sleeper instanceof ParkSleeper parking ? parking : null;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /// Starts a thread that drives `engine` on `device`; both are its own from now on.
    ///
    /// @throws IOException if the device can not be waited for
    public static HostLoop start(String name, Engine engine, NetDevice device, Clock clock)
            throws IOException {
        return start(name, engine, device, clock, POLL_NANOS);
    }

    /// As the other, with a choice between speed and quiet.
    ///
    /// @param pollNanos how long the thread polls before it sleeps; 0 saves processor time and
    ///   costs the time of a wake-up
    public static HostLoop start(
            String name, Engine engine, NetDevice device, Clock clock, long pollNanos)
            throws IOException {
        Sleeper sleeper =
                device instanceof Waitable waitable ? waitable.sleeper() : new ParkSleeper();
        return start(name, engine, device, sleeper, clock, pollNanos);
    }

    /// As the others, for a device that is wrapped in another one, say to capture its frames.
    ///
    /// @param sleeper that of the device within
    public static HostLoop start(
            String name,
            Engine engine,
            NetDevice device,
            Sleeper sleeper,
            Clock clock,
            long pollNanos) {
        var loop = new HostLoop(name, engine, device, sleeper, clock, pollNanos);
        loop.thread.start();
        return loop;
    }

    /// Runs `task` in the loop's thread, soon, in the order of the calls of one thread. What it
    /// throws ends the loop, as a failure of the engine does. A task that was taken is run, even if
    /// the loop ends before: then it finds an engine that nobody drives.
    ///
    /// @throws RejectedExecutionException if the loop has ended
    @Override
    public void execute(Runnable task) {
        if (closed) throw new RejectedExecutionException(thread.getName() + " has ended");
        work.add(task);
        if (sleeping.getAndSet(false)) {
            sleeper.wake();
        }
        if (ended) {
            runLeftovers();
        }
    }

    /// Tells whether the caller is the loop's own thread.
    public boolean isLoopThread() {
        return thread.equals(Thread.currentThread());
    }

    /// Why the loop has ended by itself, if it has.
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    private void run() {
        try {
            long busyAt = clock.nanoTime();
            while (!closed) {
                long now = clock.nanoTime();
                if (turn(now)) {
                    busyAt = now;
                    if (park != null) {
                        park.worked();
                    }
                } else if (now - busyAt < pollNanos) {
                    Thread.onSpinWait();
                } else {
                    sleepUntil(engine.nextDeadline(), now);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            if (!closed) {
                failure = e;
            }
        } finally {
            closed = true;
            ended = true;
            runLeftovers();
            tellEngine();
        }
    }

    /// Threads may wait for what the engine will never do now.
    private void tellEngine() {
        synchronized (afterwards) {
            try {
                engine.ended();
            } catch (RuntimeException | Error e) {
                failure = failure == null ? e : failure;
            }
        }
    }

    /// One round of work; false if there was none.
    private boolean turn(long now) throws IOException {
        boolean busy = false;
        for (int received = 0; received < MOST_AT_ONCE && device.poll(batch) > 0; ) {
            received += batch.size();
            engine.receive(batch, now);
            busy = true;
            // A device that leaves room has no more for now: to ask it again costs a system call.
            if (!batch.isFull()) break;
        }
        Runnable task;
        for (int i = 0; i < MOST_WORK && (task = work.poll()) != null; i++) {
            task.run();
            busy = true;
        }
        engine.advance(now);
        boolean sent = false;
        for (int i = 0; i < MOST_AT_ONCE && device.hasRoom(); i++) {
            Cstruct slot = device.slot();
            int len = engine.transmit(slot, note.clear(), now);
            if (len == 0) break;
            device.commit(len, note);
            sent = true;
        }
        // Also without a frame now: the device may hold some that it had no room to let go.
        device.flush();
        return busy || sent;
    }

    private void sleepUntil(long deadline, long now) throws IOException {
        long nanos = deadline == Engine.NEVER ? Long.MAX_VALUE : deadline - now;
        if (nanos <= 0) return;
        sleeping.set(true);
        // Whoever came before this line did not wake the thread; whoever comes after it does.
        if (work.isEmpty() && !closed) {
            sleeper.sleep(nanos);
        }
        sleeping.set(false);
    }

    private void runLeftovers() {
        synchronized (afterwards) {
            for (Runnable task; (task = work.poll()) != null; ) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
    }

    /// Stops the thread and waits for its end; closes the device where it can be closed. From the
    /// loop's own thread it does not wait. Twice is as once.
    @Override
    public void close() throws IOException {
        closed = true;
        sleeper.wake();
        boolean interrupted = false;
        while (!isLoopThread() && thread.isAlive()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (device instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
