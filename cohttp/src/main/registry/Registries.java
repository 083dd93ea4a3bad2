// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes sources of `io.mirage4j.http` of the tables beside this file:
///
///     java Registries.java TABLE-FOLDER SOURCE-FOLDER
final class Registries {
    private static final String STATUS_HEAD =
            """
            // SPDX-License-Identifier: Apache-2.0
            package io.mirage4j.http;

            /// The registered status codes and their names, made of `status-codes.csv` at build time.
            public final class Status {
            """;

    private static final String STATUS_TAIL =
            """
                /// Whether another response follows: 1xx.
                public static boolean isInterim(int code) {
                    return code / 100 == 1;
                }

                public static boolean isSuccess(int code) {
                    return code / 100 == 2;
                }

                public static boolean isRedirect(int code) {
                    return code / 100 == 3;
                }

                /// Whether the code is one of failure: 4xx or 5xx.
                public static boolean isError(int code) {
                    return code / 100 == 4 || code / 100 == 5;
                }

                private Status() {}
            }
            """;

    private static final String TYPES_HEAD =
            """
            // SPDX-License-Identifier: Apache-2.0
            package io.mirage4j.http;

            import java.util.Locale;

            /// The media types of files by their extensions, made of `media-types.csv` at build time.
            public final class MimeTypes {
                /// What is sent for a file of which nothing is known.
                public static final String UNKNOWN = "application/octet-stream";

                /// The media type of a file by the last extension of its name.
                public static String of(String fileName) {
                    String name = fileName.substring(fileName.lastIndexOf('/') + 1);
                    int dot = name.lastIndexOf('.');
                    return dot < 0 ? UNKNOWN : ofExtension(name.substring(dot + 1));
                }

                /// The media type of an extension without its dot, in any case.
                public static String ofExtension(String extension) {
                    return switch (extension.toLowerCase(Locale.ROOT)) {
            """;

    private static final String TYPES_TAIL =
            """
                        default -> UNKNOWN;
                    };
                }

                private MimeTypes() {}
            }
            """;

    public static void main(String[] args) throws IOException {
        Path tables = Path.of(args[0]);
        Path sources = Path.of(args[1]).resolve("io/mirage4j/http");
        Files.createDirectories(sources);
        write(sources.resolve("Status.java"), status(rows(tables.resolve("status-codes.csv"))));
        write(sources.resolve("MimeTypes.java"), types(rows(tables.resolve("media-types.csv"))));
    }

    private static List<String[]> rows(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(",", 3))
                .toList();
    }

    private static String status(List<String[]> rows) {
        var source = new StringBuilder(STATUS_HEAD);
        for (String[] row : rows) {
            String constant = row[1].toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
            source.append("    /// ").append(row[2]).append('\n');
            source.append("    public static final int ").append(constant);
            source.append(" = ").append(row[0]).append(";\n\n");
        }
        source.append("    /// The name of a code, or an empty text where none is registered.\n");
        source.append("    public static String reason(int code) {\n");
        source.append("        return switch (code) {\n");
        for (String[] row : rows) {
            source.append("            case ").append(row[0]);
            source.append(" -> \"").append(row[1]).append("\";\n");
        }
        return source.append("            default -> \"\";\n        };\n    }\n\n")
                .append(STATUS_TAIL)
                .toString();
    }

    private static String types(List<String[]> rows) {
        Map<String, String> extensionsByType =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        row -> row[1],
                                        TreeMap::new,
                                        Collectors.mapping(
                                                row -> "\"" + row[0] + "\"",
                                                Collectors.joining(", "))));
        var source = new StringBuilder(TYPES_HEAD);
        extensionsByType.forEach(
                (type, extensions) ->
                        source.append("            case ")
                                .append(extensions)
                                .append(" -> \"")
                                .append(type)
                                .append("\";\n"));
        return source.append(TYPES_TAIL).toString();
    }

    /// Leaves a file alone that is as it should be, so that nothing is compiled again.
    private static void write(Path file, String source) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }
}
