// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes `io.mirage4j.http.Status` of the table of status codes:
///
///     java StatusCodes.java TABLE.csv SOURCE-FOLDER
final class StatusCodes {
    record Row(int code, String name, String document) {
        static Row of(String line) {
            String[] cells = line.split(",", 3);
            return new Row(Integer.parseInt(cells[0]), cells[1], cells[2]);
        }

        /// The name as a constant has it: `Non-Authoritative Information` is
        /// `NON_AUTHORITATIVE_INFORMATION`.
        String constant() {
            return name.toUpperCase(java.util.Locale.ROOT).replace(' ', '_').replace('-', '_');
        }
    }

    private static final String HEAD =
            """
            // SPDX-License-Identifier: Apache-2.0
            package io.mirage4j.http;

            /// The registered status codes and their names, made of the table
            /// `src/main/registry/status-codes.csv` at build time.
            public final class Status {
            """;

    private static final String TAIL =
            """
                /// Whether the code announces another response: 1xx.
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

    public static void main(String[] args) throws IOException {
        List<Row> rows =
                Files.readAllLines(Path.of(args[0])).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(Row::of)
                        .toList();
        var source = new StringBuilder(HEAD);
        for (Row row : rows) {
            source.append("    /// ").append(row.document()).append('\n');
            source.append("    public static final int ").append(row.constant());
            source.append(" = ").append(row.code()).append(";\n\n");
        }
        source.append("    /// The name of a code, or an empty text where none is registered.\n");
        source.append("    public static String reason(int code) {\n");
        source.append("        return switch (code) {\n");
        for (Row row : rows) {
            source.append("            case ").append(row.code());
            source.append(" -> \"").append(row.name()).append("\";\n");
        }
        source.append("            default -> \"\";\n        };\n    }\n\n");
        source.append(TAIL);
        Path file = Path.of(args[1]).resolve("io/mirage4j/http/Status.java");
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).contentEquals(source)) {
            Files.writeString(file, source);
        }
    }
}
