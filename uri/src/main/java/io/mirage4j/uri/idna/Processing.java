// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import io.mirage4j.uri.idna.Idna.Check;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// UTS #46, 4 "Processing", of one name: map, normalise, break into labels, convert and validate.
final class Processing {
    private final String name;
    private final Set<Check> checks;
    private final List<String> labels = new ArrayList<>();
    private boolean rightToLeft;

    Processing(String name, Set<Check> checks) {
        this.name = name;
        this.checks = checks;
    }

    /// Does the work, once. Says what is wrong first, or `null`.
    IdnaResult.@Nullable Invalid run() {
        var mapped = new StringBuilder(name.length() + 8);
        int disallowed = map(mapped);
        if (disallowed >= 0) {
            return new IdnaResult.Invalid(IdnaError.DISALLOWED_CODE_POINT, disallowed);
        }
        String text = Nfc.normalize(mapped.toString());
        for (int from = 0; from <= text.length(); ) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            int label = labels.size();
            IdnaError error = convert(text.substring(from, to));
            if (error != null) return new IdnaResult.Invalid(error, position(label));
            from = to + 1;
        }
        return rightToLeft && checks.contains(Check.BIDI) ? checkBidi() : null;
    }

    /// The labels in Unicode, after a [#run] that found nothing wrong.
    List<String> labels() {
        return labels;
    }

    /// Where in the name the label with this number begins.
    int position(int label) {
        int dots = 0;
        int i = 0;
        while (i < name.length() && dots < label) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            if (c == '.' || (c > 0x7f && mapsToDot(c))) {
                dots++;
            }
        }
        return i;
    }

    private static boolean mapsToDot(int c) {
        int entry = IdnaTable.of(c);
        if (!IdnaTable.isMapped(entry)) return false;
        var mapped = new StringBuilder();
        IdnaTable.appendMapped(mapped, c, entry);
        return mapped.indexOf(".") >= 0;
    }

    /// Step 1. Gives the index of a disallowed code point, or -1. The text says to look for these
    /// later, after normalising; but none of them is part of a composition, so none goes away.
    private int map(StringBuilder mapped) {
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            int entry = IdnaTable.of(c);
            if (IdnaTable.isValid(entry)) mapped.appendCodePoint(c);
            else if (IdnaTable.isMapped(entry)) IdnaTable.appendMapped(mapped, c, entry);
            else if (entry == IdnaTable.DISALLOWED) return i;
            i += Character.charCount(c);
        }
        return -1;
    }

    /// Step 4 for one label.
    private @Nullable IdnaError convert(String label) {
        if (!label.startsWith(Idna.ACE_PREFIX)) {
            labels.add(label);
            return validate(label);
        }
        String decoded = Punycode.decode(label.substring(Idna.ACE_PREFIX.length()));
        if (decoded == null || LabelRules.isAscii(decoded)) return IdnaError.INVALID_PUNYCODE;
        IdnaError error = validate(decoded);
        if (error != null) return error;
        labels.add(decoded);
        return Nfc.normalize(decoded).equals(decoded) ? null : IdnaError.NOT_NORMALIZED;
    }

    /// UTS #46, 4.1 "Validity Criteria", but for the Bidi rule.
    private @Nullable IdnaError validate(String label) {
        if (label.isEmpty()) return null;
        if (checks.contains(Check.HYPHENS)) {
            IdnaError error = LabelRules.hyphenError(label);
            if (error != null) return error;
        } else if (label.startsWith(Idna.ACE_PREFIX)) {
            return IdnaError.DOUBLE_PUNYCODE;
        }
        boolean std3 = checks.contains(Check.STD3_ASCII);
        for (int i = 0; i < label.length(); ) {
            int c = label.codePointAt(i);
            int entry = IdnaTable.of(c);
            if (!IdnaTable.isValid(entry)) return IdnaError.DISALLOWED_CODE_POINT;
            if (i == 0 && IdnaTable.isMark(entry)) return IdnaError.LEADING_MARK;
            if (std3 && c < 0x80 && !LabelRules.isLetterDigitHyphen(c)) {
                return IdnaError.NOT_LETTER_DIGIT_HYPHEN;
            }
            rightToLeft |= BidiRule.isRightToLeft(IdnaTable.bidi(entry));
            i += Character.charCount(c);
        }
        boolean joiners = checks.contains(Check.JOINERS);
        return joiners && !LabelRules.joinersHaveContext(label)
                ? IdnaError.JOINER_OUT_OF_CONTEXT
                : null;
    }

    /// The Bidi rule holds for all labels as soon as one has right-to-left characters.
    private IdnaResult.@Nullable Invalid checkBidi() {
        for (int i = 0; i < labels.size(); i++) {
            if (BidiRule.holds(labels.get(i))) continue;
            return new IdnaResult.Invalid(IdnaError.BIDI_RULE, position(i));
        }
        return null;
    }
}
