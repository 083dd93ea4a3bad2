// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Every package of a jar says that nothing in it is null, and none has a name that says nothing.
final class Packages {
    private static final Set<String> SAY_NOTHING =
            Set.of("util", "utils", "common", "misc", "impl", "helper", "helpers");

    static List<String> faults(Path root) {
        List<String> faults = new ArrayList<>();
        for (Project project : Project.in(root)) {
            Path sources = project.path().resolve("src/main/java");
            boolean moduleMarked = isNullMarked(sources.resolve("module-info.java"));
            for (Path folder : packages(project, sources)) {
                Path name = root.relativize(folder);
                for (Path segment : sources.relativize(folder)) {
                    if (SAY_NOTHING.contains(segment.toString())) {
                        faults.add(
                                name
                                        + ": '"
                                        + segment
                                        + "' says nothing: name the package by what is in it");
                    }
                }
                if (!moduleMarked && !isNullMarked(folder.resolve("package-info.java"))) {
                    faults.add(name + ": add a package-info.java with @NullMarked");
                }
            }
        }
        return faults;
    }

    private static Set<Path> packages(Project project, Path sources) {
        Set<Path> folders = new TreeSet<>();
        for (Path source : project.mainSources()) {
            folders.add(source.getParent());
        }
        folders.remove(sources); // of module-info.java
        return folders;
    }

    private static boolean isNullMarked(Path file) {
        return Files.exists(file) && JavaText.code(Tree.read(file)).contains("@NullMarked");
    }

    private Packages() {}
}
