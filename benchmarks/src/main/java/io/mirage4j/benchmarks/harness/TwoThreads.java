// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import com.sun.management.ThreadMXBean;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Times two duets in turn on two pinned threads, on the wall clock, in many short windows. A
/// window counts only if both threads had their processors all the time, which their CPU time
/// tells; of those the value is taken below which a tenth of them lies.
///
/// Where the host puts the two processors decides what a cache line costs between them, and that
/// may change at any time. So a ping-pong of one line stands before and after each pair of slices,
/// and a pair during which the line changed is thrown away.
final class TwoThreads {
    /// Short enough to run undisturbed, long against starting it.
    private static final long WINDOW_NANOS = 200_000;

    /// A thread that got less of its processor than all but this share was disturbed.
    private static final double LOST_SHARE = 0.05;

    /// A slice with fewer windows that were not disturbed says nothing, and is drawn out.
    private static final int LEAST_WINDOWS = 10;

    /// How many times its length a slice may be drawn out to.
    private static final int PATIENCE = 10;

    /// A slice of the line's own ping-pong is this part of a slice.
    private static final int LINE_SHARE = 5;

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
            Outcome.Failed violation = Agreement.violation(row, ours::run, baseline::run);
            if (violation != null) return violation;
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
        long lineSlice = effort.sliceNanos() / LINE_SHARE;
        double before = line.slice(lineSlice);
        for (int i = 0; i < 4 * effort.pairs() && ratios.size() < effort.pairs(); i++) {
            double mine = ours.slice(effort.sliceNanos());
            double theirs = baseline.slice(effort.sliceNanos());
            double after = line.slice(lineSlice);
            // A slice without a value is not a number, and fails the comparison too.
            if (mine / theirs > 0 && Math.abs(after - before) <= STEADY * Math.min(before, after)) {
                oursNanos.add(mine);
                baselineNanos.add(theirs);
                ratios.add(mine / theirs);
                lines.add((before + after) / 2);
            }
            before = after;
        }
        if (ratios.size() < effort.pairs() / 2) {
            return new Outcome.Skipped(
                    "too noisy a machine: in %d of %d pairs only both processors were ours and the cache line steady"
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
        long nanos;
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
                    window();
                    best = Math.min(best, nanos);
                }
                if (best >= WINDOW_NANOS) return;
                times *= 2;
            }
        }

        /// Runs windows for `sliceNanos` at least, and returns what a turn took; not a number where
        /// others had the processors.
        double slice(long sliceNanos) throws Throwable {
            int capacity = (int) Math.max(2 * LEAST_WINDOWS, 4 * sliceNanos / WINDOW_NANOS);
            double[] windows = new double[capacity];
            int count = 0;
            long octetsBefore = allocated();
            long start = System.nanoTime();
            long elapsed = 0;
            while (count < capacity
                    && elapsed < (count < LEAST_WINDOWS ? PATIENCE * sliceNanos : sliceNanos)) {
                if (window()) {
                    windows[count++] = (double) nanos / times;
                }
                turns += times;
                elapsed = System.nanoTime() - start;
            }
            octets += allocated() - octetsBefore;
            return count < LEAST_WINDOWS
                    ? Double.NaN
                    : Summary.of(Arrays.copyOf(windows, count)).p10();
        }

        private long allocated() {
            return THREADS.getCurrentThreadAllocatedBytes()
                    + THREADS.getThreadAllocatedBytes(far.threadId());
        }

        /// Runs one window, which takes `nanos`, and tells whether it was undisturbed.
        private boolean window() throws Throwable {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            Measurement.sink = run(times);
            nanos = System.nanoTime() - start;
            long lost = nanos - (THREADS.getCurrentThreadCpuTime() - cpu);
            return Math.max(lost, far.lostNanos) <= LOST_SHARE * nanos;
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
        private long lostNanos;
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
                        long cpu = THREADS.getCurrentThreadCpuTime();
                        long start = System.nanoTime();
                        result = work.run(times);
                        long nanos = System.nanoTime() - start;
                        lostNanos = nanos - (THREADS.getCurrentThreadCpuTime() - cpu);
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
