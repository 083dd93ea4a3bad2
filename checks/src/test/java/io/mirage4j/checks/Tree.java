// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the project, as the checks see them: everything below the root but what was built.
/// The rules take the root as an argument, so that a test can show one a small tree of its own.
final class Tree {
    static final Path ROOT =
            Path.of(System.getProperty("mirage.root", "..")).toAbsolutePath().normalize();

    private static final Set<String> BUILT = Set.of("target", ".git", ".mirage", "node_modules");

    /// The files of the project whose names end so, in order.
    static List<Path> files(String suffix) {
        return files(ROOT, suffix);
    }

    static List<Path> files(Path root, String suffix) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                            return BUILT.contains(dir.getFileName().toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                            if (file.toString().endsWith(suffix)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path relative(Path file) {
        return ROOT.relativize(file);
    }

    private Tree() {}
}
