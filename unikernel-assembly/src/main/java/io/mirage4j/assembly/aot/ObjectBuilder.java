// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Folders;
import io.mirage4j.assembly.Progress;
import io.mirage4j.assembly.boot.BootLayer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Makes one relocatable object of a class path, or takes the one that was made of the same inputs
/// before. The builder runs in a JVM of its own, with a bounded heap, and can be interrupted.
public final class ObjectBuilder {
    private static final String MAIN =
            "org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner";

    private final ClassPath tool;
    private final BuilderJars builder;
    private final Path cache;
    private final Progress progress;

    /// Builds with what a class path offers.
    ///
    /// @param tool the class path that holds the builder's jars and solo5-bindings
    /// @param cache the folder of the objects that were made
    public ObjectBuilder(ClassPath tool, Path cache, Progress progress) {
        this.tool = tool;
        this.builder = BuilderJars.on(tool);
        this.cache = cache;
        this.progress = progress;
    }

    public RelocatableObject build(ClassPath classPath, ObjectOptions options) {
        try {
            List<String> fixed = options.forBuilder();
            var keyed = new ArrayList<>(fixed);
            keyed.add(options.mainClass());
            Path folder = cache.resolve(ObjectKey.of(classPath, keyed, builder));
            if (Files.exists(folder.resolve("image.o"))) {
                Folders.touch(folder);
                return new RelocatableObject(folder, true);
            }
            Files.createDirectories(cache);
            Path work = Files.createTempDirectory(cache, "building-");
            try {
                run(classPath, options, fixed, work);
                Folders.delete(work.resolve("temporary"));
                Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                remove(work);
            }
            Folders.keepNewest(cache, 12);
            return new RelocatableObject(folder, false);
        } catch (IOException e) {
            throw new AssemblyException("can not build below " + cache + ": " + e, e);
        }
    }

    private void run(ClassPath classPath, ObjectOptions options, List<String> fixed, Path work)
            throws IOException {
        // The builder looks for `include` below the folder of -H:CLibraryPath.
        BootLayer.unpackBuilderHeaders(tool, work.resolve("include"));
        Path patches = work.resolve("temporary/patches");
        PlainReporter.write(patches);
        Path metadata = work.resolve("metadata");
        ClassPath whole =
                LibraryMetadata.write(classPath, metadata)
                        ? classPath.and(List.of(metadata))
                        : classPath;
        BundledMetadata bundled = BundledMetadata.on(whole);
        bundled.notUnderstood()
                .forEach(option -> progress.say("  ignored an option of a dependency: " + option));
        List<String> command = command(whole, options, fixed, bundled, work, patches);
        progress.say("compiling " + options.mainClass() + " and what it reaches ahead of time");
        long before = System.nanoTime();
        int status = watch(command, work);
        if (status != 0) throw failure(status, options, work);
        collect(work);
        progress.say(
                "compiled in %.0f s, %.1f MB"
                        .formatted(
                                (System.nanoTime() - before) / 1e9,
                                Files.size(work.resolve("image.o")) / 1e6));
    }

    private List<String> command(
            ClassPath classPath,
            ObjectOptions options,
            List<String> fixed,
            BundledMetadata bundled,
            Path work,
            Path patches)
            throws IOException {
        Path doors = work.resolve("temporary/doors.args");
        Files.write(doors, ModuleDoors.options(builder.moduleNames()));
        String modules =
                new ClassPath(
                                builder.jars().stream()
                                        .filter(jar -> !jar.equals(builder.compiler()))
                                        .toList())
                        .toString();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        // Hello takes 92 s of processor time so, and 136 s with the second
                        // compiler, which is at work for longer than its code is then used.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:+EnableJVMCI",
                        "-Xss10m",
                        "-Xmx" + options.heapMegabytes() + "m",
                        "-Djava.awt.headless=true",
                        "-Dcom.oracle.graalvm.isaot=true",
                        "-Dorg.graalvm.nativeimage.imagecode=buildtime",
                        "-Dorg.graalvm.version=" + BuilderJars.VERSION,
                        "-Dsubstratevm.HostLibC=glibc",
                        "-Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader",
                        "-Djdk.internal.lambda.disableEagerInitialization=true",
                        "-Djdk.internal.lambda.eagerlyInitialize=false",
                        "-Dmirage.main=" + options.mainClass(),
                        "--add-modules=ALL-DEFAULT,org.graalvm.nativeimage.builder,jdk.internal.vm.ci",
                        "@" + doors,
                        "--enable-native-access=org.graalvm.nativeimage.builder",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--upgrade-module-path",
                        builder.compiler().toString(),
                        "--module-path",
                        modules,
                        "--patch-module",
                        "org.graalvm.nativeimage.builder=" + patches));
        command.addAll(bundled.jvmOptions());
        command.addAll(List.of("-m", MAIN, "-imagecp", classPath.toString()));
        command.addAll(
                List.of(
                        "-H:Path=" + work,
                        "-H:Name=image",
                        "-H:CLibraryPath=" + work,
                        "-H:ImageBuildID=" + UUID.nameUUIDFromBytes(new byte[0]),
                        "-H:TempDirectory=" + work.resolve("temporary"),
                        "-H:BuildOutputJSONFile=" + work.resolve("figures.json")));
        command.addAll(fixed);
        command.addAll(bundled.options());
        return command;
    }

    private int watch(List<String> command, Path work) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        // Whoever stops us does not wait until we have cleaned up behind the builder.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> abandon(process, work)));
        process.getOutputStream().close();
        var stages = new BuildProgress(progress);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var log = Files.newBufferedWriter(work.resolve("build.log"))) {
            lines.lines()
                    .forEach(
                            line -> {
                                if (line.startsWith("WARNING: Unknown module")) {
                                    return; // one of the doors leads nowhere
                                }
                                stages.read(line);
                                try {
                                    log.write(line + "\n");
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssemblyException("the build was interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private static void abandon(Process process, Path work) {
        if (!process.isAlive()) return;
        process.destroyForcibly().onExit().join();
        try {
            remove(work);
        } catch (IOException e) {
            // it is the oldest folder of the cache some day, and goes then
        }
    }

    /// One at a time: when we are stopped, two threads come here.
    private static synchronized void remove(Path work) throws IOException {
        Folders.delete(work);
    }

    /// The object and the reports out of the builder's folders, into their places.
    private static void collect(Path work) throws IOException {
        Path object;
        try (Stream<Path> files = Files.walk(work.resolve("temporary"))) {
            object =
                    files.filter(file -> file.endsWith("image.o"))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new AssemblyException(
                                                    "the builder left no object below " + work));
        }
        Files.move(object, work.resolve("image.o"));
    }

    private AssemblyException failure(int status, ObjectOptions options, Path work)
            throws IOException {
        Path kept = cache.resolve("failed-build.log");
        Files.copy(work.resolve("build.log"), kept, StandardCopyOption.REPLACE_EXISTING);
        String memory =
                Files.readString(kept).contains("java.lang.OutOfMemoryError")
                        ? "; its heap of "
                                + options.heapMegabytes()
                                + " MB was too small: raise it with --builder-memory"
                        : "";
        String errors =
                Files.readAllLines(kept).stream()
                        .filter(line -> line.startsWith("Error:") || line.startsWith("Caused by:"))
                        .limit(5)
                        .reduce("", (all, line) -> all + "\n  " + line);
        return new AssemblyException(
                "the native-image builder failed with status "
                        + status
                        + " on "
                        + options.mainClass()
                        + memory
                        + errors
                        + "\n  all that it said: "
                        + kept);
    }
}
