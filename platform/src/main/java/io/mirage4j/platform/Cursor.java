// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import org.jspecify.annotations.Nullable;

/// A place in a text that is being parsed, and the first fault found there.
final class Cursor {
    private final String text;
    private int position;
    private @Nullable String fault;
    private int faultPosition;

    Cursor(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    void moveTo(int position) {
        this.position = position;
    }

    /// The character `ahead` of here, or NUL beyond the end; a NUL in the text is a fault anyway.
    char peek(int ahead) {
        int at = position + ahead;
        return at < text.length() ? text.charAt(at) : '\0';
    }

    boolean take(char wanted) {
        if (position < text.length() && text.charAt(position) == wanted) {
            position++;
            return true;
        }
        return false;
    }

    /// Takes `wanted`, or makes its absence the fault.
    boolean expect(char wanted) {
        return take(wanted) || fail("'" + wanted + "' expected", position);
    }

    /// Notes a fault. Always false, so that parsers can return it.
    boolean fail(String reason, int at) {
        if (fault == null) {
            fault = reason;
            faultPosition = at;
        }
        return false;
    }

    /// Takes a decimal number without zeros in front; -1 if there is none up to `max`.
    int decimal(int max, String what) {
        int start = position;
        int value = 0;
        while (peek(0) >= '0' && peek(0) <= '9') {
            if (position > start && value == 0) {
                fail(what + " has a zero in front", start);
                return -1;
            }
            value = value * 10 + (peek(0) - '0');
            if (value > max) {
                fail(what + " > " + max, start);
                return -1;
            }
            position++;
        }
        if (position == start) {
            fail(what + " expected", start);
            return -1;
        }
        return value;
    }

    /// The value, if there is one and nothing stands behind it.
    <T> Parsed<T> result(@Nullable T value) {
        if (value != null && position < text.length()) {
            fail("nothing more expected", position);
        }
        String reason = fault;
        if (value == null || reason != null) {
            return new Parsed.Malformed<>(reason == null ? "malformed" : reason, faultPosition);
        }
        return new Parsed.Value<>(value);
    }
}
