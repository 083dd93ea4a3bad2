// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// C baselines: one source of `src/main/c`, compiled by this machine's compiler into a shared
/// library and called in this process.
///
/// A source may say what it needs, at the start of a line of its first comment:
///
/// ```
///  * flags: -luriparser -lcurl
///  * packages: liburiparser-dev libcurl4-openssl-dev
/// ```
public final class CLibrary {
    private static final List<String> OPTIONS =
            List.of("-O3", "-march=native", "-shared", "-fPIC", "-Wall");

    private final String source;
    private final SymbolLookup symbols;

    private CLibrary(String source, SymbolLookup symbols) {
        this.source = source;
        this.symbols = symbols;
    }

    /// The library of `source`, say `cstruct.c` (or `re2.cc`, for the C++ compiler), compiled
    /// unless that was done before.
    public static CLibrary of(String source) throws SkippedException, IOException {
        Path library = compiled(source, text(source));
        return new CLibrary(source, SymbolLookup.libraryLookup(library, Arena.global()));
    }

    /// The function `int64_t NAME(int32_t times, ...)` with all arguments but the first given: a
    /// `Long` for an `int64_t`, a segment for a pointer. With a segment on the heap the call is a
    /// critical one: it must not take long, nor wait for another thread.
    public Body body(String name, Object... arguments) {
        MemoryLayout[] layouts = new MemoryLayout[1 + arguments.length];
        layouts[0] = ValueLayout.JAVA_INT;
        boolean heap = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof MemorySegment segment) {
                layouts[i + 1] = ValueLayout.ADDRESS;
                heap |= !segment.isNative();
            } else {
                layouts[i + 1] = ValueLayout.JAVA_LONG;
            }
        }
        MethodHandle function =
                function(
                        name,
                        FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts),
                        heap ? new Linker.Option[] {Linker.Option.critical(true)} : NO_OPTIONS);
        MethodHandle bound = MethodHandles.insertArguments(function, 1, arguments);
        return times -> (long) bound.invokeExact(times);
    }

    /// Any function, for setting up what the bodies work on.
    public MethodHandle function(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment symbol =
                symbols.find(name)
                        .orElseThrow(
                                () -> new IllegalArgumentException(source + " has no " + name));
        return Linker.nativeLinker().downcallHandle(symbol, descriptor, options);
    }

    private static final Linker.Option[] NO_OPTIONS = {};

    /// What the system's C compiler calls itself, or that there is none.
    public static String compilerVersion() {
        try {
            return firstLine(run(List.of("cc", "--version")).output());
        } catch (IOException e) {
            return "no C compiler";
        }
    }

    private static String text(String source) throws IOException {
        try (InputStream in = CLibrary.class.getResourceAsStream("/c/" + source)) {
            if (in == null) throw new IllegalArgumentException("no source src/main/c/" + source);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path compiled(String source, String text) throws SkippedException, IOException {
        boolean plusPlus = source.endsWith(".cc");
        String compiler = plusPlus ? "c++" : "cc";
        String version;
        try {
            version = firstLine(run(List.of(compiler, "--version")).output());
        } catch (IOException e) {
            throw new SkippedException(
                    "no " + compiler + " found (Debian: " + (plusPlus ? "g++" : "gcc") + ")");
        }
        String stem = source.substring(0, source.lastIndexOf('.'));
        Path folder = Layout.target().resolve("c");
        Path library = folder.resolve(stem + "-" + key(text, version) + ".so");
        if (Files.exists(library)) return library;

        Files.createDirectories(folder);
        Path input = Files.writeString(folder.resolve(source), text);
        Path output = Files.createTempFile(folder, stem, ".so");
        List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(OPTIONS);
        command.addAll(List.of("-o", output.toString(), input.toString()));
        command.addAll(words(text, "flags:"));
        Finished finished = run(command);
        if (finished.status() != 0) {
            Files.delete(output);
            throw failure(source, text, finished.output());
        }
        return Files.move(output, library, StandardCopyOption.ATOMIC_MOVE);
    }

    /// A header or a library that is not there is the machine's lack; all else is a fault of ours.
    private static SkippedException failure(String source, String text, String output) {
        for (String line : output.split("\n")) {
            int missing = line.indexOf("fatal error: ");
            String what =
                    missing >= 0
                            ? line.substring(missing + "fatal error: ".length())
                            : line.contains("cannot find -l") ? line.strip() : "";
            if (!what.isEmpty()) {
                return new SkippedException(
                        source
                                + ": "
                                + what
                                + " (Debian: "
                                + String.join(" ", words(text, "packages:"))
                                + ")");
            }
        }
        throw new IllegalStateException(source + " does not compile:\n" + output);
    }

    /// The words behind `key` in the source's comments.
    static List<String> words(String text, String key) {
        for (String line : text.split("\n")) {
            int at = line.indexOf(key);
            if (at >= 0) {
                return Arrays.asList(line.substring(at + key.length()).strip().split(" +"));
            }
        }
        return List.of();
    }

    private static String key(String text, String version) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((OPTIONS + version + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private record Finished(int status, String output) {}

    private static Finished run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (InputStream in = process.getInputStream()) {
            String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Finished(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " ran", e);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
