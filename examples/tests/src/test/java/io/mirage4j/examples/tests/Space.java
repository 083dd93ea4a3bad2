// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A network namespace of a test's own, with a TAP interface `tap0` at 10.0.0.1/24. Programs and
/// clients run inside.
final class Space implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int SECONDS = 120;

    private final String name =
            "mirage-examples-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();

    /// What a command left.
    record Result(int status, String output) {}

    static Space open() throws IOException {
        Peers.requireNamespaces();
        Space space = new Space();
        Result made = outside("ip", "netns", "add", space.name);
        if (made.status() != 0) throw Peers.missing("no network namespace: " + made.output());
        Result tap = space.run("ip", "tuntap", "add", "tap0", "mode", "tap");
        if (tap.status() != 0) {
            space.close();
            throw Peers.missing("no TAP interface: " + tap.output());
        }
        space.run("ip", "address", "add", "10.0.0.1/24", "dev", "tap0");
        // The kernel's side has room for a crowd that comes within a millisecond.
        space.run("ip", "link", "set", "tap0", "txqueuelen", "20000");
        space.run("ip", "link", "set", "tap0", "up");
        space.run("ip", "link", "set", "lo", "up");
        return space;
    }

    /// Starts a command inside; both its streams are its output.
    Process begin(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(words);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// Runs a command inside to its end; -1 is that of one that is not installed, or takes longer.
    Result run(String... words) throws IOException {
        return end(begin(List.of(words)), SECONDS);
    }

    /// Runs a `main` of these tests inside, which ends within `seconds`.
    Result run(Class<?> main, int seconds, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(words));
        return end(begin(command), seconds);
    }

    private static Result outside(String... words) throws IOException {
        try {
            return end(new ProcessBuilder(words).redirectErrorStream(true).start(), SECONDS);
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }

    private static Result end(Process process, int seconds) throws IOException {
        process.getOutputStream().close();
        Thread.ofVirtual().start(() -> stopAfter(process, seconds));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("waiting for " + process);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void stopAfter(Process process, int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        outside("ip", "netns", "delete", name);
    }
}
