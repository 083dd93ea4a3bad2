// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.RelocatableObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// An image and what it was made of, which stands in a small file beside it.
///
/// @param file what a tender is given
/// @param name of the program
/// @param object the cached object that it was linked from
/// @param classPath the program's, without what was added
public record Image(
        Path file, String name, Target target, RelocatableObject object, ClassPath classPath) {
    /// The image with its symbols, for debuggers and for [io.mirage4j.assembly.report.ImageSize].
    public Path symbols() {
        return file.resolveSibling(file.getFileName() + ".symbols");
    }

    /// Remembers what it was made of.
    ///
    /// @param key the name of all that
    public void remember(String key) throws IOException {
        var properties = new Properties();
        properties.setProperty("key", key + " " + state(file));
        properties.setProperty("name", name);
        properties.setProperty("target", target.word());
        properties.setProperty("object", object.folder().toString());
        properties.setProperty("classpath", classPath.toString());
        try (var out = Files.newBufferedWriter(originFile(file))) {
            properties.store(out, null);
        }
    }

    /// Whether the file is still the image that was made of that.
    public static boolean isMadeOf(String key, Path file) {
        try {
            return Files.exists(file)
                    && Files.exists(ImageLinker.symbols(file))
                    && origin(file).getProperty("key", "").equals(key + " " + state(file));
        } catch (IOException e) {
            return false; // nothing tells
        }
    }

    /// Another file in its place has another length or time.
    private static String state(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    }

    /// An image that was made here before.
    public static Image at(Path file) {
        if (!Files.exists(file)) {
            throw new AssemblyException("no file " + file + ": `mirage build` makes images");
        }
        Properties properties;
        try {
            properties = origin(file);
        } catch (IOException e) {
            throw new AssemblyException(
                    "nothing tells what %s was made of, there is no %s: is it an image that `mirage build` made here?"
                            .formatted(file, originFile(file)),
                    e);
        }
        return new Image(
                file,
                properties.getProperty("name", ""),
                Target.parse(properties.getProperty("target", "")),
                new RelocatableObject(Path.of(properties.getProperty("object", "")), true),
                ClassPath.parse(properties.getProperty("classpath", "")));
    }

    private static Properties origin(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(originFile(file))) {
            properties.load(in);
        }
        return properties;
    }

    private static Path originFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".origin");
    }
}
