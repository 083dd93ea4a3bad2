// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The spt tender, a C program that is compiled where it is first used and kept in a cache. It is C
/// because a guest is a process of its own that may do next to nothing, and a JVM does a lot.
///
/// ```
/// new ProcessBuilder(SptTender.command("--mem=16", "hello.spt")).inheritIO().start();
/// ```
public final class SptTender {
    private static final List<String> SOURCES =
            List.of("main.c", "image.c", "devices.c", "filter.c", "spt.h", "manifest.h");
    private static final List<String> COMPILE =
            List.of("gcc", "-std=gnu11", "-O2", "-Wall", "-static-pie", "-o");

    /// The command that runs the tender with these words: options, image, arguments of the guest.
    public static List<String> command(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(List.of(words));
        return List.copyOf(command);
    }

    /// The program in `$XDG_CACHE_HOME/mirage4j`, or `~/.cache/mirage4j`; compiled if it is not
    /// there.
    ///
    /// @throws IOException if it is not, and can not be
    public static Path program() throws IOException {
        return programIn(cache());
    }

    private static Path cache() {
        String named = System.getenv("XDG_CACHE_HOME");
        Path caches =
                named == null || named.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(named);
        return caches.resolve("mirage4j");
    }

    static Path programIn(Path cache) throws IOException {
        Path program = cache.resolve("spt-" + version());
        if (!Files.isExecutable(program)) {
            Files.createDirectories(cache);
            compile(cache, program);
        }
        return program;
    }

    /// Other sources are another program, in whatever order they came to be.
    private static String version() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        digest.update(String.join(" ", COMPILE).getBytes(StandardCharsets.UTF_8));
        for (String source : SOURCES) {
            digest.update(read(source));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static byte[] read(String source) throws IOException {
        try (InputStream in = SptTender.class.getResourceAsStream("spt/" + source)) {
            if (in == null) {
                throw new IOException("spt/" + source + " is missing in the jar of solo5-tender");
            }
            return in.readAllBytes();
        }
    }

    /// Compiles beside, then moves, so that nobody ever sees half a program.
    private static void compile(Path cache, Path program) throws IOException {
        Path folder = Files.createTempDirectory(cache, "build");
        try {
            List<String> command = new ArrayList<>(COMPILE);
            Path built = folder.resolve("spt");
            command.add(built.toString());
            for (String source : SOURCES) {
                Path file = folder.resolve(source);
                Files.write(file, read(source));
                if (source.endsWith(".c")) {
                    command.add(file.toString());
                }
            }
            run(command, folder.resolve("log"));
            Files.move(built, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(folder);
        }
    }

    private static void run(List<String> command, Path log) throws IOException {
        int status;
        try {
            status =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor();
        } catch (IOException e) {
            throw new IOException(
                    "spt is compiled where it is first used, and there is no gcc: install it"
                            + " (Debian: gcc libc6-dev linux-libc-dev)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while gcc compiled spt", e);
        }
        if (status != 0) {
            throw new IOException("gcc can not compile spt: " + Files.readString(log).strip());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private SptTender() {}
}
