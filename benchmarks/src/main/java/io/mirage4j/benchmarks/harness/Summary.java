// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.util.Arrays;

/// The middle of some numbers and how far they spread.
public record Summary(double median, double p10, double p90) {
    public static Summary of(double[] values) {
        if (values.length == 0) throw new IllegalArgumentException("no values");
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Summary(
                percentile(sorted, 0.5), percentile(sorted, 0.1), percentile(sorted, 0.9));
    }

    /// The value below which a share `p` of the sorted values lies, between two of them in
    /// proportion.
    static double percentile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
