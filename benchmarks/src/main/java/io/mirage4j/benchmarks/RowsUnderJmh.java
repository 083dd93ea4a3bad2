// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.rows.Rows;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// The rows of one thread under JMH: ours and the baseline each by itself, on the wall clock. A
/// cross-check of our own runner. The figures are for one turn.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowsUnderJmh {
    private static final int TURNS = 1000;

    @Param({})
    public String row = "";

    @Param({"ours", "baseline"})
    public String side = "";

    private Body body = _ -> 0;

    static void run(List<Row> rows, Options options) throws RunnerException {
        String[] ids =
                rows.stream()
                        .filter(row -> row.work() instanceof Row.Work.OneThread)
                        .map(Row::id)
                        .toArray(String[]::new);
        boolean isQuick = options.isQuick();
        new Runner(
                        new OptionsBuilder()
                                .include(RowsUnderJmh.class.getName())
                                .param("row", ids)
                                .forks(1)
                                .warmupIterations(4)
                                .warmupTime(TimeValue.milliseconds(isQuick ? 250 : 2000))
                                .measurementIterations(5)
                                .measurementTime(TimeValue.milliseconds(isQuick ? 250 : 1000))
                                .addProfiler(GCProfiler.class)
                                .jvmArgsAppend(
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow")
                                .build())
                .run();
    }

    @Setup
    public void setUp() throws Exception {
        for (Row candidate : Rows.all()) {
            if (candidate.id().equals(row)
                    && candidate.work() instanceof Row.Work.OneThread(var setup)) {
                Pair<Body> pair = setup.make();
                body = side.equals("ours") ? pair.ours() : pair.baseline();
                return;
            }
        }
        throw new IllegalArgumentException("no row " + row);
    }

    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long turn() throws Throwable {
        return body.run(TURNS);
    }
}
