// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Punycode (RFC 3492): a label of any code points written in letters, digits and hyphens.
///
/// The RFC's procedures insert code points into the middle of an array and walk the whole label for
/// each distinct one, which is quadratic. URLs know no longest label, so here both directions count
/// with [Places] and take `n log n`.
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;
    private static final char DELIMITER = '-';

    /// What stands behind `xn--` for this label.
    static String encode(String label) {
        int[] codePoints = label.codePoints().toArray();
        var out = new StringBuilder(label.length() + 16);
        var handled = new Places(codePoints.length);
        long[] insertions = new long[codePoints.length]; // code point << 32 | place
        int count = 0;
        for (int place = 0; place < codePoints.length; place++) {
            int c = codePoints[place];
            if (c < INITIAL_N) {
                out.append((char) c);
                handled.take(place);
            } else {
                insertions[count++] = (long) c << 32 | place;
            }
        }
        Arrays.sort(insertions, 0, count);
        int basic = out.length();
        if (basic > 0) {
            out.append(DELIMITER);
        }
        // RFC 3492, 6.3; a round for each distinct code point n.
        int n = INITIAL_N;
        int bias = INITIAL_BIAS;
        int h = basic;
        long delta = 0;
        for (int i = 0; i < count; n++) {
            int c = (int) (insertions[i] >>> 32);
            delta += (long) (c - n) * (h + 1);
            n = c;
            int below = h; // so many code points are less than n,
            int passed = 0; // and so many of them the round has passed
            int from = i;
            for (; i < count && insertions[i] >>> 32 == n; i++, h++) {
                int before = handled.takenBefore((int) insertions[i]);
                delta += before - passed;
                passed = before;
                appendNumber(out, delta, bias);
                bias = adapt(delta, h + 1, h == basic);
                delta = 0;
            }
            for (int j = from; j < i; j++) handled.take((int) insertions[j]);
            delta = 1L + below - passed;
        }
        return out.toString();
    }

    /// The label for which `text` stands behind `xn--`, or `null` if it stands for none.
    static @Nullable String decode(String text) {
        int basic = Math.max(text.lastIndexOf(DELIMITER), 0);
        int at = basic > 0 ? basic + 1 : 0;
        int[] inserted = new int[text.length() - at];
        int[] indexes = new int[text.length() - at];
        int count = 0;
        // RFC 3492, 6.2
        int n = INITIAL_N;
        int bias = INITIAL_BIAS;
        long i = 0;
        while (at < text.length()) {
            int length = basic + count + 1;
            long most = (long) length * (Character.MAX_CODE_POINT + 1);
            long old = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                if (at == text.length()) return null;
                int digit = digitValue(text.charAt(at++));
                if (digit < 0) return null;
                i += digit * weight;
                if (i >= most) return null;
                int t = threshold(k, bias);
                if (digit < t) break;
                weight *= BASE - t;
            }
            bias = adapt(i - old, length, old == 0);
            n += (int) (i / length);
            i %= length;
            if (n > Character.MAX_CODE_POINT || isSurrogate(n)) return null;
            inserted[count] = n;
            indexes[count++] = (int) i++;
        }
        return assemble(text, basic, inserted, indexes, count);
    }

    /// Each code point went in at an index of the label as it was then. The last one is at that
    /// index still; taken from there backwards, the others are so among the places left free.
    private static String assemble(
            String text, int basic, int[] inserted, int[] indexes, int count) {
        int length = basic + count;
        int[] label = new int[length];
        var places = new Places(length);
        for (int i = count - 1; i >= 0; i--) label[places.takeFree(indexes[i])] = inserted[i];
        for (int place = 0, i = 0; i < basic; place++) {
            if (label[place] == 0) {
                label[place] = text.charAt(i++);
            }
        }
        return new String(label, 0, length);
    }

    private static void appendNumber(StringBuilder out, long number, int bias) {
        long q = number;
        for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) break;
            out.append(digit((int) (t + (q - t) % (BASE - t))));
            q = (q - t) / (BASE - t);
        }
        out.append(digit((int) q));
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, T_MIN, T_MAX);
    }

    private static int adapt(long firstDelta, int length, boolean first) {
        long delta = first ? firstDelta / DAMP : firstDelta / 2;
        delta += delta / length;
        int k = 0;
        for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE) delta /= BASE - T_MIN;
        return (int) (k + (BASE - T_MIN + 1) * delta / (delta + SKEW));
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int digitValue(char digit) {
        if (digit >= '0' && digit <= '9') return digit - '0' + 26;
        int lower = digit | 0x20;
        return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private Punycode() {}
}
