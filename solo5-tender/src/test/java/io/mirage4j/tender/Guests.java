// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Compiles the guests in `src/test/c` and runs programs.
public final class Guests {
    private static final Path SOURCES = Path.of("src", "test", "c");
    private static final long SECONDS_TO_LIVE = 60;

    /// What a guest declares.
    public enum Devices {
        NONE,
        NETWORK,
        BLOCK
    }

    /// How a program ended, and what it said. A signal is 128 and its number, as a shell has it.
    public record Ended(int status, String output, String errors) {}

    public static Path hvt(Devices devices) throws IOException, InterruptedException {
        requireKvm();
        return guest("hvt", devices);
    }

    public static Path spt(Devices devices) throws IOException, InterruptedException {
        return guest("spt", devices);
    }

    public static void requireKvm() {
        Optional<String> reason = Unikernel.unsupported();
        if (reason.isPresent()) {
            throw Peers.missingHardware("tests of hvt: " + reason.orElseThrow());
        }
    }

    private static Path guest(String target, Devices devices)
            throws IOException, InterruptedException {
        return compile(
                devices.name().toLowerCase(Locale.ROOT) + "." + target,
                List.of("guest.c", "board_" + target + ".c"),
                List.of(
                        "-ffreestanding",
                        "-fno-pic",
                        "-no-pie",
                        "-mno-red-zone",
                        "-mgeneral-regs-only",
                        "-fno-stack-protector",
                        "-fno-tree-loop-distribute-patterns",
                        "-fcf-protection=none",
                        "-nostdlib",
                        "-static",
                        "-Wl,-T," + SOURCES.resolve("guest.lds"),
                        "-Wl,-z,max-page-size=0x1000",
                        "-Wl,--build-id=none",
                        "-D" + target.toUpperCase(Locale.ROOT),
                        "-D" + devices));
    }

    public static Path peer() throws IOException, InterruptedException {
        return compile("peer", List.of("peer.c"), List.of());
    }

    /// Compiles C sources of ours, once for this JVM.
    static synchronized Path compile(String name, List<String> sources, List<String> flags)
            throws IOException, InterruptedException {
        Peers.require("gcc");
        Path folder = Files.createDirectories(Path.of("target", "guests"));
        Path program = folder.resolve(name + "." + ProcessHandle.current().pid());
        if (Files.exists(program)) return program;
        List<String> command =
                new ArrayList<>(List.of("gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"));
        command.addAll(flags);
        command.addAll(List.of("-o", program.toString()));
        sources.forEach(source -> command.add(SOURCES.resolve(source).toString()));
        Ended ended = run(command);
        assertThat(ended.status).as(ended.errors).isZero();
        program.toFile().deleteOnExit();
        return program;
    }

    /// The beginning of a command that runs in a network namespace of its own, beside a peer that
    /// sends so many frames to the interface tap0.
    static List<String> inNamespace(int frames, int mtu) throws IOException, InterruptedException {
        return new ArrayList<>(
                List.of(
                        "unshare",
                        "-n",
                        "sh",
                        SOURCES.resolve("in-namespace.sh").toString(),
                        frames == 0 ? "true" : peer().toAbsolutePath().toString(),
                        String.valueOf(frames),
                        String.valueOf(mtu)));
    }

    /// The command that runs a tender in a JVM of its own.
    public static List<String> tender(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /// Runs a program to its end.
    public static Ended run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", null);
        Path errors = Files.createTempFile("errors", null);
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            assertThat(process.waitFor(SECONDS_TO_LIVE, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
            return new Ended(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.ISO_8859_1),
                    Files.readString(errors, StandardCharsets.ISO_8859_1));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private Guests() {}
}
