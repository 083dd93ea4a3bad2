// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.util.List;

/// One question with a number for an answer: how much does a piece of work cost with us, and with
/// the baseline?
///
/// ```java
/// Row.compared("cstruct", "sum-u32be-heap", "C", 1.1, () -> {
///     Cstruct window = Cstruct.create(4096);
///     return new Pair<>(times -> sum(window, times),
///             CLibrary.of("cstruct.c").body("sum_u32be", window.asSegment(), 1024L));
/// })
/// ```
///
/// @param baseline what ours is compared with: `C`, `netty`; empty for none
/// @param unit `ns`, `us` or `ms` for times (what is measured is scaled to it), any word for values
/// @param operations how many operations one turn of the body does; the cost is that of one
/// @param goal the ratio ours / baseline to reach, or the value; lower is better
/// @param jvm options for the JVM that this row runs in
public record Row(
        String module,
        String name,
        String baseline,
        String unit,
        int operations,
        double goal,
        List<String> jvm,
        Work work) {

    /// How a row is measured.
    public sealed interface Work {
        /// One thread on the clock of its CPU time.
        record OneThread(Setup<Pair<Body>> setup) implements Work {}

        /// Two threads on the wall clock, bracketed by the round trip of a cache line.
        record TwoThreads(Setup<Pair<Duet>> setup) implements Work {}

        /// A value that the row finds out itself: octets, a count, a size.
        record Value(Setup<Double> value) implements Work {}
    }

    public Row {
        if (operations < 1) throw new IllegalArgumentException("operations " + operations + " < 1");
        jvm = List.copyOf(jvm);
    }

    /// Ours against a baseline, each in one thread, in nanoseconds of CPU time.
    public static Row compared(
            String module, String name, String baseline, double goal, Setup<Pair<Body>> setup) {
        return new Row(module, name, baseline, "ns", 1, goal, List.of(), new Work.OneThread(setup));
    }

    /// Ours against a baseline, each in two pinned threads, in nanoseconds of wall time.
    public static Row comparedInTwoThreads(
            String module, String name, String baseline, double goal, Setup<Pair<Duet>> setup) {
        return new Row(
                module, name, baseline, "ns", 1, goal, List.of(), new Work.TwoThreads(setup));
    }

    /// A value that must not be above `goal`.
    public static Row value(
            String module, String name, String unit, double goal, Setup<Double> value) {
        return new Row(module, name, "", unit, 1, goal, List.of(), new Work.Value(value));
    }

    /// The same row, shown in another unit of time.
    public Row in(String unit) {
        return new Row(module, name, baseline, unit, operations, goal, jvm, work);
    }

    /// The same row, whose bodies do `operations` operations in each turn.
    public Row perTurn(int operations) {
        return new Row(module, name, baseline, unit, operations, goal, jvm, work);
    }

    /// The same row in a JVM with these options too.
    public Row withJvm(String... options) {
        return new Row(module, name, baseline, unit, operations, goal, List.of(options), work);
    }

    /// What tells this row from all others.
    public String id() {
        return module + "/" + name + (baseline.isEmpty() ? "" : " vs " + baseline);
    }

    /// How many nanoseconds one `unit` has.
    double nanosPerUnit() {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            default -> throw new IllegalArgumentException(id() + ": not a unit of time: " + unit);
        };
    }
}
