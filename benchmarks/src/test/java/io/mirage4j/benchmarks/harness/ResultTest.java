// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Stream;

class ResultTest {
    @Test
    void aComparisonIsPrintedOnOneLine() {
        assertThat(compared(1.0111, 0.9, 1.2, 1.2).line())
                .isEqualTo(
                        "bench cstruct/copy: ours 7.10 ns, C 653 ns, ratio 1.011 [0.900..1.200],"
                                + " goal 1.2: met");
    }

    @Test
    void aValueIsPrintedWithItsGoal() {
        assertThat(value(0, 0).line()).isEqualTo("bench cstruct/size: 0 octets, goal <= 0: met");
        assertThat(value(24.5, 16).line())
                .isEqualTo("bench cstruct/size: 24.5 octets, goal <= 16: missed");
    }

    @Test
    void whatDidNotRunSaysWhy() {
        var skipped = new Outcome.Skipped("no cc found (Debian: gcc)");
        var failed = new Outcome.Failed("for 2 times ours gives 1, C 2");
        assertThat(result(skipped).line())
                .isEqualTo("bench cstruct/copy: skipped: no cc found (Debian: gcc)");
        assertThat(result(failed).line())
                .isEqualTo("bench cstruct/copy: failed: for 2 times ours gives 1, C 2");
        assertThat(result(skipped).isMet()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2, 1.32, true",
        "1.2004, 1.3204, true",
        "1.2006, 1.3, false",
        "1.0, 1.3206, false",
        "0.5, 0.6, true"
    })
    void theGoalHoldsForTheMedianAndNearlyForP90AsPrinted(
            double median, double p90, boolean isMet) {
        assertThat(compared(median, 0.4, p90, 1.2).isMet()).isEqualTo(isMet);
    }

    @ParameterizedTest
    @CsvSource({"0.0481, 0.048", "0.912, 0.912", "7.018, 7.02", "30.06, 30.1", "653.2, 653"})
    void costsHaveThreeFigures(double value, String shown) {
        assertThat(Result.cost(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1.25, 1.25", "0.0004, 0", "1234567, 1234567", "1.0004, 1"})
    void plainNumbersHaveNoTrailingZeros(double value, String shown) {
        assertThat(Result.plain(value)).isEqualTo(shown);
    }

    @Test
    void everyOutcomeSurvivesJson() {
        Stream.of(
                        compared(1.5, 1.25, 2, 1.2),
                        value(24.5, 16),
                        result(new Outcome.Skipped("no \"cc\"")),
                        result(new Outcome.Failed("<none>")))
                .forEach(
                        result ->
                                assertThat(Result.fromJson(Json.parse(result.toJson().emit())))
                                        .isEqualTo(result));
    }

    private static Result compared(double median, double p10, double p90, double goal) {
        return new Result(
                "cstruct",
                "copy",
                "C",
                "ns",
                goal,
                new Outcome.Compared(7.1, 653, new Summary(median, p10, p90), 0, 16, 0));
    }

    private static Result value(double value, double goal) {
        return new Result("cstruct", "size", "", "octets", goal, new Outcome.Value(value));
    }

    private static Result result(Outcome outcome) {
        return new Result("cstruct", "copy", "C", "ns", 1, outcome);
    }
}
