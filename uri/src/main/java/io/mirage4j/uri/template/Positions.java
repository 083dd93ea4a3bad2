// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import io.mirage4j.uri.PercentSet;

import java.util.BitSet;
import java.util.Locale;

/// What is to be known of each position of a text with escapes in it.
final class Positions {
    private final int[] charactersBefore;
    private final BitSet insideEscapes = new BitSet();
    private final BitSet malformed = new BitSet();

    Positions(String text) {
        charactersBefore = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            boolean counts = true;
            if (insideEscapes.get(i)) {
                counts = false;
            } else if (PercentSet.isEscape(text, i)) {
                int octets = characterOctets(text, i);
                if (octets == 0) {
                    malformed.set(i);
                }
                insideEscapes.set(i + 1, i + 3 * Math.max(1, octets));
                counts = !isContinuation(text, i);
            }
            charactersBefore[i + 1] = charactersBefore[i] + (counts ? 1 : 0);
        }
    }

    /// Whether the escape at `index` is an octet of UTF-8 other than a first one.
    private static boolean isContinuation(String text, int index) {
        return (Character.digit(text.charAt(index + 1), 16) & 0xc) == 0x8;
    }

    /// How many escapes from `index` are one character of UTF-8 (RFC 3629, 4), or 0.
    private static int characterOctets(String text, int index) {
        int first = octet(text, index);
        int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (first > 0xf4) return 0;
        for (int i = 1; i < length; i++) {
            int at = index + 3 * i;
            if (!PercentSet.isEscape(text, at) || !isContinuation(text, at)) return 0;
        }
        if (length < 3) return length;
        int second = octet(text, index + 3);
        return switch (first) {
                    case 0xe0 -> second >= 0xa0;
                    case 0xed -> second < 0xa0;
                    case 0xf0 -> second >= 0x90;
                    case 0xf4 -> second < 0x90;
                    default -> true;
                }
                ? length
                : 0;
    }

    private static int octet(String text, int index) {
        return Integer.parseInt(text, index + 1, index + 3, 16);
    }

    /// Within an escape, or between those of one character.
    boolean isInsideEscape(int position) {
        return insideEscapes.get(position);
    }

    /// Whether the escape at `position` is part of no character.
    boolean isMalformed(int position) {
        return malformed.get(position);
    }

    /// How many characters are between two positions; one that is escaped counts as one.
    int charactersBetween(int from, int to) {
        return charactersBefore[to] - charactersBefore[from];
    }

    /// The text with no escape that it can do without, and the others in upper case.
    static String canonical(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!PercentSet.isEscape(text, i)) {
                out.append(c);
                continue;
            }
            String escape = text.substring(i, i + 3);
            int octet = Integer.parseInt(escape, 1, 3, 16);
            if (PercentSet.UNRESERVED.contains(octet)) out.append((char) octet);
            else out.append(escape.toUpperCase(Locale.ROOT));
            i += 2;
        }
        return out.toString();
    }
}
