// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

/// What came of a row.
public sealed interface Outcome {
    /// Both sides, in the row's unit for one operation.
    ///
    /// @param ratio of ours to the baseline, over the pairs of slices
    /// @param oursOctets what ours allocated for one operation on the heap
    /// @param lineNanos the round trip of a cache line between the two threads; 0 for one thread
    record Compared(
            double ours,
            double baseline,
            Summary ratio,
            double oursOctets,
            double baselineOctets,
            double lineNanos)
            implements Outcome {}

    /// What the row found out.
    record Value(double value) implements Outcome {}

    /// The machine lacks something.
    record Skipped(String reason) implements Outcome {}

    /// The sides did not do the same, or one of them threw.
    record Failed(String reason) implements Outcome {}
}
