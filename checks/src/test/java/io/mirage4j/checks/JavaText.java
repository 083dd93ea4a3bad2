// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

/// Java sources as text.
final class JavaText {
    /// The source without what is in comments, strings and characters.
    static String code(String source) {
        return without(source, false);
    }

    static String withoutComments(String source) {
        return without(source, true);
    }

    private static String without(String source, boolean literalsStay) {
        var code = new StringBuilder(source.length());
        for (int at = 0; at < source.length(); ) {
            int comment = endOfComment(source, at);
            int literal = endOfLiteral(source, at);
            if (comment > at || (literal > at && !literalsStay)) {
                code.append(' ');
            } else {
                code.append(source, at, Math.max(literal, at + 1));
            }
            at = Math.max(at + 1, Math.max(comment, literal));
        }
        return code.toString();
    }

    /// Where the comment that begins at `at` ends; `at` if none does.
    private static int endOfComment(String source, int at) {
        if (source.startsWith("//", at)) return behind(source, "\n", at);
        return source.startsWith("/*", at) ? behind(source, "*/", at + 2) : at;
    }

    /// Where the string or character that begins at `at` ends; `at` if none does.
    private static int endOfLiteral(String source, int at) {
        if (source.startsWith("\"\"\"", at)) return behindQuote(source, "\"\"\"", at + 3);
        char c = source.charAt(at);
        return c == '"' || c == '\'' ? behindQuote(source, String.valueOf(c), at + 1) : at;
    }

    private static int behindQuote(String source, String quote, int from) {
        int at = from;
        while (at < source.length() && !source.startsWith(quote, at)) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(source.length(), at + quote.length());
    }

    private static int behind(String source, String end, int from) {
        int at = source.indexOf(end, from);
        return at < 0 ? source.length() : at + end.length();
    }

    private JavaText() {}
}
