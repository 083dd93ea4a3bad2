// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

/// Questions about characters that the URL Standard asks.
final class UrlCharacters {
    private static final PercentSet FORBIDDEN_IN_HOST = PercentSet.of("\0\t\n\r #/:<>?@[\\]^|");
    private static final PercentSet FORBIDDEN_IN_DOMAIN =
            FORBIDDEN_IN_HOST.with(PercentSet.range('\0', '\u001f')).with("%\u007f");
    private static final PercentSet ALPHANUMERIC =
            PercentSet.range('a', 'z')
                    .with(PercentSet.range('A', 'Z'))
                    .with(PercentSet.range('0', '9'));
    private static final PercentSet SCHEME = ALPHANUMERIC.with("+-.");
    private static final PercentSet URL_CODE_POINTS = ALPHANUMERIC.with("!$&'()*+,-./:;=?@_~");

    static boolean isAlpha(int c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// The value of an ASCII hex digit, or -1.
    static int hexDigit(int c) {
        if (isDigit(c)) return c - '0';
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static boolean isInScheme(int c) {
        return SCHEME.contains(c);
    }

    static boolean isTabOrNewline(int c) {
        return c == '\t' || c == '\n' || c == '\r';
    }

    static boolean isForbiddenInHost(int c) {
        return FORBIDDEN_IN_HOST.contains(c);
    }

    static boolean isForbiddenInDomain(int c) {
        return FORBIDDEN_IN_DOMAIN.contains(c);
    }

    /// 4.3: what a valid URL string may have unescaped.
    static boolean isUrlCodePoint(int c) {
        if (c < 0xa0) return URL_CODE_POINTS.contains(c);
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean noncharacter = (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
        return !surrogate && !noncharacter;
    }

    /// Whether `text` from `from` to `to` is `.`, with the dot in any writing.
    static boolean isSingleDot(String text, int from, int to) {
        return from < to && afterDot(text, from, to) == to;
    }

    /// Whether it is `..`, with the dots in any writing.
    static boolean isDoubleDot(String text, int from, int to) {
        if (from == to) return false;
        int middle = afterDot(text, from, to);
        return middle > from && middle < to && afterDot(text, middle, to) == to;
    }

    /// The index behind a `.` or `%2e` at `index`, or `index` if there is none.
    private static int afterDot(String text, int index, int to) {
        if (text.charAt(index) == '.') return index + 1;
        boolean escaped = to - index >= 3 && text.regionMatches(true, index, "%2e", 0, 3);
        return escaped ? index + 3 : index;
    }

    static boolean isWindowsDriveLetter(String text, int from, int to) {
        return to - from == 2 && isDriveLetterAt(text, from);
    }

    /// Whether a path could go on at `from` with `C:` or `C|`.
    static boolean startsWithWindowsDriveLetter(String text, int from) {
        if (text.length() - from < 2 || !isDriveLetterAt(text, from)) return false;
        return text.length() - from == 2 || "/\\?#".indexOf(text.charAt(from + 2)) >= 0;
    }

    private static boolean isDriveLetterAt(String text, int index) {
        char second = text.charAt(index + 1);
        return isAlpha(text.charAt(index)) && (second == ':' || second == '|');
    }

    /// Whether a `%` at `index` begins an escape within `to`.
    static boolean isEscape(String text, int index, int to) {
        return to - index >= 3
                && hexDigit(text.charAt(index + 1)) >= 0
                && hexDigit(text.charAt(index + 2)) >= 0;
    }

    static String lowercase(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUpper(text.charAt(i))) return lowercaseFrom(text, i);
        }
        return text;
    }

    private static String lowercaseFrom(String text, int from) {
        char[] chars = text.toCharArray();
        for (int i = from; i < chars.length; i++) {
            if (isUpper(chars[i])) {
                chars[i] = (char) (chars[i] | 0x20);
            }
        }
        return new String(chars);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private UrlCharacters() {}
}
