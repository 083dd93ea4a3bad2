// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.nio.file.Path;

/// Where things are: below the project's root, which is the property `mirage.root` or here.
public final class Layout {
    public static Path root() {
        return Path.of(System.getProperty("mirage.root", ""));
    }

    /// What can be thrown away.
    public static Path target() {
        return root().resolve("benchmarks/target").toAbsolutePath();
    }

    /// What is committed.
    public static Path results() {
        return root().resolve("benchmarks/results");
    }

    private Layout() {}
}
