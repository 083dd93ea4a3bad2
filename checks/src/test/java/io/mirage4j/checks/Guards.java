// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One form for short branches, which the formatter leaves as they are: an `if` that only leaves
/// (`return`, `throw`, `break`, `continue`, `yield`) stands on one line where it fits, without
/// braces. All else has braces.
final class Guards {
    private static final int COLUMNS = 100;
    private static final Pattern OPENED = Pattern.compile("( *)if \\(.*\\) \\{");
    private static final Pattern ONE_LINE = Pattern.compile("( *)if \\(.*;");
    private static final Pattern BARE = Pattern.compile("( *)if \\(.*\\)");
    private static final Pattern LEAVES =
            Pattern.compile("(return|throw|break|continue|yield)\\b.*;");
    private static final String TEXT_BLOCK = "\"\"\"";

    /// The source, which is formatted otherwise, in that form.
    static String inForm(String source) {
        List<String> lines = source.lines().toList();
        List<String> formed = new ArrayList<>(lines.size());
        boolean inText = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!inText && isGuard(lines, i)) {
                formed.add(onOneLine(lines, i));
                i += 2;
                continue;
            }
            if (!inText && isBareOnTwoLines(lines, i)) {
                formed.add(line + " {");
                formed.add(lines.get(i + 1));
                formed.add(indent(line) + "}");
                i++;
                continue;
            }
            int end = inText ? 0 : endOfCondition(line);
            if (end > 0 && !isLeaving(line.substring(end)) && !isElse(lines, i + 1)) {
                String indent = indent(line);
                formed.add(line.substring(0, end) + " {");
                formed.add(indent + "    " + line.substring(end).strip());
                formed.add(indent + "}");
            } else {
                formed.add(line);
            }
            inText ^= (line.split(TEXT_BLOCK, -1).length & 1) == 0;
        }
        return String.join("\n", formed) + (source.endsWith("\n") ? "\n" : "");
    }

    /// An `if` in three lines, the middle one of which leaves, that fit on one.
    private static boolean isGuard(List<String> lines, int at) {
        return at + 2 < lines.size()
                && OPENED.matcher(lines.get(at)).matches()
                && isLeaving(lines.get(at + 1))
                && lines.get(at + 2).equals(indent(lines.get(at)) + "}")
                && onOneLine(lines, at).length() <= COLUMNS;
    }

    /// An `if` without braces whose statement is on the next line, as it did not fit.
    private static boolean isBareOnTwoLines(List<String> lines, int at) {
        return at + 1 < lines.size()
                && BARE.matcher(lines.get(at)).matches()
                && end(lines.get(at)) == lines.get(at).length()
                && lines.get(at + 1).startsWith(indent(lines.get(at)) + "    ")
                && lines.get(at + 1).endsWith(";")
                && !isElse(lines, at + 2);
    }

    private static String onOneLine(List<String> lines, int at) {
        String head = lines.get(at);
        return head.substring(0, head.length() - 1) + lines.get(at + 1).strip();
    }

    private static boolean isLeaving(String statement) {
        return LEAVES.matcher(statement.strip()).matches();
    }

    private static boolean isElse(List<String> lines, int at) {
        return at < lines.size() && lines.get(at).strip().startsWith("else");
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    /// Where the condition ends of an `if` whose statement, without braces, is on its line; 0 if
    /// this is none.
    private static int endOfCondition(String line) {
        if (!ONE_LINE.matcher(line).matches()) return 0;
        return end(line);
    }

    /// Behind the first parenthesis of the line and all that is in it; 0 if it does not end here.
    private static int end(String line) {
        int open = 0;
        char quote = 0;
        for (int i = line.indexOf('('); i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else {
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (open == 0) return i + 1;
            }
        }
        return 0;
    }

    private Guards() {}
}
