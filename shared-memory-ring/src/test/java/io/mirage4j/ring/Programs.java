// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts other programs: a second JVM, the C compiler, what it compiled.
final class Programs {
    static final Path C_SOURCES = Path.of("src", "test", "c");

    private static final long MINUTES_TO_LIVE = 5;

    /// Compiles one of our C programs.
    static Path compile(String source, Path dir) throws IOException, InterruptedException {
        Peers.require("gcc", "/usr/include/xen/io/ring.h");
        Path program = dir.resolve(source.replace(".c", ""));
        Process cc =
                start(
                        List.of(
                                "gcc",
                                "-O2",
                                "-Wall",
                                "-Werror",
                                "-D__XEN_TOOLS__",
                                "-o",
                                program.toString(),
                                C_SOURCES.resolve(source).toString()));
        assertThat(finish(cc)).as("cc").isEmpty();
        return program;
    }

    /// A second JVM with the class path of this one.
    static Process java(Class<?> main, Object... arguments) throws IOException {
        return javaIn(Path.of(""), main, arguments);
    }

    /// As [#java], for a program that leaves files where it was started.
    static Process javaIn(Path dir, Class<?> main, Object... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xshare:auto",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command)
                .directory(dir.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
    }

    static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// Waits for the end of a program, which must be a good one, and returns what it printed.
    static String finish(Process process) throws IOException, InterruptedException {
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(MINUTES_TO_LIVE, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private Programs() {}
}
