// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.io.PrintStream;

/// Measures a row in this JVM.
public final class Measurement {
    /// What the bodies returned ends here, where the compiler must believe that someone reads it.
    static volatile long sink;

    /// Never throws for what the row does: that is an outcome. Progress goes to `log`.
    public static Result of(Row row, Effort effort, PrintStream log) {
        try {
            return Result.of(row, outcome(row, effort, log));
        } catch (SkippedException e) {
            return Result.of(row, new Outcome.Skipped(String.valueOf(e.getMessage())));
        } catch (Throwable e) {
            e.printStackTrace(log);
            return Result.of(row, new Outcome.Failed(e.toString()));
        }
    }

    private static Outcome outcome(Row row, Effort effort, PrintStream log) throws Throwable {
        return switch (row.work()) {
            case Row.Work.OneThread(Setup<Pair<Body>> setup) ->
                    new OneThread(row, setup.make(), effort, log).measure();
            case Row.Work.TwoThreads(Setup<Pair<Duet>> setup) ->
                    new TwoThreads(row, setup.make(), effort, log).measure();
            case Row.Work.Value(Setup<Double> value) -> new Outcome.Value(value.make());
        };
    }

    private Measurement() {}
}
