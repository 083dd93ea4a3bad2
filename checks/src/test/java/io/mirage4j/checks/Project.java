// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A module that the root `pom.xml` lists.
///
/// @param folder its path below the root, with `/`
record Project(Path root, String folder) {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    static List<Project> in(Path root) {
        return MODULE.matcher(Tree.read(root.resolve("pom.xml")))
                .results()
                .map(match -> new Project(root, match.group(1)))
                .toList();
    }

    Path path() {
        return root.resolve(folder);
    }

    String pom() {
        return Tree.read(path().resolve("pom.xml"));
    }

    /// Whether it makes a jar that goes to users.
    boolean isReleased() {
        return !pom().contains("<packaging>pom</packaging>")
                && !pom().contains("<maven.deploy.skip>true</maven.deploy.skip>");
    }

    /// The sources of its jar.
    List<Path> mainSources() {
        Path sources = path().resolve("src/main/java");
        return Files.isDirectory(sources) ? Tree.files(sources, ".java") : List.of();
    }
}
