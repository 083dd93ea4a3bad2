// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds a JDK 25 where systems and people put them.
final class Jdk25 {
    /// @param said what the user says, if anything
    static Path home(@Nullable String said) throws MojoExecutionException {
        if (said != null) {
            Path home = Path.of(said);
            if (isOne(home)) return home;
            throw new MojoExecutionException("mirage.jdk: " + said + " is no JDK 25");
        }
        for (Path home : candidates()) {
            if (isOne(home)) return home;
        }
        throw new MojoExecutionException(
                "no JDK 25 found: install one (Debian: temurin-25-jdk or openjdk-25-jdk), or set"
                        + " JAVA25_HOME or -Dmirage.jdk");
    }

    private static List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        for (String set :
                new String[] {
                    System.getProperty("java.home"),
                    System.getenv("JAVA_HOME"),
                    System.getenv("JAVA25_HOME")
                }) {
            if (set != null && !set.isEmpty()) {
                homes.add(Path.of(set));
            }
        }
        String user = System.getProperty("user.home");
        for (Path folder :
                List.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/usr/java"),
                        Path.of("/opt/java"),
                        Path.of(user, ".jdks"),
                        Path.of(user, ".sdkman/candidates/java"))) {
            homes.addAll(children(folder));
        }
        return homes;
    }

    /// None of a folder that is not there or may not be read.
    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isOne(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/javac"))
                    && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            return false;
        }
    }

    private Jdk25() {}
}
