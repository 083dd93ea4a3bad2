// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server of any kind in a process of its own, and the processor time that it takes for what it
/// is asked: its own and its children's, in all threads, of the kernel on its behalf too, as
/// `/proc/PID/stat` has it.
///
/// ```java
/// try (var server = ServerCpu.start(command, log, () -> answers(port))) {
///     double nanos = server.nanosPer(() -> load(port));   // the load tells how many it asked
/// }
/// ```
///
/// Linux only. The clock ticks a hundred times a second, so a load should take some seconds.
public final class ServerCpu implements Closeable {
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final long START_SECONDS = 60;

    /// Where user and system time are, counted behind the name, which may hold blanks.
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private final Process process;

    private ServerCpu(Process process) {
        this.process = process;
    }

    /// Starts the command, and returns once it `isReady`.
    ///
    /// @param log where what it prints goes
    public static ServerCpu start(List<String> command, Path log, Callable<Boolean> isReady)
            throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var server = new ServerCpu(process);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (isReady.call()) return server;
            Thread.sleep(20);
        }
        server.close();
        throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
    }

    /// What one of the requests cost that `load` makes and counts.
    public double nanosPer(Callable<Long> load) throws Exception {
        long before = nanos();
        long requests = load.call();
        if (requests <= 0) throw new IOException("the load counts " + requests + " requests");
        return (double) (nanos() - before) / requests;
    }

    private long nanos() throws IOException {
        long ticks = 0;
        try (Stream<ProcessHandle> children = process.descendants()) {
            for (ProcessHandle child : children.toList()) ticks += ticks(child.pid());
        }
        return (ticks + ticks(process.pid())) * NANOS_PER_TICK;
    }

    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(words[USER]) + Long.parseLong(words[SYSTEM]);
    }

    /// Ends the server, and waits for that.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
