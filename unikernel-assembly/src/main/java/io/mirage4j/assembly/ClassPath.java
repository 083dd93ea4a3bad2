// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/// Jars and folders of classes, in the order in which they are searched.
public record ClassPath(List<Path> entries) {
    public ClassPath {
        entries = List.copyOf(entries);
    }

    /// What this program itself runs with.
    public static ClassPath ofThisProgram() {
        return parse(System.getProperty("java.class.path", ""));
    }

    /// Paths with the system's separator between them; what the manifests of jars name is added.
    public static ClassPath parse(String text) {
        var found = new LinkedHashSet<Path>();
        for (String part : text.split(File.pathSeparator)) {
            if (!part.isEmpty()) {
                addWithNamed(Path.of(part).toAbsolutePath().normalize(), found);
            }
        }
        return new ClassPath(new ArrayList<>(found));
    }

    /// The first entry with this file in it.
    public Path entryWith(String file) {
        return entries.stream()
                .filter(entry -> holds(entry, file))
                .findFirst()
                .orElseThrow(
                        () -> new AssemblyException("nothing on the class path holds " + file));
    }

    /// This one, and behind it those entries of `other` whose Java module is not yet here.
    public ClassPath and(List<Path> other) {
        var all = new ArrayList<>(entries);
        Set<String> known = moduleNames(ModuleFinder.of(entries.toArray(Path[]::new)));
        for (Path entry : other) {
            Set<String> names = moduleNames(ModuleFinder.of(entry));
            if (!all.contains(entry) && (names.isEmpty() || !known.containsAll(names))) {
                all.add(entry);
            }
        }
        return new ClassPath(all);
    }

    /// The names of all that `finder` finds.
    public static Set<String> moduleNames(ModuleFinder finder) {
        var names = new TreeSet<String>();
        finder.findAll().forEach(module -> names.add(module.descriptor().name()));
        return names;
    }

    /// As `java -cp` takes it.
    @Override
    public String toString() {
        return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    private static void addWithNamed(Path entry, Set<Path> found) {
        if (!Files.exists(entry) || !found.add(entry) || Files.isDirectory(entry)) return;
        try (var jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String named =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (named != null) {
                for (String part : named.split(" ")) {
                    URI uri = entry.toUri().resolve(part);
                    if (!part.isEmpty() && "file".equals(uri.getScheme())) {
                        addWithNamed(Path.of(uri).normalize(), found);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssemblyException(entry + " is no jar: " + e.getMessage(), e);
        }
    }

    /// Whether a jar or folder has this file.
    public static boolean holds(Path entry, String file) {
        if (Files.isDirectory(entry)) return Files.exists(entry.resolve(file));
        try (var jar = new JarFile(entry.toFile())) {
            return jar.getEntry(file) != null;
        } catch (IOException e) {
            throw new AssemblyException(entry + " is no jar: " + e.getMessage(), e);
        }
    }
}
