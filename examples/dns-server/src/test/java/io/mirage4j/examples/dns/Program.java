// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// A program that runs in a folder: this one, or one of others.
final class Program implements AutoCloseable {
    private static final int MOST_SECONDS = 60;

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts a server of ours in `folder`.
    static Program ours(Path folder, List<String> words) throws IOException {
        return ours(folder, List.of(), words);
    }

    /// @param wires what is behind the program's devices
    static Program ours(Path folder, List<String> wires, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--enable-native-access=ALL-UNNAMED");
        String classPath = System.getProperty("java.class.path");
        List<String> entries = Arrays.asList(classPath.split(File.pathSeparator));
        command.add("-cp");
        command.add(
                String.join(
                        File.pathSeparator,
                        entries.stream()
                                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                                .toList()));
        command.add("io.mirage4j.assembly.host.HostStart");
        command.add(Main.class.getName());
        command.addAll(wires);
        command.add("--");
        command.addAll(words);
        Path log = Files.createTempFile(folder, "server", ".log");
        return new Program(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /// The same, once it serves.
    static Program serving(Path folder, List<String> words) throws Exception {
        return serving(folder, List.of(), words);
    }

    static Program serving(Path folder, List<String> wires, List<String> words) throws Exception {
        Program program = ours(folder, wires, words);
        program.awaitText("serving at ");
        return program;
    }

    void awaitText(String text) throws Exception {
        await(
                () -> {
                    if (output().contains(text)) return true;
                    assertThat(process.isAlive()).as(output()).isTrue();
                    return false;
                },
                this::output);
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    /// As `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /// What a program of others prints.
    static String run(String program, String input, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(Peers.require(program).toString()));
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try (var in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.waitFor();
        }
    }

    /// Waits until `what` is true; fails with what `state` says if it is not in a while.
    static void await(Callable<Boolean> what, Callable<String> state) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!what.call()) {
            assertThat(System.nanoTime()).as(state.call()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
