// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the README of this program shows: a zone file, and what is typed.
final class Readme {
    private static final String SERVER = "./mirage run dns-server -- ";

    private final List<String> samples = new ArrayList<>();

    private Readme() {}

    /// The README with other ports in the place of those that it names.
    ///
    /// @param ports what is written, and what is put there, in turn
    static Readme read(String... ports) throws IOException {
        var readme = new Readme();
        String text = Files.readString(Path.of("README.md"));
        for (int i = 0; i < ports.length; i += 2) text = text.replace(ports[i], ports[i + 1]);
        String[] parts = text.split("```\n");
        for (int i = 1; i < parts.length; i += 2) {
            readme.samples.add(parts[i].replace("\\\n   ", ""));
        }
        return readme;
    }

    String zoneFile() {
        return samples.getFirst();
    }

    /// The words behind `--` of each server that sample `i` starts.
    List<List<String>> servers(int i) {
        return lines(i, SERVER).stream().map(line -> List.of(line.split(" +"))).toList();
    }

    /// The words behind `program` in each line of sample `i` that calls it.
    List<List<String>> calls(int i, String program) {
        return lines(i, program + " ").stream().map(line -> List.of(line.split(" +"))).toList();
    }

    /// What is typed at the prompt of a program in sample `i`.
    String input(int i) {
        return String.join("\n", lines(i, "> ")) + "\n";
    }

    private List<String> lines(int i, String start) {
        return samples.get(i)
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }
}
