// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class SummaryTest {
    @Test
    void percentilesLieBetweenNeighboursInProportion() {
        double[] values = {5, 1, 4, 2, 3};
        assertThat(Summary.of(values)).isEqualTo(new Summary(3, 1.4, 4.6));
    }

    @Test
    void medianOfAnEvenCountIsBetweenTheMiddleTwo() {
        assertThat(Summary.of(new double[] {1, 2, 3, 10}).median()).isEqualTo(2.5);
    }

    @Test
    void oneValueIsItsOwnSummary() {
        assertThat(Summary.of(new double[] {7})).isEqualTo(new Summary(7, 7, 7));
    }

    @Test
    void theValuesStayAsTheyWere() {
        double[] values = {3, 1, 2};
        Summary.of(values);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Property
    void halfOfTheValuesLieOnEachSideOfTheMedian(
            @ForAll @Size(min = 1, max = 50) double @DoubleRange(min = 0, max = 1e9) [] values) {
        Summary summary = Summary.of(values);
        assertThat(summary.p10()).isLessThanOrEqualTo(summary.median());
        assertThat(summary.median()).isLessThanOrEqualTo(summary.p90());
        long below = Arrays.stream(values).filter(v -> v < summary.median()).count();
        long above = Arrays.stream(values).filter(v -> v > summary.median()).count();
        assertThat(Math.max(below, above)).isLessThanOrEqualTo(values.length / 2);
    }
}
