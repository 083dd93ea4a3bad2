// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.rows.Rows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class BenchTest {
    private static final List<Row> ROWS =
            List.of(
                    Row.compared("m", "same", "C", 1e9, () -> new Pair<>(t -> t, t -> t)),
                    Row.value("m", "size", "octets", 8, () -> 24.0),
                    Row.compared("other", "wrong", "C", 1, () -> new Pair<>(t -> t, _ -> 0)));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path folder;

    @Test
    void theRowsOfAModuleArePrintedAndStored() throws Exception {
        int status = bench(ROWS, "--smoke", "--no-fork", "--results", folder.toString(), "m");
        assertThat(status).isZero();
        assertThat(lines())
                .hasSize(2)
                .last()
                .isEqualTo("bench m/size: 24 octets, goal <= 8: missed");
        assertThat(lines().getFirst())
                .matches(
                        "bench m/same: ours \\S+ ns, C \\S+ ns,"
                                + " ratio \\S+ \\[\\S+\\.\\.\\S+], goal 1000000000: met");
        assertThat(folder).isDirectoryContaining("glob:**m.json");
    }

    @Test
    void aRowWhoseSidesDifferFailsTheRun() throws Exception {
        assertThat(bench(ROWS, "--smoke", "--no-fork", "other")).isEqualTo(1);
        assertThat(lines())
                .containsExactly("bench other/wrong: failed: for 1 times ours gives 1, C 0");
    }

    @Test
    void listNamesTheRowsThatAreLeft() throws Exception {
        assertThat(bench(ROWS, "--list")).isZero();
        assertThat(lines())
                .containsExactly(
                        "m/same vs C, goal 1000000000",
                        "m/size, goal 8",
                        "other/wrong vs C, goal 1");
        out.reset();
        assertThat(bench(ROWS, "--list", "--filter", "size")).isZero();
        assertThat(lines()).containsExactly("m/size, goal 8");
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(bench(ROWS, "--fast")).isEqualTo(2);
        assertThat(bench(ROWS, "m", "nowhere")).isEqualTo(2);
        assertThat(bench(ROWS, "m", "--filter", "wrong")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "bench: no option --fast; --help lists them",
                        "bench: no module 'nowhere': one of m other",
                        "bench: no row with 'wrong'; --list shows them all");
        assertThat(lines()).isEmpty();
    }

    @Test
    void aRealRowRunsInAJvmOfItsOwn() throws Exception {
        assertThat(bench(Rows.all(), "--smoke", "--filter", "sum-u32be-heap vs C")).isZero();
        assertThat(lines()).singleElement().asString().startsWith("bench cstruct/sum-u32be-heap: ");
    }

    @Test
    void noTwoRowsHaveTheSameName() {
        assertThat(Rows.all().stream().map(Row::id)).doesNotHaveDuplicates();
    }

    private int bench(List<Row> rows, String... args) throws Exception {
        return Bench.run(args, rows, new PrintStream(out), new PrintStream(err));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
