// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A project in a temporary folder, with one fault in it, to see a rule fail.
record SmallTree(Path root) {
    /// A tree with one module `m` in it, which is released.
    static SmallTree withModule(Path root) {
        return new SmallTree(root)
                .file("pom.xml", "<module>m</module>")
                .file("m/pom.xml", "<project/>");
    }

    SmallTree file(String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A source of the module `m`.
    SmallTree source(String name, String text) {
        return file("m/src/main/java/" + name, text);
    }
}
