// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.ClassPath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A digest over all that an object is made from: equal keys, equal objects but for the addresses
/// in them. Neither names of folders nor times are part of it.
final class ObjectKey {
    private final MessageDigest digest;

    private ObjectKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    static String of(ClassPath classPath, List<String> options, BuilderJars builder)
            throws IOException {
        var key = new ObjectKey();
        key.add("builder " + BuilderJars.VERSION + " jdk " + Runtime.version());
        for (Path jar : builder.jars()) {
            key.add(jar.getFileName() + " " + Files.size(jar));
        }
        options.forEach(key::add);
        for (Path entry : classPath.entries()) {
            key.add(entry);
        }
        return HexFormat.of().formatHex(key.digest.digest()).substring(0, 32);
    }

    private void add(Path entry) throws IOException {
        if (!Files.isDirectory(entry)) {
            add("jar");
            digest.update(Files.readAllBytes(entry));
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(entry)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            add(entry.relativize(file) + " " + Files.size(file));
            digest.update(Files.readAllBytes(file));
        }
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
