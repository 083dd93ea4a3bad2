// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// An index of the Encoding Standard, read backwards: from a code point to its pointer, the number
/// of its place in a table of two-octet characters. The standard's tables and the decoders of the
/// JDK agree but for a few places, so the table is got by decoding every pair of octets.
final class CharacterIndex {
    static final int NONE = -1;

    private static final char REPLACEMENT = '\ufffd';

    private final long[] entries; // code point << 32 | pointer, ascending

    private CharacterIndex(long[] entries) {
        this.entries = entries;
    }

    /// The index of the pointers from `first` to before `end`. `octets` tells how a pointer is
    /// written in `charset`, `accepted` which of the decoded code points the standard has, and
    /// `corrections` where it has another one: pairs of a pointer and a code point.
    static CharacterIndex of(
            Charset charset,
            int first,
            int end,
            IntFunction<byte[]> octets,
            IntPredicate accepted,
            int... corrections) {
        int[] codePoints = new int[end];
        for (int pointer = first; pointer < end; pointer++) {
            String text = new String(octets.apply(pointer), charset);
            int c = text.codePointAt(0);
            boolean one = text.length() == Character.charCount(c) && c != REPLACEMENT;
            if (one && accepted.test(c)) {
                codePoints[pointer] = c;
            }
        }
        for (int i = 0; i < corrections.length; i += 2)
            codePoints[corrections[i]] = corrections[i + 1];
        long[] entries = new long[end - first];
        int count = 0;
        for (int pointer = first; pointer < end; pointer++) {
            if (codePoints[pointer] != 0) {
                entries[count++] = key(codePoints[pointer]) | pointer;
            }
        }
        Arrays.sort(entries, 0, count);
        return new CharacterIndex(Arrays.copyOf(entries, count));
    }

    /// The first pointer of a code point, or [#NONE].
    int firstPointer(int c) {
        int at = firstFrom(key(c));
        return at < entries.length && entries[at] >>> 32 == c ? (int) entries[at] : NONE;
    }

    /// The first pointer of a code point that is not below `from`, or [#NONE].
    int firstPointer(int c, int from) {
        int at = firstFrom(key(c) | from);
        return at < entries.length && entries[at] >>> 32 == c ? (int) entries[at] : NONE;
    }

    /// The last pointer of a code point, or [#NONE].
    int lastPointer(int c) {
        int at = firstFrom(key(c + 1)) - 1;
        return at >= 0 && entries[at] >>> 32 == c ? (int) entries[at] : NONE;
    }

    private int firstFrom(long key) {
        int at = Arrays.binarySearch(entries, key);
        return at < 0 ? ~at : at;
    }

    private static long key(int c) {
        return (long) c << 32;
    }
}
