// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import io.mirage4j.testing.Json;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures a row in a JVM of its own, so that what one row taught the compiler does not change the
/// next, and the order of the rows does not matter.
public final class Fork {
    private static final long LIMIT_SECONDS = 600;

    /// Starts `mainClass` with `arguments`; it is to print the row's result as JSON.
    public static Result measure(Row row, Class<?> mainClass, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dmirage.root=" + Layout.root()));
        command.addAll(row.jvm());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        // Two threads that wait for each other may wait for ever.
        process.onExit()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .exceptionally(_ -> kill(process));
        String output;
        try (InputStream in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int status = process.waitFor();
        if (status != 0) {
            return Result.of(row, new Outcome.Failed("its JVM ended with status " + status));
        }
        return Result.fromJson(Json.parse(output));
    }

    private static Process kill(Process process) {
        return process.destroyForcibly();
    }

    private Fork() {}
}
