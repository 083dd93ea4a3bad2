// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Goes through the text of a field value: tokens, quoted strings, parameters, the commas of lists
/// (RFC 9110, 5.6). Each reader takes what it names, or takes nothing and says so by null or false.
final class FieldText {
    private static final String DELIMITERS = "\"(),/:;<=>?@[\\]{}";

    private final String text;
    private int at;

    FieldText(String text) {
        this.text = text;
    }

    static boolean isToken(int c) {
        return c > ' ' && c < 0x7f && DELIMITERS.indexOf(c) < 0;
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(FieldText::isToken);
    }

    /// What a field value may hold: no control character but tab.
    static boolean isValue(String text) {
        return text.chars().allMatch(c -> (c >= ' ' && c != 0x7f && c <= 0xff) || c == '\t');
    }

    boolean atEnd() {
        return at == text.length();
    }

    int at() {
        return at;
    }

    void back(int at) {
        this.at = at;
    }

    int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    boolean take(char c) {
        if (peek() != c) return false;
        at++;
        return true;
    }

    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    /// Over empty elements, to the next one of a list; false at the end.
    boolean nextElement() {
        skipBlanks();
        while (take(',')) {
            skipBlanks();
        }
        return !atEnd();
    }

    /// After an element: whether it ended there.
    boolean elementEnds() {
        skipBlanks();
        return atEnd() || peek() == ',';
    }

    /// To the comma behind an element that is not understood, quoted strings minded.
    void skipElement() {
        while (!atEnd() && peek() != ',') {
            if (peek() != '"' || quoted() == null) {
                at++;
            }
        }
    }

    @Nullable String token() {
        int from = at;
        while (isToken(peek())) {
            at++;
        }
        return at == from ? null : text.substring(from, at);
    }

    @Nullable String quoted() {
        int from = at;
        if (!take('"')) return null;
        var out = new StringBuilder();
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '"') return out.toString();
            if (c == '\\' && !atEnd()) {
                c = text.charAt(at++);
            }
            out.append(c);
        }
        at = from;
        return null;
    }

    @Nullable String tokenOrQuoted() {
        return peek() == '"' ? quoted() : token();
    }

    /// All octets up to one of `stops`, or to the end.
    String until(String stops) {
        int from = at;
        while (!atEnd() && stops.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /// `*( OWS ";" OWS [ name "=" value ] )`, names in lower case, the first of equal ones
    /// counting; null if one is not of that form.
    @Nullable Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (true) {
            int from = at;
            skipBlanks();
            if (!take(';')) {
                at = from;
                return parameters;
            }
            skipBlanks();
            String name = token();
            if (name == null) continue;
            String value = take('=') ? tokenOrQuoted() : null;
            if (value == null) return null;
            parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
    }

    /// A weight of RFC 9110, 12.4.2 in thousandths, or -1.
    static int weight(String text) {
        if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(1) != '.')) {
            return -1;
        }
        int whole = text.charAt(0) - '0';
        int thousandths = 0;
        for (int i = 2, scale = 100; i < text.length(); i++, scale /= 10) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            thousandths += digit * scale;
        }
        int weight = whole * 1000 + thousandths;
        return whole == 0 || (whole == 1 && weight == 1000) ? weight : -1;
    }

    /// As a token where it is one, quoted otherwise.
    static String quoteIfNeeded(String value) {
        return isToken(value) ? value : quote(value);
    }

    static String quote(String value) {
        if (!isValue(value)) throw new IllegalArgumentException("a control character in: " + value);
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
