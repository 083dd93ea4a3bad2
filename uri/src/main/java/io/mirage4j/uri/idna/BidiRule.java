// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// The Bidi rule (RFC 5893, 2): a label keeps the order of its characters on paper, whatever stands
/// around it.
final class BidiRule {
    private static final int RIGHT_TO_LEFT = set(Bidi.R, Bidi.AL, Bidi.AN);
    private static final int NEUTRAL =
            set(Bidi.EN, Bidi.ES, Bidi.CS, Bidi.ET, Bidi.ON, Bidi.BN, Bidi.NSM);
    private static final int IN_RTL = RIGHT_TO_LEFT | NEUTRAL;
    private static final int IN_LTR = NEUTRAL | set(Bidi.L);
    private static final int ENDS_RTL = RIGHT_TO_LEFT | set(Bidi.EN);
    private static final int ENDS_LTR = set(Bidi.L, Bidi.EN);
    private static final int BOTH_NUMBERS = set(Bidi.EN, Bidi.AN);

    /// Whether a name with such a character in it is a "Bidi domain name".
    static boolean isRightToLeft(Bidi bidi) {
        return (RIGHT_TO_LEFT & bidi.bit()) != 0;
    }

    static boolean holds(String label) {
        if (label.isEmpty()) return true;
        Bidi first = bidiAt(label, 0);
        boolean rtl = first == Bidi.R || first == Bidi.AL;
        if (!rtl && first != Bidi.L) return false; // rule 1
        int seen = 0;
        int last = 0; // the last class, but for NSM
        for (int i = 0; i < label.length(); ) {
            Bidi bidi = bidiAt(label, i);
            seen |= bidi.bit();
            if (bidi != Bidi.NSM) {
                last = bidi.bit();
            }
            i += Character.charCount(label.codePointAt(i));
        }
        if (!rtl) return (seen & ~IN_LTR) == 0 && (last & ENDS_LTR) != 0; // rules 5, 6
        boolean mixedNumbers = (seen & BOTH_NUMBERS) == BOTH_NUMBERS;
        return (seen & ~IN_RTL) == 0 && (last & ENDS_RTL) != 0 && !mixedNumbers; // rules 2, 3, 4
    }

    private static Bidi bidiAt(String label, int index) {
        return IdnaTable.bidi(IdnaTable.of(label.codePointAt(index)));
    }

    private static int set(Bidi... classes) {
        int set = 0;
        for (Bidi bidi : classes) set |= bidi.bit();
        return set;
    }

    private BidiRule() {}
}
