// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import io.mirage4j.platform.Parsed;

/// The words of a configuration in BIND's manner: bare ones, quoted ones, and `{`, `}` and `;` by
/// themselves, with comments between them.
final class KeyWords {
    private final String text;
    private int at;

    KeyWords(String text) {
        this.text = text;
        skip();
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    int position() {
        return at;
    }

    /// Takes the next word if it is this one.
    boolean take(String word) {
        int before = at;
        if (next().equals(word)) return true;
        at = before;
        return false;
    }

    /// The next word; empty at the end.
    String next() {
        String word = word();
        skip();
        return word;
    }

    private String word() {
        if (isAtEnd()) return "";
        int start = at;
        char first = text.charAt(at++);
        if (isAlone(first)) return String.valueOf(first);
        if (first == '"') {
            int end = text.indexOf('"', at);
            if (end < 0) {
                end = text.length();
            }
            String quoted = text.substring(at, end);
            at = Math.min(end + 1, text.length());
            return quoted;
        }
        while (!isAtEnd() && isBare(text.charAt(at))) at++;
        return text.substring(start, at);
    }

    private static boolean isAlone(char c) {
        return c == '{' || c == '}' || c == ';';
    }

    private static boolean isBare(char c) {
        return c > ' ' && c != '"' && !isAlone(c);
    }

    private void skip() {
        while (!isAtEnd()) {
            if (text.charAt(at) <= ' ') {
                at++;
            } else if (text.charAt(at) == '#' || text.startsWith("//", at)) {
                at = endOf("\n");
            } else if (text.startsWith("/*", at)) {
                at = endOf("*/");
            } else {
                return;
            }
        }
    }

    private int endOf(String end) {
        int found = text.indexOf(end, at);
        return found < 0 ? text.length() : found + end.length();
    }

    <T> Parsed<T> malformed(String expected) {
        return new Parsed.Malformed<>("expected " + expected, at);
    }
}
