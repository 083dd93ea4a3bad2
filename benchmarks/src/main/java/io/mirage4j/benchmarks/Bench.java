// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks;

import io.mirage4j.benchmarks.harness.Fork;
import io.mirage4j.benchmarks.harness.Measurement;
import io.mirage4j.benchmarks.harness.Outcome;
import io.mirage4j.benchmarks.harness.Result;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.report.Machine;
import io.mirage4j.benchmarks.report.ModuleRun;
import io.mirage4j.benchmarks.report.Report;
import io.mirage4j.benchmarks.rows.Rows;

import org.openjdk.jmh.runner.RunnerException;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command `./mirage bench`.
public final class Bench {
    public static void main(String[] args)
            throws IOException, InterruptedException, RunnerException {
        System.exit(run(args, Rows.all(), System.out, System.err));
    }

    static int run(String[] args, List<Row> rows, PrintStream out, PrintStream err)
            throws IOException, InterruptedException, RunnerException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            err.println("bench: " + e.getMessage());
            return 2;
        }
        if (options.help()) {
            out.print(Options.HELP);
            return 0;
        }
        if (!options.child().isEmpty()) return child(options, rows, out, err);
        List<String> known = rows.stream().map(Row::module).distinct().sorted().toList();
        for (String module : options.modules()) {
            if (!known.contains(module)) {
                err.println("bench: no module '" + module + "': one of " + String.join(" ", known));
                return 2;
            }
        }
        List<Row> chosen = rows.stream().filter(options::picks).toList();
        if (chosen.isEmpty()) {
            err.println("bench: no row with '" + options.filter() + "'; --list shows them all");
            return 2;
        }
        if (options.list()) {
            for (Row row : chosen) {
                out.println(row.id() + ", goal " + Result.plain(row.goal()));
            }
            return 0;
        }
        if (options.jmh()) {
            RowsUnderJmh.run(chosen, options);
            return 0;
        }
        return measure(chosen, options, out, err);
    }

    private static int measure(List<Row> rows, Options options, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        boolean failed = false;
        Machine machine = Machine.here();
        if (machine.isBusy()) {
            err.println("bench: the machine is busy; a quiet one gives better figures");
        }
        List<Result> results = new ArrayList<>();
        for (Row row : rows) {
            err.printf("[%d/%d] %s%n", results.size() + 1, rows.size(), row.id());
            Result result =
                    options.fork()
                            ? Fork.measure(row, Bench.class, options.forChild(row))
                            : Measurement.of(row, options.effort(), err);
            out.println(result.line());
            out.flush();
            results.add(result);
            failed |= result.outcome() instanceof Outcome.Failed;
            machine = machine.watched();
        }
        if (machine.isBusy()) {
            err.println("bench: " + machine.warning());
        }
        if (!options.results().isEmpty()) {
            Path folder = Path.of(options.results());
            Report.store(folder, ModuleRun.of(machine, results));
            err.println("bench: stored in " + folder.resolve("index.html"));
        }
        return failed ? 1 : 0;
    }

    /// In the JVM of one row: standard output is for the result alone.
    private static int child(Options options, List<Row> rows, PrintStream out, PrintStream err) {
        System.setOut(err);
        for (Row row : rows) {
            if (row.id().equals(options.child())) {
                out.println(Measurement.of(row, options.effort(), err).toJson().emit());
                return 0;
            }
        }
        err.println("bench: no row " + options.child());
        return 2;
    }

    private Bench() {}
}
