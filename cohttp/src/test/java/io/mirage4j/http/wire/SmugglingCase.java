// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.testing.Corpus;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of `smuggling/requests.tsv`.
public record SmugglingCase(String name, String verdict, byte[] input) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x(..)|(.))");

    /// Ours, and those of `http/smuggling/*.tsv` in the directories of `mirage.corpora`.
    public static List<SmugglingCase> all() throws IOException {
        List<SmugglingCase> all = new ArrayList<>();
        try (InputStream in = SmugglingCase.class.getResourceAsStream("/smuggling/requests.tsv")) {
            in(new String(in.readAllBytes(), StandardCharsets.US_ASCII), all);
        }
        Path project =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");
        for (String corpora : System.getProperty("mirage.corpora", "").split(File.pathSeparator)) {
            Path directory = project.resolve(corpora).resolve("http/smuggling");
            if (Files.isDirectory(directory)) {
                for (Path file : Corpus.files(directory, ".tsv")) {
                    in(Files.readString(file, StandardCharsets.US_ASCII), all);
                }
            }
        }
        return all;
    }

    private static void in(String text, List<SmugglingCase> all) {
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(SmugglingCase::of)
                .forEach(all::add);
    }

    private static SmugglingCase of(String line) {
        String[] columns = line.split("\t", 3);
        return new SmugglingCase(columns[0], columns[1], octets(columns[2]));
    }

    private static byte[] octets(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        m ->
                                Matcher.quoteReplacement(
                                        String.valueOf(octet(m.group(1), m.group(2)))))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static char octet(String hex, String letter) {
        if (hex != null) return (char) Integer.parseInt(hex, 16);
        return switch (letter) {
            case "r" -> '\r';
            case "n" -> '\n';
            case "t" -> '\t';
            default -> letter.charAt(0);
        };
    }
}
