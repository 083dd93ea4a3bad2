// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;

/// The characters that IDNA2008 allows in a label, by the derivation of RFC 5892 from the Unicode
/// data of the JDK, and the contextual rules of its appendix A that UTS #46 does not have.
final class Idna2008 {
    /// The index of the first character that the label may not have where it is, or -1. Joiners
    /// (A.1 and A.2) are not looked at.
    static int firstFault(String label) {
        if (!Normalizer.isNormalized(label, Normalizer.Form.NFC)) return 0;
        for (int i = 0; i < label.length(); ) {
            int c = label.codePointAt(i);
            if (!isAllowed(label, i, c)) return i;
            i += Character.charCount(c);
        }
        return -1;
    }

    /// RFC 5892, 2.6, 3 and appendix A.
    private static boolean isAllowed(String label, int index, int c) {
        return switch (c) {
            // PVALID by exception, and the joiners
            case 0xdf, 0x3c2, 0x6fd, 0x6fe, 0xf0b, 0x3007, 0x200c, 0x200d -> true;
            // DISALLOWED by exception
            case 0x640, 0x7fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b ->
                    false;
            // A.3: middle dot between two l
            case 0xb7 -> before(label, index) == 'l' && after(label, index, c) == 'l';
            // A.4: Greek lower numeral sign before Greek
            case 0x375 -> isScript(after(label, index, c), UnicodeScript.GREEK);
            // A.5 and A.6: geresh and gershayim after Hebrew
            case 0x5f3, 0x5f4 -> isScript(before(label, index), UnicodeScript.HEBREW);
            // A.7: katakana middle dot beside Japanese
            case 0x30fb -> label.codePoints().anyMatch(Idna2008::isJapanese);
            default -> {
                // A.8 and A.9: Arabic-Indic digits of one kind only
                if (c >= 0x660 && c <= 0x669) {
                    yield label.codePoints().noneMatch(d -> d >= 0x6f0 && d <= 0x6f9);
                }
                if (c >= 0x6f0 && c <= 0x6f9) {
                    yield label.codePoints().noneMatch(d -> d >= 0x660 && d <= 0x669);
                }
                yield isValid(c);
            }
        };
    }

    /// PVALID by RFC 5892, 3, where there is no exception.
    private static boolean isValid(int c) {
        if (c < 0x80) return c == '-' || Syntax.isDigit(c) || (c >= 'a' && c <= 'z');
        return isLetterOrDigit(c) && !isOldHangulJamo(c) && !isIgnorable(c) && isStable(c);
    }

    /// RFC 5892, 2.1.
    private static boolean isLetterOrDigit(int c) {
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    /// RFC 5892, 2.2: folding the case and NFKC leave it as it is.
    private static boolean isStable(int c) {
        String text = Character.toString(c);
        String folded = foldCase(Normalizer.normalize(text, Normalizer.Form.NFKC));
        return Normalizer.normalize(folded, Normalizer.Form.NFKC).equals(text);
    }

    /// The case folding of Unicode. It goes by way of upper case, with two exceptions: dotless i
    /// folds to itself, and Cherokee, whose small letters came later, to upper case.
    private static String foldCase(String text) {
        if (text.equals("\u0131")) return text;
        String upper = text.toUpperCase(Locale.ROOT);
        boolean isCherokee = isScript(text.codePointAt(0), UnicodeScript.CHEROKEE);
        return isCherokee ? upper : upper.toLowerCase(Locale.ROOT);
    }

    /// RFC 5892, 2.3 and 2.4: default ignorable, or of the blocks that hold nothing for names. What
    /// of them is a letter or a mark at all.
    private static boolean isIgnorable(int c) {
        return c == 0x34f
                || (c >= 0x115f && c <= 0x1160)
                || (c >= 0x17b4 && c <= 0x17b5)
                || (c >= 0x180b && c <= 0x180f)
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xffa0
                || (c >= 0x20d0 && c <= 0x20ff)
                || (c >= 0x1d100 && c <= 0x1d24f)
                || (c >= 0xe0100 && c <= 0xe01ef);
    }

    /// RFC 5892, 2.9: conjoining jamo, which syllables are made of.
    private static boolean isOldHangulJamo(int c) {
        return (c >= 0x1100 && c <= 0x11ff)
                || (c >= 0xa960 && c <= 0xa97c)
                || (c >= 0xd7b0 && c <= 0xd7fb);
    }

    private static boolean isJapanese(int c) {
        return isScript(c, UnicodeScript.HIRAGANA)
                || isScript(c, UnicodeScript.KATAKANA)
                || isScript(c, UnicodeScript.HAN);
    }

    private static boolean isScript(int c, UnicodeScript script) {
        return c >= 0 && UnicodeScript.of(c) == script;
    }

    /// The character before `index`, or -1.
    private static int before(String label, int index) {
        return index == 0 ? -1 : label.codePointBefore(index);
    }

    /// The character behind `c` at `index`, or -1.
    private static int after(String label, int index, int c) {
        int next = index + Character.charCount(c);
        return next == label.length() ? -1 : label.codePointAt(next);
    }

    private Idna2008() {}
}
