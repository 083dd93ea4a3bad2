// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The charts that the benchmarks left in their results.
final class Charts {
    private final List<Path> charts;

    Charts(Path results) throws IOException {
        if (!Files.isDirectory(results)) {
            charts = List.of();
            return;
        }
        try (Stream<Path> files = Files.list(results)) {
            charts = files.filter(file -> file.toString().endsWith(".svg")).sorted().toList();
        }
    }

    void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path chart : charts) {
            Files.copy(chart, folder.resolve(chart.getFileName().toString()));
        }
    }

    /// A figure for each, from files in `folder`.
    String html(String folder) {
        StringBuilder html = new StringBuilder();
        for (Path chart : charts) {
            String file = chart.getFileName().toString();
            String module = file.substring(0, file.length() - ".svg".length());
            html.append(
                    """
                    <figure class="chart" id="%s">
                    <figcaption>%s</figcaption>
                    <img src="%s/%s" alt="Costs of %s beside those of its peers" loading="lazy">
                    </figure>
                    """
                            .formatted(module, module, folder, file, module));
        }
        return html.toString();
    }
}
