// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A digest over all that a thing in the cache is made from, which names it there. Neither names of
/// folders nor times are part of it.
public final class CacheKey {
    private static final int DIGITS = 32;

    private final MessageDigest digest;

    public CacheKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /// The files below `root` whose names, seen from there, are wanted.
    public void addFiles(Path root, Predicate<String> wanted) throws IOException {
        var files = new TreeMap<String, Path>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(root.relativize(file).toString(), file));
        }
        add("entry");
        for (var file : files.entrySet()) {
            if (wanted.test(file.getKey())) {
                add(file.getKey() + " " + Files.size(file.getValue()));
                digest.update(Files.readAllBytes(file.getValue()));
            }
        }
    }

    /// The name. Nothing can be added any more.
    public String name() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }
}
