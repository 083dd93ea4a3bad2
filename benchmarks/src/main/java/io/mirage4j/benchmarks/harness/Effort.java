// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

/// How long a row is measured.
///
/// @param pairs how many pairs of slices are timed
/// @param sliceNanos how long a slice is, about
/// @param windows how many windows of warm-up there are at least; at most three times as many
/// @param windowNanos how long a window of warm-up is, for each side
public record Effort(int pairs, long sliceNanos, int windows, long windowNanos) {
    public static final Effort FULL = new Effort(40, 50_000_000, 4, 2_000_000_000);
    public static final Effort QUICK = new Effort(40, 10_000_000, 4, 250_000_000);

    /// Shows that the machinery turns; the figures mean nothing.
    public static final Effort SMOKE = new Effort(5, 1_000_000, 1, 10_000_000);
}
