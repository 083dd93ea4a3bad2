// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import com.sun.management.ThreadMXBean;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;

/// Times two bodies in turn on one thread, on the clock of that thread's CPU time: what other
/// processes do to the machine then hardly shows, and what shows hits both sides alike.
final class OneThread {
    /// A body is called for about this long, so that the call itself costs nothing to speak of.
    private static final long CALL_NANOS = 1_000_000;

    /// Two windows of warm-up that differ by less are flat.
    private static final double FLAT = 0.02;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Row row;
    private final Effort effort;
    private final PrintStream log;
    private final Side ours;
    private final Side baseline;

    OneThread(Row row, Pair<Body> pair, Effort effort, PrintStream log) {
        this.row = row;
        this.effort = effort;
        this.log = log;
        ours = new Side(pair.ours());
        baseline = new Side(pair.baseline());
    }

    Outcome measure() throws Throwable {
        Outcome.Failed violation = Agreement.violation(row, ours.body, baseline.body);
        if (violation != null) return violation;
        warmUp();

        double[] oursNanos = new double[effort.pairs()];
        double[] baselineNanos = new double[effort.pairs()];
        double[] ratios = new double[effort.pairs()];
        ours.reset();
        baseline.reset();
        for (int i = 0; i < effort.pairs(); i++) {
            oursNanos[i] = ours.slice();
            baselineNanos[i] = baseline.slice();
            ratios[i] = oursNanos[i] / baselineNanos[i];
        }
        return new Outcome.Compared(
                inUnits(Summary.of(oursNanos).median()),
                inUnits(Summary.of(baselineNanos).median()),
                Summary.of(ratios),
                ours.octetsPerOperation(),
                baseline.octetsPerOperation(),
                0);
    }

    private void warmUp() throws Throwable {
        double oursBefore = 0;
        double baselineBefore = 0;
        for (int window = 1; window <= 3 * effort.windows(); window++) {
            long slices = Math.max(1, effort.windowNanos() / effort.sliceNanos());
            double[] oursNanos = new double[(int) slices];
            double[] baselineNanos = new double[(int) slices];
            ours.calibrate();
            baseline.calibrate();
            for (int i = 0; i < slices; i++) {
                oursNanos[i] = ours.slice();
                baselineNanos[i] = baseline.slice();
            }
            double oursNow = Summary.of(oursNanos).median();
            double baselineNow = Summary.of(baselineNanos).median();
            log.printf(
                    "  warm-up %d: ours %s %s, %s %s %s%n",
                    window,
                    Result.cost(inUnits(oursNow)),
                    row.unit(),
                    row.baseline(),
                    Result.cost(inUnits(baselineNow)),
                    row.unit());
            if (window >= effort.windows()
                    && isFlat(oursBefore, oursNow)
                    && isFlat(baselineBefore, baselineNow)) {
                return;
            }
            oursBefore = oursNow;
            baselineBefore = baselineNow;
        }
        log.println("  warm-up: not flat");
    }

    private static boolean isFlat(double before, double now) {
        return Math.abs(now - before) <= FLAT * before;
    }

    private double inUnits(double nanos) {
        return nanos / row.nanosPerUnit();
    }

    private final class Side {
        final Body body;
        int times = 1;
        int calls = 1;
        long turns;
        long octets;

        Side(Body body) {
            this.body = body;
        }

        /// Forgets what was allocated so far.
        void reset() {
            turns = octets = 0;
        }

        /// Finds how often to turn in a call, and how many calls fill a slice.
        void calibrate() throws Throwable {
            long call = Math.min(CALL_NANOS, effort.sliceNanos());
            long nanos = cpuNanos(1);
            while (nanos < call && times < 1 << 28) {
                // Not at once: what an unwarmed body takes is no measure of it.
                times = nanos < call / 4 ? times * 4 : times * 2;
                nanos = cpuNanos(1);
            }
            while (nanos > 4 * call && times > 1) {
                times /= 2;
                nanos = cpuNanos(1);
            }
            calls = (int) Math.max(1, effort.sliceNanos() / Math.max(1, nanos));
        }

        /// Runs a slice and returns the nanoseconds that one operation took.
        double slice() throws Throwable {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long nanos = cpuNanos(calls);
            octets += THREADS.getCurrentThreadAllocatedBytes() - before;
            turns += (long) calls * times;
            return (double) nanos / ((double) calls * times * row.operations());
        }

        double octetsPerOperation() {
            return (double) octets / ((double) turns * row.operations());
        }

        private long cpuNanos(int calls) throws Throwable {
            long results = 0;
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < calls; i++) {
                results += body.run(times);
            }
            long end = THREADS.getCurrentThreadCpuTime();
            Measurement.sink = results;
            return end - start;
        }
    }
}
