// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.boot.BootLayer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A digest over all that an object is made from: equal keys, equal objects but for the addresses
/// in them. Neither names of folders nor times are part of it, nor whether classes lie in a folder
/// or in a jar; and not the C of the boot layers, which the builder does not read: a change there
/// is a link.
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
        if (Files.isDirectory(entry)) {
            addFiles(entry);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                addFiles(jar.getPath("/"));
            }
        }
    }

    private void addFiles(Path root) throws IOException {
        var files = new TreeMap<String, Path>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(root.relativize(file).toString(), file));
        }
        add("entry");
        for (var file : files.entrySet()) {
            if (!BootLayer.isLinkedOnly(file.getKey())) {
                add(file.getKey() + " " + Files.size(file.getValue()));
                digest.update(Files.readAllBytes(file.getValue()));
            }
        }
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
