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
    public void remember() throws IOException {
        var properties = new Properties();
        properties.setProperty("name", name);
        properties.setProperty("target", target.word());
        properties.setProperty("object", object.folder().toString());
        properties.setProperty("classpath", classPath.toString());
        try (var out = Files.newBufferedWriter(origin(file))) {
            properties.store(out, null);
        }
    }

    /// An image that was made here before.
    public static Image at(Path file) {
        if (!Files.exists(file)) throw new AssemblyException("no file " + file);
        var properties = new Properties();
        try (var in = Files.newBufferedReader(origin(file))) {
            properties.load(in);
        } catch (IOException e) {
            throw new AssemblyException(
                    "nothing tells what " + file + " was made of: " + origin(file) + " is gone", e);
        }
        return new Image(
                file,
                properties.getProperty("name", ""),
                Target.parse(properties.getProperty("target", "")),
                new RelocatableObject(Path.of(properties.getProperty("object", "")), true),
                ClassPath.parse(properties.getProperty("classpath", "")));
    }

    private static Path origin(Path file) {
        return file.resolveSibling(file.getFileName() + ".origin");
    }
}
