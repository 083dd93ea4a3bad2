// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every source begins with its licence, below what has to be the very first line.
final class Spdx {
    private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";
    private static final List<String> SOURCES = List.of(".java", ".c", ".h", ".S", ".sh");

    static List<String> faults(Path root) {
        List<Path> files = new ArrayList<>();
        SOURCES.forEach(suffix -> files.addAll(Tree.files(root, suffix)));
        files.addAll(
                Tree.files(root, "pom.xml").stream()
                        .filter(file -> file.endsWith("pom.xml"))
                        .toList());
        Stream.of("mirage", ".ci/run").map(root::resolve).filter(Files::exists).forEach(files::add);
        return files.stream()
                .filter(file -> !beginsWithLicence(Tree.read(file)))
                .map(file -> root.relativize(file) + ": begin it with a comment " + LICENCE)
                .toList();
    }

    private static boolean beginsWithLicence(String text) {
        return text.lines()
                .dropWhile(line -> line.startsWith("#!") || line.startsWith("<?xml"))
                .findFirst()
                .filter(line -> line.contains(LICENCE))
                .isPresent();
    }

    private Spdx() {}
}
