// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Two and more threads on one word.
@Timeout(60)
class AtomicsTest {
    private static final int THREADS = 3;
    private static final int TURNS = Boolean.getBoolean("mirage.full") ? 2_000_000 : 50_000;

    static List<Cstruct> memories() {
        return List.of(
                Cstruct.create(64),
                Cstruct.of(new byte[80], 8, 64),
                Cstruct.allocate(Arena.ofAuto(), 64, 8));
    }

    @ParameterizedTest
    @MethodSource("memories")
    void noAdditionIsLost(Cstruct memory) throws Exception {
        together(
                thread -> {
                    for (int i = 0; i < TURNS; i++) {
                        memory.getAndAddInt(4, 1);
                        memory.getAndAddLong(8, -3);
                    }
                });
        assertThat(memory.getIntVolatile(4)).isEqualTo(THREADS * TURNS);
        assertThat(memory.getLongVolatile(8)).isEqualTo(-3L * THREADS * TURNS);
        assertThat(memory.getIntVolatile(0)).isZero();
        assertThat(memory.getLongVolatile(16)).isZero();
    }

    @ParameterizedTest
    @MethodSource("memories")
    void oneOfTwoSwapsWins(Cstruct memory) throws Exception {
        together(
                thread -> {
                    for (int i = 0; i < TURNS; i++) {
                        int seen;
                        do {
                            seen = memory.getIntVolatile(0);
                        } while (!memory.compareAndSetInt(0, seen, seen + 1));
                        long seenLong;
                        do {
                            seenLong = memory.getLongVolatile(8);
                        } while (!memory.compareAndSetLong(8, seenLong, seenLong + 5));
                    }
                });
        assertThat(memory.getIntOpaque(0)).isEqualTo(THREADS * TURNS);
        assertThat(memory.getLongOpaque(8)).isEqualTo(5L * THREADS * TURNS);
    }

    /// The ring's promise: who sees the index sees the slot.
    @ParameterizedTest
    @MethodSource("memories")
    void whatWasWrittenBeforeAReleaseIsSeenAfterTheAcquire(Cstruct memory) throws Exception {
        passes(
                memory,
                v -> {
                    memory.putU64le(32, v * 3L);
                    memory.putIntRelease(0, v);
                },
                () -> memory.getIntAcquire(0));
    }

    @ParameterizedTest
    @MethodSource("memories")
    void fencesOrderPlainWritesAroundOpaqueOnes(Cstruct memory) throws Exception {
        passes(
                memory,
                v -> {
                    memory.putU64le(32, v * 3L);
                    Fences.release();
                    memory.putIntOpaque(0, v);
                },
                () -> {
                    int seen = memory.getIntOpaque(0);
                    Fences.acquire();
                    return seen;
                });
    }

    /// Dekker: of two who write their flag and look at the other's, one must see it.
    @ParameterizedTest
    @MethodSource("memories")
    void aFullFenceKeepsAWriteBeforeARead(Cstruct memory) throws Exception {
        int rounds = Math.max(2_000, TURNS / 100);
        int[] saw = new int[2];
        var barrier = new CyclicBarrier(2);
        var failed = new int[1];
        together(
                2,
                thread -> {
                    for (int i = 0; i < rounds; i++) {
                        if (thread == 0) {
                            memory.putIntOpaque(0, 0);
                            memory.putIntOpaque(32, 0);
                        }
                        barrier.await();
                        memory.putIntOpaque(32 * thread, 1);
                        Fences.full();
                        saw[thread] = memory.getIntOpaque(32 * (1 - thread));
                        barrier.await();
                        if (thread == 0 && saw[0] == 0 && saw[1] == 0) {
                            failed[0]++;
                        }
                    }
                });
        assertThat(failed[0]).isZero();
    }

    private interface Publish {
        void value(int v);
    }

    private interface Seen {
        int value();
    }

    private static void passes(Cstruct memory, Publish publish, Seen seen) throws Exception {
        int last = TURNS;
        together(
                2,
                thread -> {
                    if (thread == 0) {
                        for (int v = 1; v <= last; v++) {
                            publish.value(v);
                        }
                        return;
                    }
                    for (int v = 0; v < last; ) {
                        v = seen.value();
                        // The writer may be further on by now, but never behind.
                        if (memory.u64le(32) < v * 3L) {
                            throw new AssertionError("slot of " + v + " not seen");
                        }
                        Thread.onSpinWait();
                    }
                });
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void together(Work work) throws Exception {
        together(THREADS, work);
    }

    private static void together(int threads, Work work)
            throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all =
                    IntStream.range(0, threads)
                            .<Future<?>>mapToObj(
                                    thread ->
                                            pool.submit(
                                                    () -> {
                                                        work.run(thread);
                                                        return null;
                                                    }))
                            .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
