// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What somebody has who cloned the repository: the files that were committed, and nothing that a
/// build left behind.
@Timeout(900)
class FreshCheckoutTest {
    private static final Path ROOT =
            Path.of(System.getProperty("mirage.root", "../..")).toAbsolutePath().normalize();

    @TempDir Path folder;

    private record Ended(int status, String output) {}

    /// Half of the tree is built.
    @Test
    @EnabledIfSystemProperty(named = "mirage.full", matches = "true")
    void oneCommandGreetsAndTheSecondTimeItOnlyRuns() throws Exception {
        if (!Files.exists(ROOT.resolve(".git"))) throw Peers.missing("this is no checkout");
        assertThat(run(List.of("git", "clone", "-q", ROOT.toString(), ".")).status()).isZero();

        Ended first = run(List.of("./mirage", "run", "hello"));
        assertThat(first.output()).contains("mirage: building", "Hello, world!");
        assertThat(first.status()).isZero();

        Ended second = run(List.of("./mirage", "run", "hello", "--", "--name=Ada"));
        assertThat(second).isEqualTo(new Ended(0, "Hello, Ada!\n"));
    }

    private Ended run(List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
