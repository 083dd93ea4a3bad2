// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What the cache does with folders.
public final class Folders {
    /// Where what was made is kept between runs: the system property `mirage.cache`, or `mirage4j`
    /// in the user's folder of caches.
    public static Path cache() {
        String set = System.getProperty("mirage.cache", "");
        if (!set.isEmpty()) return Path.of(set).toAbsolutePath();
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg == null || xdg.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(xdg);
        return caches.resolve("mirage4j");
    }

    /// Removes it with all that is in it, if it is there.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    /// Makes it the newest.
    public static void touch(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
    }

    /// Removes all folders in `parent` but the `count` newest.
    public static void keepNewest(Path parent, int count) throws IOException {
        List<Path> folders;
        try (Stream<Path> children = Files.list(parent)) {
            folders =
                    children.filter(Files::isDirectory)
                            .sorted(Comparator.comparing(Folders::time).reversed())
                            .toList();
        }
        for (Path old : folders.stream().skip(count).toList()) {
            delete(old);
        }
    }

    private static FileTime time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private Folders() {}
}
