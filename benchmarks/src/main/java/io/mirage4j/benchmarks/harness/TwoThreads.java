// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import com.sun.management.ThreadMXBean;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Times two duets in turn on two pinned threads, on the wall clock, in many short windows of which
/// the tenth best counts: one in which nobody took a processor away.
///
/// Where the host puts the two processors decides what a cache line costs between them, and that
/// may change at any time. So a ping-pong of one line stands before and after each pair of slices,
/// and a pair during which the line changed is thrown away.
final class TwoThreads {
    private static final int[] CHECKED_TIMES = {1, 2, 7};

    /// Short enough to run undisturbed, long against starting it.
    private static final long WINDOW_NANOS = 100_000;

    /// A slice of the line's own ping-pong is this part of a slice.
    private static final int LINE_SHARE = 10;

    /// By how much the line may change during a pair.
    private static final double STEADY = 0.2;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Row row;
    private final Effort effort;
    private final PrintStream log;
    private final Side ours;
    private final Side baseline;
    private final Side line = new Side(CacheLine.pingPong());
    private final List<Integer> cpus = Processors.allowed();
    private final FarThread far;

    TwoThreads(Row row, Pair<Duet> pair, Effort effort, PrintStream log) throws Throwable {
        this.row = row;
        this.effort = effort;
        this.log = log;
        ours = new Side(pair.ours());
        baseline = new Side(pair.baseline());
        if (cpus.size() < 2) throw new SkippedException("needs two processors, has " + cpus.size());
        far = new FarThread(cpus.get(1));
        far.setDaemon(true);
        far.start();
    }

    Outcome measure() throws Throwable {
        try {
            Processors.pin(List.of(cpus.get(0)));
            for (int times : CHECKED_TIMES) {
                long mine = ours.run(times);
                long theirs = baseline.run(times);
                if (mine != theirs) {
                    return new Outcome.Failed(
                            "for %d times ours gives %d, %s %d"
                                    .formatted(times, mine, row.baseline(), theirs));
                }
            }
            warmUp();
            return pairs();
        } finally {
            far.finish();
            Processors.pin(cpus);
        }
    }

    private void warmUp() throws Throwable {
        for (int window = 1; window <= effort.windows(); window++) {
            line.calibrate();
            ours.calibrate();
            baseline.calibrate();
            double lineNanos = line.slice(effort.sliceNanos());
            double oursNanos = ours.slice(effort.windowNanos());
            double baselineNanos = baseline.slice(effort.windowNanos());
            log.printf(
                    "  warm-up %d: ours %s ns, %s %s ns, cache line %s ns%n",
                    window,
                    Result.cost(oursNanos / row.operations()),
                    row.baseline(),
                    Result.cost(baselineNanos / row.operations()),
                    Result.cost(lineNanos));
        }
    }

    private Outcome pairs() throws Throwable {
        List<Double> oursNanos = new ArrayList<>();
        List<Double> baselineNanos = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> lines = new ArrayList<>();
        ours.reset();
        baseline.reset();
        double before = line.slice(effort.sliceNanos() / LINE_SHARE);
        for (int i = 0; i < 4 * effort.pairs() && ratios.size() < effort.pairs(); i++) {
            double mine = ours.slice(effort.sliceNanos());
            double theirs = baseline.slice(effort.sliceNanos());
            double after = line.slice(effort.sliceNanos() / LINE_SHARE);
            if (Math.abs(after - before) <= STEADY * Math.min(before, after)) {
                oursNanos.add(mine);
                baselineNanos.add(theirs);
                ratios.add(mine / theirs);
                lines.add((before + after) / 2);
            }
            before = after;
        }
        if (ratios.size() < effort.pairs() / 2) {
            return new Outcome.Skipped(
                    "the cache line was steady during %d of %d pairs only: too noisy a machine"
                            .formatted(ratios.size(), 4 * effort.pairs()));
        }
        double perUnit = row.nanosPerUnit() * row.operations();
        return new Outcome.Compared(
                median(oursNanos) / perUnit,
                median(baselineNanos) / perUnit,
                summary(ratios),
                ours.octetsPerTurn() / row.operations(),
                baseline.octetsPerTurn() / row.operations(),
                median(lines));
    }

    private static double median(List<Double> values) {
        return summary(values).median();
    }

    private static Summary summary(List<Double> values) {
        return Summary.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private final class Side {
        final Duet duet;
        int times = 1;
        long turns;
        long octets;

        Side(Duet duet) {
            this.duet = duet;
        }

        void reset() {
            turns = octets = 0;
        }

        double octetsPerTurn() {
            return (double) octets / turns;
        }

        void calibrate() throws Throwable {
            while (times < 1 << 28) {
                long best = Long.MAX_VALUE;
                for (int i = 0; i < 10; i++) {
                    best = Math.min(best, window());
                }
                if (best >= WINDOW_NANOS) return;
                times *= 2;
            }
        }

        /// Runs windows for `nanos` and returns what a turn took in the tenth best of a hundred.
        double slice(long nanos) throws Throwable {
            long octetsBefore = allocated();
            long end = System.nanoTime() + nanos;
            int capacity = (int) Math.max(16, 4 * nanos / WINDOW_NANOS);
            double[] windows = new double[capacity];
            int count = 0;
            do {
                windows[count++] = (double) window() / times;
            } while (count < capacity && System.nanoTime() < end);
            octets += allocated() - octetsBefore - capacity * (long) Double.BYTES;
            turns += (long) count * times;
            double[] taken = Arrays.copyOf(windows, count);
            return Summary.of(taken).p10();
        }

        private long allocated() {
            return THREADS.getCurrentThreadAllocatedBytes()
                    + THREADS.getThreadAllocatedBytes(far.threadId());
        }

        private long window() throws Throwable {
            long start = System.nanoTime();
            long result = run(times);
            long end = System.nanoTime();
            Measurement.sink = result;
            return end - start;
        }

        long run(int times) throws Throwable {
            far.start(duet.far(), times);
            long result = duet.near().run(times);
            return result + far.await();
        }
    }

    /// Waits for work by reading one field without pause: waking it would cost far more than what
    /// is measured.
    private static final class FarThread extends Thread {
        private final int cpu;
        private @Nullable Body body;
        private int times;
        private long result;
        private @Nullable Throwable failure;
        private volatile boolean busy = true;
        private volatile boolean finished;

        FarThread(int cpu) {
            super("far");
            this.cpu = cpu;
        }

        @Override
        public void run() {
            try {
                Processors.pin(List.of(cpu));
            } catch (Throwable e) {
                failure = e;
            }
            busy = false;
            while (!finished) {
                Body work = busy ? body : null;
                if (work != null) {
                    try {
                        result = work.run(times);
                    } catch (Throwable e) {
                        failure = e;
                    }
                    busy = false;
                }
            }
        }

        void start(Body work, int times) throws Throwable {
            await();
            body = work;
            this.times = times;
            busy = true;
        }

        long await() throws Throwable {
            while (busy) {
                // It will not be long.
            }
            Throwable e = failure;
            if (e != null) throw e;
            return result;
        }

        void finish() {
            finished = true;
        }
    }
}
