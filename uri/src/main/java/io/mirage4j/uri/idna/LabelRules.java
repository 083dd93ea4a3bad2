// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import org.jspecify.annotations.Nullable;

/// Rules for the characters of one label.
final class LabelRules {
    private static final char ZERO_WIDTH_NON_JOINER = '\u200c';
    private static final char ZERO_WIDTH_JOINER = '\u200d';
    private static final int VIRAMA = 9;

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
        return true;
    }

    static boolean isLetterDigitHyphen(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    /// UTS #46, 4.1, criteria 2 and 3.
    static @Nullable IdnaError hyphenError(String label) {
        int second = after(label, 0);
        int third = after(label, second);
        if (label.startsWith("--", third)) return IdnaError.HYPHENS_IN_THIRD_AND_FOURTH;
        boolean atEdge = label.startsWith("-") || label.endsWith("-");
        return atEdge ? IdnaError.HYPHEN_AT_EDGE : null;
    }

    /// The index behind the code point at `index`, which may be the end.
    private static int after(String label, int index) {
        if (index >= label.length()) return index;
        return index + Character.charCount(label.codePointAt(index));
    }

    /// RFC 5892, appendix A.1 and A.2: a joiner stands behind a virama; a non-joiner may also stand
    /// where it keeps two letters from joining.
    static boolean joinersHaveContext(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER) continue;
            if (i > 0 && isVirama(label.codePointBefore(i))) continue;
            if (c == ZERO_WIDTH_JOINER) return false;
            if (!joinsForward(label, i) || !joinsBackward(label, i + 1)) return false;
        }
        return true;
    }

    private static boolean isVirama(int c) {
        return IdnaTable.combiningClass(IdnaTable.of(c)) == VIRAMA;
    }

    /// Whether the letter before `index`, marks aside, would join one behind it.
    private static boolean joinsForward(String label, int index) {
        Joining joining = Joining.TRANSPARENT;
        for (int i = index; i > 0 && joining == Joining.TRANSPARENT; ) {
            int c = label.codePointBefore(i);
            joining = IdnaTable.joining(IdnaTable.of(c));
            i -= Character.charCount(c);
        }
        return joining == Joining.LEFT || joining == Joining.DUAL;
    }

    /// Whether the letter from `index` on, marks aside, would join one before it.
    private static boolean joinsBackward(String label, int index) {
        Joining joining = Joining.TRANSPARENT;
        for (int i = index; i < label.length() && joining == Joining.TRANSPARENT; ) {
            int c = label.codePointAt(i);
            joining = IdnaTable.joining(IdnaTable.of(c));
            i += Character.charCount(c);
        }
        return joining == Joining.RIGHT || joining == Joining.DUAL;
    }

    private LabelRules() {}
}
