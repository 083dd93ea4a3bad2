// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// Reads unsigned numbers from a string of printable ASCII: class files keep such a string at one
/// octet a character, and most numbers in our tables take one or two.
///
/// A number is any count of digits to base [#MORE_DIGITS], then one to base [#LAST_DIGITS] that
/// ends it. The two kinds of digit are apart in ASCII, on both sides of the backslash, and above
/// the quotation mark, so that the text needs no escapes in a source file.
final class Numbers {
    static final char FIRST_LAST_DIGIT = '#';
    static final char FIRST_MORE_DIGIT = ']';
    static final int LAST_DIGITS = '\\' - FIRST_LAST_DIGIT;
    static final int MORE_DIGITS = '~' + 1 - FIRST_MORE_DIGIT;

    private final String text;
    private int at;

    Numbers(String text) {
        this.text = text;
    }

    boolean hasNext() {
        return at < text.length();
    }

    int next() {
        int number = 0;
        char digit = text.charAt(at++);
        for (; digit >= FIRST_MORE_DIGIT; digit = text.charAt(at++)) {
            number = number * MORE_DIGITS + digit - FIRST_MORE_DIGIT;
        }
        return number * LAST_DIGITS + digit - FIRST_LAST_DIGIT;
    }
}
