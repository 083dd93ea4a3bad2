// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.AssemblyException;

import java.io.IOException;
import java.util.List;

/// Runs a command on our own streams to its end. What stops us stops it.
public final class Running {
    /// Returns its exit status.
    public static int run(List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new AssemblyException(
                    "can not run " + command.getFirst() + ": " + e.getMessage(), e);
        }
        var end = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssemblyException("interrupted while " + command.getFirst() + " ran", e);
        } finally {
            stop(process);
        }
    }

    private static void stop(Process process) {
        if (!process.isAlive()) return;
        process.destroy();
        try {
            if (!process.waitFor(2, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Running() {}
}
