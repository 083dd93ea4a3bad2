// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import java.util.Arrays;

/// Unicode's normalisation form C (UAX #15), for text that holds only what UTS #46 calls valid:
/// compatibility characters and composites that NFC takes apart for good are mapped away before.
///
/// Not `java.text.Normalizer`: that one knows the Unicode version of its JDK, needs resources at
/// run time, and takes quadratic time to sort a long run of combining marks.
final class Nfc {
    static final int HANGUL_FIRST = 0xac00;
    static final int HANGUL_LAST = 0xd7a3;

    // Unicode 3.12: a syllable is computed from a leading consonant, a vowel and perhaps a
    // trailing consonant.
    private static final int LEADING = 0x1100;
    private static final int VOWEL = 0x1161;
    private static final int TRAILING = 0x11a7; // one before the first
    private static final int LEADINGS = 19;
    private static final int VOWELS = 21;
    private static final int TRAILINGS = 28; // with "none"

    private static final int NONE = -1;

    /// No code point below this one has to do with NFC.
    private static final int FIRST_CONCERNED = 0x300;

    private static final int[] COMPOSITES; // ascending
    private static final int[] FIRSTS; // what COMPOSITES[i] begins with,
    private static final int[] SECONDS; // and what follows
    private static final long[] PAIRS; // ascending: first << 32 | second
    private static final int[] OF_PAIRS; // what PAIRS[i] compose

    static {
        int[] triples = triples();
        int count = triples.length / 3;
        COMPOSITES = new int[count];
        FIRSTS = new int[count];
        SECONDS = new int[count];
        PAIRS = new long[count];
        OF_PAIRS = new int[count];
        int composite = 0;
        for (int i = 0; i < count; i++) {
            composite += triples[3 * i];
            COMPOSITES[i] = composite;
            FIRSTS[i] = triples[3 * i + 1];
            SECONDS[i] = triples[3 * i + 2];
            PAIRS[i] = pair(FIRSTS[i], SECONDS[i]);
        }
        Arrays.sort(PAIRS);
        for (int i = 0; i < count; i++) {
            OF_PAIRS[Arrays.binarySearch(PAIRS, pair(FIRSTS[i], SECONDS[i]))] = COMPOSITES[i];
        }
    }

    /// `text` in NFC, which is `text` itself where it is so already.
    static String normalize(String text) {
        return mayNeedWork(text) ? new Nfc(text).compose() : text;
    }

    private static boolean mayNeedWork(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c >= FIRST_CONCERNED && IdnaTable.concernsNfc(validEntry(c))) return true;
            i += Character.charCount(c);
        }
        return false;
    }

    /// What has no valid entry (a label of punycode may hold anything) is an error elsewhere.
    private static int validEntry(int c) {
        int entry = IdnaTable.of(c);
        return IdnaTable.isValid(entry) ? entry : 0;
    }

    private static int combiningClass(int c) {
        return c < FIRST_CONCERNED ? 0 : IdnaTable.combiningClass(validEntry(c));
    }

    // The text taken apart, with every run of combining marks sorted by class.
    private int[] codePoints;
    private int count;

    private Nfc(String text) {
        codePoints = new int[text.length() + 16];
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            decompose(c);
            i += Character.charCount(c);
        }
        sortMarks();
    }

    private void decompose(int c) {
        if (c >= HANGUL_FIRST && c <= HANGUL_LAST) {
            int syllable = c - HANGUL_FIRST;
            add(LEADING + syllable / (VOWELS * TRAILINGS));
            add(VOWEL + syllable / TRAILINGS % VOWELS);
            if (syllable % TRAILINGS != 0) {
                add(TRAILING + syllable % TRAILINGS);
            }
            return;
        }
        int at = Arrays.binarySearch(COMPOSITES, c);
        if (at < 0) {
            add(c);
        } else {
            decompose(FIRSTS[at]);
            decompose(SECONDS[at]);
        }
    }

    private void add(int c) {
        if (count == codePoints.length) {
            codePoints = Arrays.copyOf(codePoints, 2 * count);
        }
        codePoints[count++] = c;
    }

    private void sortMarks() {
        for (int i = 0; i < count; i++) {
            if (combiningClass(codePoints[i]) == 0) continue;
            int from = i;
            while (i < count && combiningClass(codePoints[i]) != 0) i++;
            if (i - from > 1) {
                sortMarks(from, i);
            }
        }
    }

    /// Marks of one class keep their order, so the key has the place in it.
    private void sortMarks(int from, int to) {
        var keys = new long[to - from];
        for (int i = from; i < to; i++) {
            keys[i - from] = (long) combiningClass(codePoints[i]) << 32 | i;
        }
        Arrays.sort(keys);
        int[] marks = Arrays.copyOfRange(codePoints, from, to);
        for (int i = from; i < to; i++) codePoints[i] = marks[(int) keys[i - from] - from];
    }

    /// UAX #15, D117: a code point is put together with the starter before it unless one of its own
    /// class, or a starter, stands between them.
    private String compose() {
        var out = new int[count];
        int length = 0;
        int starter = NONE; // where the last starter is in `out`
        int classBefore = 0;
        for (int i = 0; i < count; i++) {
            int c = codePoints[i];
            int combiningClass = combiningClass(c);
            boolean adjacent = starter == length - 1;
            if (starter != NONE && (adjacent || classBefore < combiningClass)) {
                int composite = compose(out[starter], c);
                if (composite != NONE) {
                    out[starter] = composite;
                    continue;
                }
            }
            if (combiningClass == 0) {
                starter = length;
            }
            classBefore = combiningClass;
            out[length++] = c;
        }
        return new String(out, 0, length);
    }

    private static int compose(int first, int second) {
        int leading = first - LEADING;
        if (leading >= 0 && leading < LEADINGS) {
            int vowel = second - VOWEL;
            if (vowel < 0 || vowel >= VOWELS) return NONE;
            return HANGUL_FIRST + (leading * VOWELS + vowel) * TRAILINGS;
        }
        int syllable = first - HANGUL_FIRST;
        if (syllable >= 0 && first <= HANGUL_LAST) {
            int trailing = second - TRAILING;
            boolean open = syllable % TRAILINGS == 0;
            return open && trailing > 0 && trailing < TRAILINGS ? first + trailing : NONE;
        }
        int at = Arrays.binarySearch(PAIRS, pair(first, second));
        return at < 0 ? NONE : OF_PAIRS[at];
    }

    private static long pair(int first, int second) {
        return (long) first << 32 | second;
    }

    private static int[] triples() {
        var numbers = new Numbers(IdnaData.COMPOSITIONS);
        int[] triples = new int[3 * 1024];
        int count = 0;
        while (numbers.hasNext()) triples[count++] = numbers.next();
        return Arrays.copyOf(triples, count);
    }
}
