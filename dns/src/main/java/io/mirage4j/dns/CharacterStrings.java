// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The escapes of zone files (RFC 1035, 5.1): `\DDD` is an octet in decimal, `\X` stands for X.
final class CharacterStrings {
    /// The octet that the escape at `at`, a backslash, stands for.
    static int escaped(byte[] text, int at, int end) throws TextFault {
        if (at + 1 >= end) throw new TextFault("nothing behind \\", at);
        int first = text[at + 1] & 0xff;
        if (!isDigit(first)) return first;
        if (at + 3 >= end || !isDigit(text[at + 2]) || !isDigit(text[at + 3])) {
            throw new TextFault("\\ and less than three digits", at);
        }
        int octet = (first - '0') * 100 + (text[at + 2] - '0') * 10 + (text[at + 3] - '0');
        if (octet > 0xff) throw new TextFault("\\" + octet + " > 255", at);
        return octet;
    }

    /// How many octets of text the escape at `at` has, if it is one.
    static int escapeLength(byte[] text, int at) {
        return isDigit(text[at + 1]) ? 4 : 2;
    }

    /// Appends what `text[start..end)` means, its escapes resolved.
    static void unescape(byte[] text, int start, int end, Octets out) throws TextFault {
        int at = start;
        while (at < end) {
            int c = text[at];
            if (c == '\\') {
                c = escaped(text, at, end);
                at += escapeLength(text, at);
            } else {
                at++;
            }
            out.u8(c);
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private CharacterStrings() {}
}
