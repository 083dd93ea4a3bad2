// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server in a process of its own, and the processor time that its work takes: its own and its
/// children's, in user and kernel mode, as the kernel counts it. Who asks it does so from another
/// process, whose time does not count.
public final class ServerCpu implements Closeable {
    private static final double TICKS_PER_SECOND = 100; // what Linux shows to programs
    private static final long START_SECONDS = 60;

    private final Process process;

    private ServerCpu(Process process) {
        this.process = process;
    }

    /// Starts `command`, and returns once it listens on `port` of the loopback.
    public static ServerCpu start(int port, List<String> command) throws Exception {
        Path log = Files.createTempFile("server", ".log");
        log.toFile().deleteOnExit();
        return start(command, log, () -> listens(port));
    }

    /// Starts `command`, and returns once it `isReady`.
    ///
    /// @param log where what it prints goes
    public static ServerCpu start(List<String> command, Path log, Callable<Boolean> isReady)
            throws Exception {
        var server =
                new ServerCpu(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(log.toFile())
                                .start());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && server.process.isAlive()) {
            if (isReady.call()) return server;
            Thread.sleep(20);
        }
        server.close();
        throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
    }

    /// A program of the benchmarks, in a JVM as this one.
    public static ServerCpu java(int port, Class<?> main, List<String> options, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(Integer.toString(port));
        command.addAll(List.of(arguments));
        return start(port, command);
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// A port of the loopback that is free now.
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// What the server has used since it began, in seconds.
    public double seconds() throws IOException {
        double ticks = 0;
        try (Stream<ProcessHandle> children = process.descendants()) {
            for (ProcessHandle each :
                    Stream.concat(Stream.of(process.toHandle()), children).toList()) {
                ticks += ticks(each.pid());
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /// What one of the requests cost that `load` makes and counts.
    public double nanosPer(Callable<Long> load) throws Exception {
        double before = seconds();
        long requests = load.call();
        if (requests <= 0) throw new IOException("the load counts " + requests + " requests");
        return (seconds() - before) * 1e9 / requests;
    }

    /// The fields `utime` and `stime` of proc(5), counted from behind the name in parentheses.
    private static double ticks(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /// Runs a program that puts load on a server, and returns what it printed.
    public static String load(String... command) throws IOException, InterruptedException {
        Process load = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (load.waitFor() != 0) throw new IOException(command[0] + ": " + said);
        return said;
    }

    /// Where a program is that the row needs.
    ///
    /// @throws SkippedException if it is not there, with the Debian package that has it
    public static String program(String name, String debian) throws SkippedException {
        for (String folder : List.of("/usr/bin", "/usr/sbin")) {
            Path path = Path.of(folder, name);
            if (Files.isExecutable(path)) return path.toString();
        }
        throw new SkippedException(name + " is missing (Debian: " + debian + ")");
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
