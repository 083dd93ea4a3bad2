// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

/// Octets as hexadecimal text: two digits each, as short as that. [Hexdump] is for reading.
public final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    /// What came of a text.
    public sealed interface Result {
        /// The octets, in a window of their own.
        record Parsed(Cstruct octets) implements Result {}

        /// Why the text is none, and the index of the character at which that shows.
        record Malformed(String reason, int position) implements Result {}
    }

    /// The octets of a text from outside: pairs of digits in either case. Spaces, tabs and line
    /// ends may stand anywhere.
    public static Result parse(CharSequence text) {
        byte[] octets = new byte[text.length() / 2];
        int digits = 0;
        int high = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
            int digit = digit(c);
            if (digit < 0) return new Result.Malformed("'" + c + "' is no hexadecimal digit", at);
            if (digits % 2 == 0) {
                high = digit;
            } else {
                octets[digits / 2] = (byte) (high << 4 | digit);
            }
            digits++;
        }
        if (digits % 2 != 0) {
            return new Result.Malformed("an odd number of digits: " + digits, text.length());
        }
        return new Result.Parsed(Cstruct.of(octets, 0, digits / 2));
    }

    /// The octets of a literal that the program trusts.
    public static Cstruct of(String text) {
        return switch (parse(text)) {
            case Result.Parsed parsed -> parsed.octets();
            case Result.Malformed(String reason, int position) ->
                    throw new IllegalArgumentException(reason + ", at index " + position);
        };
    }

    /// The octets as text: lower case, nothing between them.
    public static String emit(ReadOnlyCstruct octets) {
        StringBuilder text = new StringBuilder(2 * octets.length());
        for (int at = 0; at < octets.length(); at++) {
            append(text, octets.u8(at));
        }
        return text.toString();
    }

    static void append(StringBuilder text, int octet) {
        text.append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 0xf));
    }

    private static int digit(char c) {
        // Not Character.digit: that takes the digits of every script.
        if (c >= '0' && c <= '9') return c - '0';
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private Hex() {}
}
