// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.boot;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The sources of the boot layers, out of the jar of solo5-bindings.
///
/// @param folder where they were unpacked: `common/` and one folder for each target
public record BootLayer(Path folder) {
    private static final String PLACE = "io/mirage4j/solo5/boot";
    private static final String FOR_BUILDER = PLACE + "/builder";
    private static final String KNOWN_BY = PLACE + "/common/board.h";

    /// The part that every target shares.
    public static final String COMMON = "common";

    /// Whether a file of a class path is a source that only the linking of an image reads.
    public static boolean isLinkedOnly(String file) {
        return file.startsWith(PLACE + "/") && !file.startsWith(FOR_BUILDER + "/");
    }

    /// The jar or folder that they come from.
    public static Path source(ClassPath tool) {
        return tool.entryWith(KNOWN_BY);
    }

    /// Unpacks the headers that the builder wants to see into `folder`.
    public static void unpackBuilderHeaders(ClassPath tool, Path folder) throws IOException {
        unpack(tool, FOR_BUILDER + "/include", folder);
    }

    /// Unpacks them into `folder`.
    public static BootLayer unpack(ClassPath tool, Path folder) throws IOException {
        unpack(tool, PLACE, folder);
        return new BootLayer(folder);
    }

    private static void unpack(ClassPath tool, String place, Path folder) throws IOException {
        Path entry = source(tool);
        if (Files.isDirectory(entry)) {
            copy(entry.resolve(place), folder);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                copy(jar.getPath(place), folder);
            }
        }
    }

    /// Whether an image can be made for it.
    public static boolean isThereFor(Target target, ClassPath tool) {
        try {
            tool.entryWith(PLACE + "/" + target.word() + "/flags");
            return true;
        } catch (AssemblyException e) {
            return false;
        }
    }

    /// The C and assembly of a part: [#COMMON], or what only a target has.
    public List<Path> sources(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
            return files.filter(
                            file ->
                                    file.toString().endsWith(".c")
                                            || file.toString().endsWith(".S"))
                    .sorted()
                    .toList();
        }
    }

    /// Where a part's sources look for headers, from [#folder] on. The common part knows no target.
    public List<String> headerFolders(String part) {
        return Stream.of(COMMON, part, "builder/include").distinct().toList();
    }

    /// The options of `gcc` for one source.
    public List<String> compilerOptions(Target target, Path source) {
        return Stream.concat(flags(target).stream(), ownFlags(source)).toList();
    }

    /// The options of `gcc` that make the linker script of a target.
    public List<String> scriptOptions(Target target) {
        String script = folder.resolve("common/image.lds").toString();
        return Stream.concat(
                        flags(target).stream(),
                        Stream.of("-E", "-P", "-x", "assembler-with-cpp", script))
                .toList();
    }

    /// Those of every source of a target.
    public List<String> flags(Target target) {
        return Stream.of(COMMON, target.word())
                .flatMap(part -> words(folder.resolve(part).resolve("flags")))
                .toList();
    }

    /// Those that stand beside the source.
    private static Stream<String> ownFlags(Path source) {
        Path flags = sibling(source, ".flags");
        return Files.exists(flags) ? words(flags) : Stream.of();
    }

    public List<String> linkerOptions() {
        return words(folder.resolve("common/ldflags")).toList();
    }

    private static Path sibling(Path source, String ending) {
        String name = source.getFileName().toString();
        return source.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
    }

    private static Stream<String> words(Path file) {
        try {
            return Arrays.stream(Files.readString(file).split("\\s+"))
                    .filter(word -> !word.isEmpty());
        } catch (IOException e) {
            throw new AssemblyException("can not read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
