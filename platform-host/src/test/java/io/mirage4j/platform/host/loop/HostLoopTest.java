// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.platform.memory.VirtualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostLoopTest {
    private final MemoryLink link = MemoryLink.create(8);
    private final NetDevice peer = link.right();
    private final HostClock clock = new HostClock();
    private final EchoEngine engine = new EchoEngine();
    private HostLoop loop;

    /// Sends back what comes, and counts what is due.
    private static final class EchoEngine implements Engine {
        final Queue<byte[]> toSend = new ArrayDeque<>();
        long deadline = NEVER;
        final CountDownLatch due = new CountDownLatch(1);
        final CountDownLatch told = new CountDownLatch(1);
        RuntimeException failing;

        @Override
        public void receive(Cstruct frame, long nowNanos) {
            toSend.add(frame.toByteArray());
        }

        @Override
        public void advance(long nowNanos) {
            if (failing != null) throw failing;
            if (nowNanos >= deadline) {
                deadline = NEVER;
                due.countDown();
            }
        }

        @Override
        public int transmit(Cstruct slot, long nowNanos) {
            byte[] frame = toSend.poll();
            if (frame == null) return 0;
            slot.put(0, frame);
            return frame.length;
        }

        @Override
        public long nextDeadline() {
            return deadline;
        }

        @Override
        public void ended() {
            told.countDown();
        }
    }

    private void start(long pollNanos) throws IOException {
        loop = HostLoop.start("test", engine, link.left(), clock, pollNanos);
    }

    @AfterEach
    final void stop() throws IOException {
        if (loop != null) {
            loop.close();
        }
    }

    @Test
    void framesGoThroughTheEngine() throws IOException {
        for (long pollNanos : new long[] {0, HostLoop.POLL_NANOS}) {
            start(pollNanos);
            for (int i = 0; i < 500; i++) {
                while (!peer.hasRoom()) {
                    Thread.onSpinWait();
                }
                peer.slot().putU32be(14, i);
                peer.commit(60);
                Cstruct answer;
                while ((answer = peer.poll()) == null) {
                    Thread.onSpinWait();
                }
                assertThat(answer.u32be(14)).isEqualTo(i);
            }
            loop.close();
        }
    }

    @Test
    void workIsDoneInTheLoopsThreadAndInOrder() throws Exception {
        start(0);
        int threads = 4;
        int each = 5000;
        List<List<Integer>> seen = new ArrayList<>();
        var left = new CountDownLatch(threads * each);
        var strangers = new AtomicInteger();
        for (int t = 0; t < threads; t++) {
            List<Integer> numbers = new ArrayList<>();
            seen.add(numbers);
            Thread.ofVirtual()
                    .start(
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    int number = i;
                                    loop.execute(
                                            () -> {
                                                if (!loop.isLoopThread()) {
                                                    strangers.incrementAndGet();
                                                }
                                                numbers.add(number);
                                                left.countDown();
                                            });
                                }
                            });
        }
        left.await();
        assertThat(strangers).hasValue(0);
        for (List<Integer> numbers : seen) {
            assertThat(numbers).hasSize(each).isSorted();
        }
    }

    @Test
    void aLoopThatSleepsIsWokenForWorkEachTime() throws Exception {
        start(0);
        for (int i = 0; i < 300; i++) {
            var done = new CompletableFuture<Integer>();
            int number = i;
            loop.execute(() -> done.complete(number));
            assertThat(done.get()).isEqualTo(number);
        }
    }

    @Test
    void whatWorkLeavesToSendIsSent() throws Exception {
        start(0);
        byte[] frame = new byte[60];
        new Random(1).nextBytes(frame);
        loop.execute(() -> engine.toSend.add(frame));
        Cstruct sent;
        while ((sent = peer.poll()) == null) {
            Thread.onSpinWait();
        }
        assertThat(sent.toByteArray()).isEqualTo(frame);
    }

    /// Time passes only while the loop sleeps, so it is met at once or never.
    @Test
    void aDeadlineIsSleptForAndMetWithoutAFrame() throws Exception {
        var time = new VirtualClock();
        var slept = new LinkedBlockingQueue<Long>();
        var awake = new Semaphore(0);
        var sleeper =
                new Sleeper() {
                    @Override
                    public void sleep(long nanos) {
                        slept.add(nanos);
                        if (nanos == Long.MAX_VALUE) {
                            awake.acquireUninterruptibly();
                        } else {
                            time.advance(nanos);
                        }
                    }

                    @Override
                    public void wake() {
                        awake.release();
                    }
                };
        loop = HostLoop.start("test", engine, link.left(), sleeper, time, 0);
        assertThat(slept.take()).isEqualTo(Long.MAX_VALUE);
        loop.execute(() -> engine.deadline = 5_000_000);
        assertThat(slept.take()).isEqualTo(5_000_000);
        assertThat(engine.due.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(slept.take()).isEqualTo(Long.MAX_VALUE);
        assertThat(time.nanoTime()).isEqualTo(5_000_000);
    }

    @Test
    void aFailureOfTheEngineEndsTheLoopAndIsTold() throws Exception {
        start(0);
        var failure = new IllegalStateException("broken");
        loop.execute(() -> engine.failing = failure);
        while (loop.failure().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(loop.failure()).contains(failure);
        assertThatThrownBy(() -> loop.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("test has ended");
    }

    /// The first task fails and ends the loop, the second fails among what is left.
    @Test
    void theEngineIsToldOfTheEndWhateverFails() throws Exception {
        start(0);
        loop.execute(
                () -> {
                    loop.execute(
                            () -> {
                                throw new AssertionError("left over");
                            });
                    throw new AssertionError("first");
                });
        assertThat(engine.told.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.failure()).get().asString().contains("first");
    }

    @Test
    void workThatWasTakenIsRunWhateverHappens() throws Exception {
        for (int round = 0; round < 50; round++) {
            start(0);
            var taken = new AtomicInteger();
            var run = new AtomicInteger();
            var giver =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            while (true) {
                                                loop.execute(run::incrementAndGet);
                                                taken.incrementAndGet();
                                            }
                                        } catch (RejectedExecutionException e) {
                                            // As it should be.
                                        }
                                    });
            while (run.get() == 0) {
                Thread.onSpinWait();
            }
            loop.close();
            giver.join();
            assertThat(run.get()).isEqualTo(taken.get());
        }
    }

    @Test
    void closingTwiceInterruptedAndFromTheLoopItself() throws Exception {
        start(0);
        Thread.currentThread().interrupt();
        loop.close();
        assertThat(Thread.interrupted()).isTrue();
        loop.close();
        assertThat(loop.failure()).isEmpty();

        start(0);
        var closed = new CompletableFuture<Boolean>();
        HostLoop own = loop;
        own.execute(
                () -> {
                    try {
                        own.close();
                        closed.complete(true);
                    } catch (IOException e) {
                        closed.completeExceptionally(e);
                    }
                });
        assertThat(closed.get()).isTrue();
    }
}
