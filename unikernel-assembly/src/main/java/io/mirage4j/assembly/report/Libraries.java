// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.report;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Which library a class came from: a jar of the program, the JDK, or the runtime that the builder
/// puts under them.
final class Libraries {
    static final String JDK = "JDK";
    static final String RUNTIME = "runtime of native-image";
    static final String BOOT = "boot layer and zlib";

    private final Map<String, String> libraryOfClass = new HashMap<>();

    static Libraries of(ClassPath classPath) {
        var libraries = new Libraries();
        for (Path entry : classPath.entries()) {
            try {
                libraries.read(entry);
            } catch (IOException e) {
                throw new AssemblyException("can not read " + entry + ": " + e.getMessage(), e);
            }
        }
        return libraries;
    }

    String of(String className) {
        String known = libraryOfClass.get(outermost(className));
        if (known != null) return known;
        return className.startsWith("com.oracle.svm.")
                        || className.startsWith("org.graalvm.")
                        || className.startsWith("jdk.graal.")
                ? RUNTIME
                : JDK;
    }

    /// As a reader knows it: the name of the jar, or of the folder that the classes were built in.
    static String name(Path entry) {
        int names = entry.getNameCount();
        if (Files.isDirectory(entry) && names > 2 && entry.endsWith("target/classes")) {
            return entry.getName(names - 3).toString();
        }
        String file = entry.getFileName().toString();
        return file.endsWith(".jar") ? file.substring(0, file.length() - 4) : file;
    }

    private void read(Path entry) throws IOException {
        String library = name(entry);
        if (Files.isDirectory(entry)) {
            try (Stream<Path> files = Files.walk(entry)) {
                files.forEach(file -> add(entry.relativize(file).toString(), library));
            }
            return;
        }
        try (var jar = new JarFile(entry.toFile())) {
            jar.stream().forEach(file -> add(file.getName(), library));
        }
    }

    private void add(String file, String library) {
        if (file.endsWith(".class")) {
            String name = file.substring(0, file.length() - 6).replace('/', '.');
            libraryOfClass.putIfAbsent(outermost(name), library);
        }
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
