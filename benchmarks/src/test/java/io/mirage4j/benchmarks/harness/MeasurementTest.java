// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.PrintStream;

/// One turn of the machinery with trivial rows: what it finds out, not how fast anything is.
class MeasurementTest {
    private static final PrintStream QUIET = new PrintStream(PrintStream.nullOutputStream());

    @Test
    void equalSidesAreCompared() {
        var outcome = (Outcome.Compared) outcome(row(times -> sum(times), times -> sum(times)));
        assertThat(outcome.ours()).isPositive();
        assertThat(outcome.baseline()).isPositive();
        assertThat(outcome.ratio().p10()).isPositive();
    }

    @Test
    void sidesThatDifferFail() {
        assertThat(outcome(row(times -> times, times -> times == 7 ? 8 : times)))
                .isEqualTo(new Outcome.Failed("for 7 times ours gives 7, C 8"));
    }

    @Test
    void aSideThatThrowsFails() {
        Body broken =
                _ -> {
                    throw new IllegalStateException("broken");
                };
        assertThat(outcome(row(broken, broken)))
                .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException: broken"));
    }

    @Test
    void aSetupThatLacksSomethingSkips() {
        Row row =
                Row.compared(
                        "m",
                        "n",
                        "C",
                        1,
                        () -> {
                            throw new SkippedException("no cc");
                        });
        assertThat(outcome(row)).isEqualTo(new Outcome.Skipped("no cc"));
    }

    @Test
    void allocationIsCountedForEachOperation() {
        byte[][] kept = new byte[1][];
        Body allocating =
                times -> {
                    for (int i = 0; i < times; i++) {
                        kept[0] = new byte[1000];
                    }
                    return times;
                };
        var outcome = (Outcome.Compared) outcome(row(allocating, times -> times));
        assertThat(outcome.oursOctets()).isBetween(1000.0, 1100.0);
        assertThat(outcome.baselineOctets()).isLessThan(10);
    }

    @Test
    void aTurnOfManyOperationsCostsOneOfThemEach() {
        Row row = row(times -> sum(times), times -> sum(times));
        var one = (Outcome.Compared) outcome(row.perTurn(1_000_000).in("ms"));
        assertThat(one.ours()).isLessThan(1e-3);
    }

    @Test
    void twoThreadsAreComparedWhereThereAreTwoProcessors() {
        Row row =
                Row.comparedInTwoThreads(
                        "m",
                        "n",
                        "line",
                        1,
                        () -> new Pair<>(CacheLine.pingPong(), CacheLine.pingPong()));
        switch (outcome(row)) {
            case Outcome.Compared c -> assertThat(c.lineNanos()).isPositive();
            case Outcome.Skipped(String reason) ->
                    assertThat(reason).containsAnyOf("processors", "pinned", "noisy");
            case Outcome other -> throw new AssertionError(other);
        }
    }

    @Test
    void aHalfThatThrowsEndsTheRow() {
        Body broken =
                _ -> {
                    throw new IllegalStateException("broken");
                };
        Row row =
                Row.comparedInTwoThreads(
                        "m",
                        "n",
                        "line",
                        1,
                        () -> new Pair<>(new Duet(_ -> 0, broken), CacheLine.pingPong()));
        assertThat(outcome(row)).isNotInstanceOf(Outcome.Compared.class);
    }

    private static Outcome outcome(Row row) {
        return Measurement.of(row, Effort.SMOKE, QUIET).outcome();
    }

    private static Row row(Body ours, Body baseline) {
        return Row.compared("m", "n", "C", 1, () -> new Pair<>(ours, baseline));
    }

    private static long sum(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += sum ^ i;
        }
        return sum;
    }
}
