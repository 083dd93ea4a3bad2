// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.crunch.load.CrunchResource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

class MainTest {
    @TempDir Path temporary;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void directoriesAreCrunchedAndTheSumIsTold() throws Exception {
        Path site = Files.createDirectory(temporary.resolve("site"));
        Files.writeString(site.resolve("a.txt"), "a");
        Files.writeString(site.resolve("b.txt"), "b");
        Path blob = temporary.resolve("b.crunch");
        assertThat(
                        run(
                                "-o",
                                blob.toString(),
                                "--exclude",
                                "b.*",
                                "--modified",
                                "0",
                                "--no-brotli",
                                site.toString()))
                .isZero();
        assertThat(out.toString(UTF_8)).startsWith(blob + ": 1 files of 1 octets, 1 bodies");
        assertThat(CrunchResource.open(blob).list("")).containsExactly("a.txt");
    }

    @Test
    void helpIsOnStandardOutput() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("usage: mirage crunch");
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--what")).isEqualTo(2);
        assertThat(run("-o")).isEqualTo(2);
        assertThat(run("--modified", "now", ".")).isEqualTo(2);
        assertThat(run("--modified", "9999999999999999", ".")).isEqualTo(2);
        assertThat(run("--modified", "-1", ".")).isEqualTo(2);
        assertThat(run("--include", "[", ".")).isEqualTo(2);
        assertThat(run("/")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("which directory?", "no option '--what'", "-o needs a value")
                .contains("--modified 'now' is no number", "'[' is no glob")
                .contains("--modified 9999999999999999 is not in 0..253402300799")
                .contains("--modified -1 is not in 0..", "/ has no name for the blob");
    }

    @Test
    void faultsOfTheContentAreLinesOfTheirOwn() {
        assertThat(run(temporary.resolve("no").toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("/no is no directory");
    }

    private int run(String... args) {
        return Main.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
