// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// One run of javac with the processor, in a folder of its own.
final class Compilation {
    /// `processing` tells which annotations nobody processes, `auxiliaryclass` that several types
    /// are in one file, which these tests like: neither is about what is made.
    private static final List<String> OPTIONS =
            List.of("-Xlint:all,-processing,-auxiliaryclass", "-Werror", "--release", "25");

    private final Path folder;
    private final List<Path> sources = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();
    private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();

    Compilation(Path folder) {
        this.folder = folder;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            // What a user has: the library, and the annotations of null-marked code.
            if (entry.contains("jspecify") || isLibrary(entry)) {
                classPath.add(Path.of(entry));
            }
        }
    }

    private static boolean isLibrary(String entry) {
        return Files.exists(Path.of(entry, "io/mirage4j/cstruct/Cstruct.class"))
                || entry.matches(".*cstruct-[0-9][^/]*\\.jar");
    }

    Compilation without(String library) {
        classPath.removeIf(entry -> entry.toString().contains(library));
        return this;
    }

    Compilation with(Path classes) {
        classPath.add(classes);
        return this;
    }

    /// Adds a source file; `path` is below the source folder.
    Compilation source(String path, String text) {
        try {
            Path file = folder.resolve("src").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            sources.add(file);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path classes() {
        return folder.resolve("classes");
    }

    /// Compiles, and tells whether that went without an error or a warning.
    boolean run() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            Files.createDirectories(classes());
            Files.createDirectories(folder.resolve("made"));
            List<String> options = new ArrayList<>(OPTIONS);
            String path =
                    classPath.stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator));
            boolean modular = sources.stream().anyMatch(s -> s.endsWith("module-info.java"));
            options.addAll(List.of(modular ? "--module-path" : "-classpath", path));
            options.addAll(
                    List.of("-d", classes().toString(), "-s", folder.resolve("made").toString()));
            JavaCompiler.CompilationTask task =
                    compiler.getTask(
                            null,
                            files,
                            diagnostics,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(new LayoutProcessor()));
            return task.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every error as `line: message`.
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() != Diagnostic.Kind.NOTE) {
                errors.add(diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT));
            }
        }
        return errors;
    }

    /// The text of a made class.
    String made(String path) {
        try {
            return Files.readString(folder.resolve("made").resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of all made files.
    List<String> made() {
        String[] names = folder.resolve("made").toFile().list();
        return names == null ? List.of() : Arrays.stream(names).sorted().toList();
    }
}
