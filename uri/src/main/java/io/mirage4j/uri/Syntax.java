// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// The character classes of RFC 3986, appendix A, in one table, and the scans that go by it.
/// Nothing here allocates.
final class Syntax {
    static final int SCHEME = 1;
    static final int REG_NAME = 2;
    static final int USERINFO = 4;
    static final int PATH = 8;
    static final int QUERY = 16; // and fragment
    static final int UNRESERVED = 32;
    static final int DIGIT = 64;

    /// By octet, the bits of the classes that it is in. `%` is in none, nor is what is not ASCII.
    private static final byte[] CLASSES = new byte[256];

    static {
        PercentSet scheme = PercentSet.UNRESERVED.without("_~").with("+");
        for (int c = 0; c < 128; c++) {
            int bits = 0;
            if (scheme.contains(c)) {
                bits |= SCHEME;
            }
            if (PercentSet.REG_NAME.contains(c)) {
                bits |= REG_NAME;
            }
            if (PercentSet.USERINFO.contains(c)) {
                bits |= USERINFO;
            }
            if (PercentSet.PATH.contains(c)) {
                bits |= PATH;
            }
            if (PercentSet.QUERY.contains(c)) {
                bits |= QUERY;
            }
            if (PercentSet.UNRESERVED.contains(c)) {
                bits |= UNRESERVED;
            }
            if (isDigit(c)) {
                bits |= DIGIT;
            }
            CLASSES[c] = (byte) bits;
        }
    }

    static boolean isIn(int c, int classes) {
        return c < 128 && (CLASSES[c] & classes) != 0;
    }

    /// The first index from `from` on where there is neither a character of `classes` nor an
    /// escape.
    static int skip(String text, int from, int classes) {
        int i = from;
        while (i < text.length()) {
            if (isIn(text.charAt(i), classes)) i++;
            else if (PercentSet.isEscape(text, i)) i += 3;
            else break;
        }
        return i;
    }

    /// The first index from `from` on where there is no octet of `classes`.
    static int skip(byte[] octets, int from, int classes) {
        int i = from;
        while (i < octets.length && (CLASSES[octets[i] & 0xff] & classes) != 0) i++;
        return i;
    }

    static int skipScheme(String text) {
        int i = 0;
        while (i < text.length() && isIn(text.charAt(i), SCHEME)) i++;
        return i;
    }

    static int skipDigits(String text, int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) i++;
        return i;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlpha(int c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /// Whether `c` stands at `index`.
    static boolean isAt(String text, int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    /// Whether a path, with the authority before it, ends at `index`.
    static boolean isPathEnd(String text, int index) {
        if (index == text.length()) return true;
        char c = text.charAt(index);
        return c == '?' || c == '#';
    }

    /// Whether an authority ends at `index`.
    static boolean isAuthorityEnd(String text, int index) {
        return isPathEnd(text, index) || text.charAt(index) == '/';
    }

    private Syntax() {}
}
