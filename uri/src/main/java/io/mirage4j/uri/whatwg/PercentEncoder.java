// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

/// Writes text percent-encoded to the end of a builder, as UTF-8 and with U+FFFD for a surrogate
/// without its partner.
final class PercentEncoder {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int REPLACEMENT = 0xfffd;

    /// Appends the characters from `from` to `to`, those of `plain` as they are.
    static void append(StringBuilder out, String text, int from, int to, PercentSet plain) {
        for (int i = from; i < to; ) {
            int next = i;
            while (next < to && plain.contains(text.charAt(next))) next++;
            out.append(text, i, next);
            if (next == to) return;
            int c = codePointAt(text, next, to);
            appendUtf8(out, c);
            i = next + Character.charCount(c);
        }
    }

    static String encode(String text, PercentSet plain) {
        var out = new StringBuilder(text.length() + 16);
        append(out, text, 0, text.length(), plain);
        return out.toString();
    }

    /// The code point at `index` of a text that ends at `to`; U+FFFD for a lone surrogate.
    static int codePointAt(String text, int index, int to) {
        char c = text.charAt(index);
        if (!Character.isSurrogate(c)) return c;
        if (Character.isHighSurrogate(c)
                && index + 1 < to
                && Character.isLowSurrogate(text.charAt(index + 1))) {
            return Character.toCodePoint(c, text.charAt(index + 1));
        }
        return REPLACEMENT;
    }

    /// `text` with U+FFFD for each lone surrogate: a scalar value string.
    static String toScalars(String text) {
        int length = text.length();
        for (int i = 0; i < length; ) {
            int c = codePointAt(text, i, length);
            if (c == REPLACEMENT) return toScalars(text, i);
            i += Character.charCount(c);
        }
        return text;
    }

    private static String toScalars(String text, int lone) {
        var out = new StringBuilder(text.length()).append(text, 0, lone);
        for (int i = lone; i < text.length(); ) {
            int c = codePointAt(text, i, text.length());
            out.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    static void appendOctet(StringBuilder out, int octet) {
        out.append('%').append(HEX[octet >> 4 & 15]).append(HEX[octet & 15]);
    }

    private static void appendUtf8(StringBuilder out, int c) {
        if (c < 0x80) {
            appendOctet(out, c);
            return;
        }
        if (c < 0x800) {
            appendOctet(out, 0xc0 | c >> 6);
        } else {
            if (c < 0x10000) {
                appendOctet(out, 0xe0 | c >> 12);
            } else {
                appendOctet(out, 0xf0 | c >> 18);
                appendOctet(out, 0x80 | (c >> 12 & 0x3f));
            }
            appendOctet(out, 0x80 | (c >> 6 & 0x3f));
        }
        appendOctet(out, 0x80 | (c & 0x3f));
    }

    private PercentEncoder() {}
}
