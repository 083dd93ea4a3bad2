// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.ClassPath;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the builder must know of well-known libraries that do not say it themselves. It is read off
/// the jars on the class path, so it fits whatever version is there.
///
/// * JCTools, also inside Netty, looks up the offsets of its own fields by name.
/// * Netty's allocators look at methods of theirs to find leaks.
/// * Bouncy Castle's provider makes its algorithms by name; where nobody touches the provider, its
///   lightweight interface needs none of that. The providers of the image are then made when it
///   runs, since one that was made before could not be told from another.
final class LibraryMetadata {
    private static final String FOLDER = "META-INF/native-image/io.mirage4j";
    private static final String PROVIDER = "org.bouncycastle.jce.provider.BouncyCastleProvider";
    private static final String TRUSTED =
            """
            Args = -H:FutureDefaults=run-time-initialize-security-providers \\
                -H:Features=io.mirage4j.solo5.ProvidersFeature
            JavaArgs = -Dmirage.providers=BC
            """;
    private static final List<String> NETTY_METHODS =
            List.of(
                    "io/netty/buffer/AbstractByteBufAllocator",
                    "io/netty/buffer/AdvancedLeakAwareByteBuf",
                    "io/netty/util/ReferenceCountUtil");

    /// What the provider looks up in the JDK, to do without it where it is missing.
    private static final List<String> OF_THE_JDK =
            List.of("javax.crypto.AEADBadTagException", "javax.crypto.spec.GCMParameterSpec");

    /// Writes what `classPath` needs below `folder`, and tells whether that was anything.
    static boolean write(ClassPath classPath, Path folder) throws IOException {
        var rules = new ArrayList<String>();
        for (Path entry : classPath.entries()) {
            if (Files.isDirectory(entry)) {
                read(entry, rules);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                    read(jar.getPath("/"), rules);
                }
            }
        }
        if (rules.isEmpty()) return false;
        Path place = Files.createDirectories(folder.resolve(FOLDER));
        Files.writeString(
                place.resolve("reflect-config.json"), "[\n" + String.join(",\n", rules) + "\n]\n");
        if (rules.stream().anyMatch(rule -> rule.contains(PROVIDER))) {
            Files.writeString(place.resolve("native-image.properties"), TRUSTED);
        }
        return true;
    }

    private static void read(Path root, List<String> rules) throws IOException {
        for (String jctools : List.of("org/jctools", "io/netty/util/internal/shaded/org/jctools")) {
            classesBelow(root, jctools, name -> true)
                    .forEach(name -> rules.add(rule(name, "allDeclaredFields")));
        }
        for (String name : NETTY_METHODS) {
            if (Files.exists(root.resolve(name + ".class"))) {
                rules.add(rule(name.replace('/', '.'), "allDeclaredMethods"));
            }
        }
        if (Files.exists(root.resolve(PROVIDER.replace('.', '/') + ".class"))) {
            OF_THE_JDK.forEach(
                    name -> {
                        rules.add(withProvider(name, "allDeclaredConstructors"));
                        rules.add(withProvider(name, "allDeclaredMethods"));
                    });
        }
        classesBelow(
                        root,
                        "org/bouncycastle/jcajce/provider",
                        // The tables of names, and what they name: mostly classes within one
                        // for a whole algorithm, as SHA256$Digest.
                        name -> name.indexOf('$') > 0 || name.contains("Spi"))
                .forEach(name -> rules.add(withProvider(name, "allDeclaredConstructors")));
    }

    private static String rule(String name, String all) {
        return "{\"name\":\"" + name + "\",\"" + all + "\":true}";
    }

    /// Only where the provider is part of the image.
    private static String withProvider(String name, String all) {
        return "{\"condition\":{\"typeReachable\":\""
                + PROVIDER
                + "\"},"
                + rule(name, all).substring(1);
    }

    private static List<String> classesBelow(Path root, String folder, Predicate<String> wanted)
            throws IOException {
        Path top = root.resolve(folder);
        if (!Files.isDirectory(top)) return List.of();
        try (Stream<Path> files = Files.walk(top)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .map(file -> file.replace('/', '.'))
                    .filter(wanted)
                    .sorted()
                    .toList();
        }
    }

    private LibraryMetadata() {}
}
