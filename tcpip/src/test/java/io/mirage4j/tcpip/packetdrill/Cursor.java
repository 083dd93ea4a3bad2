// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

/// A place in a text, with what every reader of scripts wants.
final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    char next() {
        return at < text.length() ? text.charAt(at++) : '\0';
    }

    boolean looksAt(String prefix) {
        return text.startsWith(prefix, at);
    }

    boolean take(String prefix) {
        if (!text.startsWith(prefix, at)) return false;
        at += prefix.length();
        return true;
    }

    /// [#take] after blanks.
    boolean takeWord(String prefix) {
        skip();
        return take(prefix);
    }

    void expect(String prefix) {
        skip();
        if (!take(prefix)) throw fault("no '" + prefix + "'");
    }

    /// Passes over blanks, line ends and comments.
    void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#' || text.startsWith("//", at)) {
                at = end(text.indexOf('\n', at), text.length());
            } else if (text.startsWith("/*", at)) {
                at = end(text.indexOf("*/", at) + 2, text.length());
            } else {
                return;
            }
        }
    }

    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') at++;
    }

    private static int end(int found, int otherwise) {
        return found <= 1 ? otherwise : found;
    }

    String until(String stop) {
        int end = text.indexOf(stop, at);
        if (end < 0) throw fault("no '" + stop + "'");
        String piece = text.substring(at, end);
        at = end + stop.length();
        return piece;
    }

    String word() {
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_') at++;
        return text.substring(start, at);
    }

    String characters(String allowed) {
        int start = at;
        while (!isAtEnd() && allowed.indexOf(peek()) >= 0) at++;
        return text.substring(start, at);
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    int line() {
        return (int)
                        text.substring(0, Math.min(at, text.length()))
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                + 1;
    }

    IllegalArgumentException fault(String what) {
        String near = text.substring(Math.min(at, text.length()), Math.min(at + 40, text.length()));
        return new IllegalArgumentException("line " + line() + ": " + what + " at '" + near + "'");
    }
}
