// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.List;

/// The body of a made class: its members with an empty line between, and no line beyond 100 columns
/// where it can be broken.
final class SourceText {
    private static final int COLUMNS = 100;
    private static final String INDENT = "    ";
    private static final String CONTINUATION = "        ";

    private final StringBuilder text = new StringBuilder();

    /// Adds a member, its comment first.
    void member(List<String> comment, String code) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        comment.forEach(line -> line(INDENT + line));
        code.stripTrailing().lines().forEach(line -> line(INDENT + line));
    }

    void member(String code) {
        member(List.of(), code);
    }

    private void line(String line) {
        if (line.isBlank()) {
            text.append('\n');
        } else if (line.length() <= COLUMNS) {
            text.append(line).append('\n');
        } else {
            broken(line);
        }
    }

    private void broken(String line) {
        String stripped = line.stripLeading();
        int indent = line.length() - stripped.length();
        boolean comment = stripped.startsWith("///");
        int at =
                comment
                        ? lastBlank(line, indent + 4, true)
                        : isDeclaration(stripped)
                                ? line.indexOf('(') + 1
                                : breakAt(line, indent + 1);
        if (at <= indent) {
            text.append(line).append('\n');
            return;
        }
        text.append(line.substring(0, at).stripTrailing()).append('\n');
        line(
                line.substring(0, indent)
                        + (comment ? "/// " : CONTINUATION)
                        + line.substring(at).stripLeading());
    }

    /// A declaration is broken before its parameters.
    private static boolean isDeclaration(String line) {
        return line.endsWith("{") && (line.startsWith("public ") || line.startsWith("private "));
    }

    /// A statement is broken at its last blank, or after its last parenthesis if it has none.
    private static int breakAt(String line, int from) {
        int blank = lastBlank(line, from, false);
        return blank > 0 ? blank : line.lastIndexOf('(', COLUMNS - 1) + 1;
    }

    /// The last blank that is in no string and within the columns; -1 if there is none.
    private static int lastBlank(String line, int from, boolean comment) {
        int last = -1;
        boolean quoted = false;
        for (int i = from; i < Math.min(line.length(), COLUMNS + 1); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"' && !comment;
            if (c == ' ' && !quoted && (comment || !followsOperator(line, i))) {
                last = i;
            }
        }
        return last;
    }

    /// An operator begins the next line rather than end this one.
    private static boolean followsOperator(String line, int at) {
        return "&|+-*/<>?:=".indexOf(line.charAt(at - 1)) >= 0;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
