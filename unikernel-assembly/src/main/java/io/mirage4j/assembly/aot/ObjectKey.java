// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.CacheKey;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.boot.BootLayer;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The key of an object: equal keys, equal objects but for the addresses in them. Whether classes
/// lie in a folder or in a jar is no part of it; and not the C of the boot layers, which the
/// builder does not read: a change there is a link.
final class ObjectKey {
    static String of(ClassPath classPath, List<String> options, BuilderJars builder)
            throws IOException {
        var key = new CacheKey();
        key.add("builder " + BuilderJars.VERSION + " jdk " + Runtime.version());
        for (Path jar : builder.jars()) {
            key.add(jar.getFileName() + " " + Files.size(jar));
        }
        options.forEach(key::add);
        for (Path entry : classPath.entries()) {
            add(entry, key);
        }
        return key.name();
    }

    private static void add(Path entry, CacheKey key) throws IOException {
        if (Files.isDirectory(entry)) {
            key.addFiles(entry, ObjectKey::isRead);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                key.addFiles(jar.getPath("/"), ObjectKey::isRead);
            }
        }
    }

    private static boolean isRead(String file) {
        return !BootLayer.isLinkedOnly(file);
    }

    private ObjectKey() {}
}
