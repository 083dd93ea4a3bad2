// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.report;

import io.mirage4j.testing.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The stored results: `MODULE.json` and `MODULE.svg` for each module, `index.html` for all.
public final class Report {
    /// Stores `runs` in `folder` and makes the page anew from all that is stored there.
    public static void store(Path folder, List<ModuleRun> runs) throws IOException {
        Files.createDirectories(folder);
        for (ModuleRun run : runs) {
            Files.writeString(folder.resolve(run.module() + ".json"), run.toJson());
            Files.writeString(folder.resolve(run.module() + ".svg"), BarChart.of(run));
        }
        Files.writeString(folder.resolve("index.html"), Page.of(stored(folder)));
    }

    private static List<ModuleRun> stored(Path folder) throws IOException {
        List<ModuleRun> runs = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".json")) {
                    runs.add(ModuleRun.fromJson(Json.read(file)));
                }
            }
        }
        return runs;
    }

    private Report() {}
}
