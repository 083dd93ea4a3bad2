// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One pass over a JSON text, by the grammar of RFC 8259 and nothing more.
final class JsonReader {
    private static final int MAX_DEPTH = 500;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    Json document() {
        Json value = value();
        if (at < text.length()) throw error("text after the value");
        return value;
    }

    private Json value() {
        skipSpace();
        Json value =
                switch (peek()) {
                    case '{' -> object();
                    case '[' -> array();
                    case '"' -> new Json.Text(string());
                    case 't' -> literal("true", new Json.Bool(true));
                    case 'f' -> literal("false", new Json.Bool(false));
                    case 'n' -> literal("null", new Json.Null());
                    default -> number();
                };
        skipSpace();
        return value;
    }

    private Json object() {
        enter();
        Map<String, Json> members = new LinkedHashMap<>();
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                String name = string();
                skipSpace();
                expect(':');
                members.put(name, value());
            } while (take(','));
            expect('}');
        }
        depth--;
        return new Json.Members(Collections.unmodifiableMap(members));
    }

    private Json array() {
        enter();
        List<Json> values = new ArrayList<>();
        skipSpace();
        if (!take(']')) {
            do values.add(value());
            while (take(','));
            expect(']');
        }
        depth--;
        return new Json.Array(Collections.unmodifiableList(values));
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) throw error("nested deeper than " + MAX_DEPTH);
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        while (!take('"')) {
            int c = next();
            if (c < 0x20) throw error("control character in a string");
            out.append((char) (c == '\\' ? escape() : c));
        }
        return out.toString();
    }

    private int escape() {
        int c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex() << 12 | hex() << 8 | hex() << 4 | hex();
            default -> throw error("unknown escape");
        };
    }

    private int hex() {
        int c = next();
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) throw error("not a hexadecimal digit");
        return digit;
    }

    private Json number() {
        int start = at;
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            digits();
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        return new Json.Num(text.substring(start, at));
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') at++;
        if (at == start) throw error("value or digit expected");
    }

    private Json literal(String word, Json value) {
        if (!text.startsWith(word, at)) throw error("unknown word");
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') at++;
    }

    /// The character that comes next, or -1 at the end.
    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private int next() {
        if (at == text.length()) throw error("unexpected end");
        return text.charAt(at++);
    }

    private boolean take(char c) {
        if (peek() != c) return false;
        at++;
        return true;
    }

    private void expect(char c) {
        if (!take(c)) throw error("'" + c + "' expected");
    }

    private IllegalArgumentException error(String what) {
        return new IllegalArgumentException(what + " at offset " + at);
    }
}
