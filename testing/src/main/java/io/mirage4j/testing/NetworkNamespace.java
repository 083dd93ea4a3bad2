// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A network namespace of a test's own, with nothing in it but what the test puts there. It goes
/// away when it is closed.
///
/// ```java
/// try (var namespace = NetworkNamespace.create()) {
///     namespace.ip("link set lo up");
///     NetworkNamespace.Result answer = namespace.attempt("ping", "-c", "1", "127.0.0.1");
/// ```
public final class NetworkNamespace implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int SECONDS = 120;

    private final String name =
            "mirage4j-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();

    /// What a command left: its exit status, and what it printed to both streams.
    public record Result(int status, String output) {}

    private NetworkNamespace() {}

    /// Skips the test, with a line, where this can not be had.
    public static NetworkNamespace create() throws IOException {
        Peers.requireNamespaces();
        var namespace = new NetworkNamespace();
        Result made = end(start(List.of("ip", "netns", "add", namespace.name)), SECONDS);
        if (made.status != 0) throw Peers.missing("no network namespace: " + made.output.strip());
        return namespace;
    }

    /// As `ip netns` knows it.
    public String name() {
        return name;
    }

    /// A command that runs another one inside.
    public List<String> inside(String... command) {
        return inside(List.of(command));
    }

    private List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(command);
        return words;
    }

    /// Runs `ip ARGUMENTS` inside, which must succeed.
    public void ip(String arguments) throws IOException {
        run(("ip " + arguments).split(" "));
    }

    /// What a command prints that runs inside, and succeeds within two minutes.
    public String run(String... command) throws IOException {
        Result result = attempt(command);
        if (result.status == 0) return result.output;
        throw new IOException(
                String.join(" ", command) + ": status " + result.status + ": " + result.output);
    }

    /// Runs a command inside to its end, or for two minutes.
    public Result attempt(String... command) throws IOException {
        return end(begin(List.of(command)), SECONDS);
    }

    /// Starts a command inside; both its streams are its output.
    public Process begin(List<String> command) throws IOException {
        return start(inside(command));
    }

    /// Runs a `main` of the test's own class path inside, which ends within `seconds`.
    public Result attempt(Class<?> main, int seconds, String... words) throws IOException {
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

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
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
        end(start(List.of("ip", "netns", "delete", name)), SECONDS);
    }
}
