// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import java.nio.file.Path;

/// What the builder left, in a folder of the cache that is named by the key.
///
/// @param folder holds all of it
/// @param wasCached it had been made before, of the same inputs
public record RelocatableObject(Path folder, boolean wasCached) {
    /// The object to link.
    public Path file() {
        return folder.resolve("image.o");
    }

    /// All that the builder said.
    public Path log() {
        return folder.resolve("build.log");
    }

    /// Its figures, as JSON.
    public Path figures() {
        return folder.resolve("figures.json");
    }

    /// Its call tree, as CSV files.
    public Path reports() {
        return folder.resolve("reports");
    }
}
