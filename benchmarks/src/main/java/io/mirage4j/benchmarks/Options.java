// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks;

import io.mirage4j.benchmarks.harness.Effort;
import io.mirage4j.benchmarks.harness.Layout;
import io.mirage4j.benchmarks.harness.Row;

import java.util.ArrayList;
import java.util.List;

/// What the command line asks for.
///
/// @param filter what a row's id must contain
/// @param results the folder for the results; empty to store none
/// @param child the id of the one row that this JVM was started for; empty in the parent
record Options(
        List<String> modules,
        String filter,
        Effort effort,
        boolean list,
        boolean fork,
        boolean jmh,
        boolean help,
        String results,
        String child) {
    static final String HELP =
            """
            usage: ./mirage bench [OPTIONS] [MODULE...]

            Measures our modules against C and Java peers, and prints for each row
              bench MODULE/NAME: ours X UNIT, BASELINE Y UNIT, ratio R [p10..p90], goal G: met|missed
            The ratio is ours / baseline in cost: lower is better. Full runs of whole modules are
            stored in benchmarks/results.

              --filter TEXT   only rows whose name contains TEXT
              --quick         short warm-up and slices: a first look, not stored
              --results DIR   store the results in DIR, whatever was run
              --list          name the rows, run none
              --jmh           run the rows under JMH instead, each side by itself, as a cross-check
              --no-fork       run all rows in this JVM
              --help          this text
            """;

    static Options parse(String[] args) {
        List<String> modules = new ArrayList<>();
        String filter = "";
        Effort effort = Effort.FULL;
        boolean list = false;
        boolean fork = true;
        boolean jmh = false;
        boolean help = false;
        String results = "";
        String child = "";
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--filter" -> filter = argument(args, ++i);
                case "--child" -> child = argument(args, ++i);
                case "--results" -> results = argument(args, ++i);
                case "--quick" -> effort = Effort.QUICK;
                case "--smoke" -> effort = Effort.SMOKE;
                case "--list" -> list = true;
                case "--no-fork" -> fork = false;
                case "--jmh" -> jmh = true;
                case "--help", "-h" -> help = true;
                default -> {
                    if (args[i].startsWith("-")) {
                        throw new IllegalArgumentException(
                                "no option " + args[i] + "; --help lists them");
                    }
                    modules.add(args[i]);
                }
            }
        }
        if (results.isEmpty() && filter.isEmpty() && effort.equals(Effort.FULL)) {
            results = Layout.results().toString();
        }
        return new Options(
                List.copyOf(modules), filter, effort, list, fork, jmh, help, results, child);
    }

    private static String argument(String[] args, int i) {
        if (i == args.length) throw new IllegalArgumentException(args[i - 1] + " what?");
        return args[i];
    }

    boolean picks(Row row) {
        return (modules.isEmpty() || modules.contains(row.module())) && row.id().contains(filter);
    }

    boolean isQuick() {
        return !effort.equals(Effort.FULL);
    }

    /// The arguments of the JVM that measures `row`.
    List<String> forChild(Row row) {
        List<String> arguments = new ArrayList<>(List.of("--child", row.id()));
        if (effort.equals(Effort.QUICK)) {
            arguments.add("--quick");
        }
        if (effort.equals(Effort.SMOKE)) {
            arguments.add("--smoke");
        }
        return arguments;
    }
}
