// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Tests skip in one way only, by `Peers`, so that a build server may forbid it.
final class Skips {
    private static final Pattern OTHER_WAYS =
            Pattern.compile("\\bAssumptions\\b|\\bTestAbortedException\\b");

    static List<String> faults(Path root) {
        return Tree.files(root, ".java").stream()
                .filter(file -> isTest(root.relativize(file)))
                .filter(file -> OTHER_WAYS.matcher(JavaText.code(Tree.read(file))).find())
                .map(file -> root.relativize(file) + ": skip by io.mirage4j.testing.Peers")
                .toList();
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("src/test/") && !file.startsWith("testing");
    }

    private Skips() {}
}
