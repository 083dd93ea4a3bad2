// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import java.util.Arrays;

/// What UTS #46 and the rules that it calls ask of each code point, as one `int`:
///
/// ```
///  31       20    19    18   11 10    7 6     4    3    2   0
/// +-----------+--------+-------+-------+--------+------+-----+
/// |     0     | joins  |  ccc  | bidi  | joining| mark |  1  |  VALID
/// |                         0                          |  0  |  DISALLOWED
/// |                         0                          |  2  |  IGNORED
/// |   signed distance to the code point it is mapped to|  3  |  BY_DELTA
/// |   offset in the texts  |    length, 5 bits         |  4  |  TO_TEXT
/// +----------------------------------------------------------+
/// ```
///
/// `joins` says that NFC may put the code point together with one before it, `ccc` is the canonical
/// combining class.
///
/// The table is a sorted list of ranges. It is unpacked from [IdnaData] when a name that is not
/// ASCII comes for the first time, in less than a millisecond.
final class IdnaTable {
    static final int DISALLOWED = 0;
    static final int VALID = 1;
    static final int IGNORED = 2;
    static final int BY_DELTA = 3;
    static final int TO_TEXT = 4;
    private static final int KIND = 7;

    // What the runs in IdnaData.RANGES are; from ROWS on, a row of the palette.
    static final int RUN_ALTERNATING = 0;
    static final int RUN_BY_DELTA = 1;
    static final int RUN_TO_TEXT = 2;
    static final int ROWS = 3;

    private static final int PAGE_BITS = 7;

    private static final int[] STARTS; // the first code point of each range, ascending
    private static final int[] VALUES; // what the code points of that range are
    private static final short[] PAGES; // the range that each 128th code point is in
    private static final String TEXTS;

    static {
        var reader = new Reader();
        STARTS = Arrays.copyOf(reader.starts, reader.count);
        VALUES = Arrays.copyOf(reader.values, reader.count);
        PAGES = pages(STARTS);
        TEXTS = reader.texts.toString();
    }

    /// What the table holds for the code point `c`. A surrogate is disallowed.
    static int of(int c) {
        int page = c >>> PAGE_BITS;
        int low = PAGES[page];
        int high = PAGES[page + 1];
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (STARTS[middle] <= c) low = middle;
            else high = middle - 1;
        }
        return VALUES[low];
    }

    private static int kind(int value) {
        return value & KIND;
    }

    static boolean isValid(int value) {
        return kind(value) == VALID;
    }

    static boolean isMapped(int value) {
        return kind(value) >= BY_DELTA;
    }

    /// Whether the general category is Mark.
    static boolean isMark(int value) {
        return (value & 8) != 0;
    }

    static Joining joining(int value) {
        return Joining.of(value >>> 4 & 7);
    }

    static Bidi bidi(int value) {
        return Bidi.of(value >>> 7 & 15);
    }

    static int combiningClass(int value) {
        return value >>> 11 & 0xff;
    }

    /// Whether a text with this code point may need work to be in NFC.
    static boolean concernsNfc(int value) {
        return value >>> 11 != 0;
    }

    /// Appends what `c` is mapped to; `value` is its entry.
    static void appendMapped(StringBuilder out, int c, int value) {
        if (kind(value) == BY_DELTA) {
            out.appendCodePoint(c + (value >> 3));
        } else {
            int offset = value >>> 8;
            out.append(TEXTS, offset, offset + (value >>> 3 & 31));
        }
    }

    static int valid(boolean mark, Joining joining, Bidi bidi, int combiningClass, boolean joins) {
        return VALID
                | (mark ? 8 : 0)
                | joining.number() << 4
                | bidi.number() << 7
                | combiningClass << 11
                | (joins ? 1 << 19 : 0);
    }

    /// For each page the range that its first code point is in, and one entry behind the last.
    private static short[] pages(int[] starts) {
        var pages = new short[((Character.MAX_CODE_POINT + 1) >>> PAGE_BITS) + 1];
        int range = 0;
        for (int page = 0; page < pages.length; page++) {
            int first = page << PAGE_BITS;
            while (range + 1 < starts.length && starts[range + 1] <= first) range++;
            pages[page] = (short) range;
        }
        return pages;
    }

    /// Unpacks [IdnaData.RANGES].
    private static final class Reader {
        private static final int ENOUGH = 10_000;

        final int[] starts = new int[ENOUGH];
        final int[] values = new int[ENOUGH];
        final StringBuilder texts = new StringBuilder();
        int count;
        private int next;

        Reader() {
            int[] palette = palette();
            var numbers = new Numbers(IdnaData.RANGES);
            while (numbers.hasNext()) {
                int kind = numbers.next();
                int length = numbers.next();
                switch (kind) {
                    case RUN_ALTERNATING -> alternating(length, palette[numbers.next()]);
                    case RUN_BY_DELTA -> add(length, byDelta(numbers.next()));
                    case RUN_TO_TEXT -> toText(length, numbers.next(), numbers);
                    default -> add(length, palette[kind - ROWS]);
                }
            }
        }

        private static int[] palette() {
            var palette = new int[128];
            var numbers = new Numbers(IdnaData.PALETTE);
            for (int i = 0; numbers.hasNext(); i++) palette[i] = numbers.next();
            return palette;
        }

        private void alternating(int pairs, int lower) {
            for (int i = 0; i < pairs; i++) {
                add(1, BY_DELTA | 1 << 3);
                add(1, lower);
            }
        }

        /// The sign is in the lowest bit.
        private static int byDelta(int folded) {
            return (folded >>> 1 ^ -(folded & 1)) << 3 | BY_DELTA;
        }

        private void toText(int length, int textLength, Numbers numbers) {
            for (int i = 0; i < length; i++) {
                int offset = texts.length();
                for (int j = 0; j < textLength; j++) texts.appendCodePoint(numbers.next());
                add(1, offset << 8 | (texts.length() - offset) << 3 | TO_TEXT);
            }
        }

        private void add(int length, int value) {
            starts[count] = next;
            values[count++] = value;
            next += length;
        }
    }

    private IdnaTable() {}
}
