// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import java.nio.charset.Charset;

/// What the three Japanese encodings (Encoding Standard, 12) share: the index of JIS X 0208, in
/// rows of 94, with the extensions of NEC and IBM.
final class JapaneseEncoder {
    static final char YEN = '\u00a5';
    static final char OVERLINE = '\u203e';
    static final char FIRST_HALFWIDTH = '\uff61';
    static final char LAST_HALFWIDTH = '\uff9f';

    private static final int END = 120 * 94;
    private static final int FIRST_NEC_DUPLICATE = 8272;
    private static final int AFTER_NEC_DUPLICATES = 8836;
    private static final char MINUS = '\u2212';
    private static final char FULLWIDTH_HYPHEN = '\uff0d';

    static boolean isHalfwidth(int c) {
        return c >= FIRST_HALFWIDTH && c <= LAST_HALFWIDTH;
    }

    static CharacterIndex index(Charset charset) {
        return CharacterIndex.of(
                charset, 0, END, JapaneseEncoder::shiftJis, c -> c < 0xe000 || c >= 0xf900);
    }

    private static byte[] shiftJis(int pointer) {
        int leading = pointer / 188;
        int trailing = pointer % 188;
        return new byte[] {
            (byte) (leading + (leading < 0x1f ? 0x81 : 0xc1)),
            (byte) (trailing + (trailing < 0x3f ? 0x40 : 0x41))
        };
    }

    static int pointer(CharacterIndex index, int c) {
        return index.firstPointer(c == MINUS ? FULLWIDTH_HYPHEN : c);
    }

    static LegacyEncoder shiftJis(CharacterIndex index) {
        return (c, out) -> {
            if (c <= 0x80) {
                out.add(c);
            } else if (c == YEN || c == OVERLINE) {
                out.add(c == YEN ? '\\' : '~');
            } else if (isHalfwidth(c)) {
                out.add(c - FIRST_HALFWIDTH + 0xa1);
            } else {
                int pointer = pointer(index, c);
                if (pointer >= FIRST_NEC_DUPLICATE && pointer < AFTER_NEC_DUPLICATES) {
                    pointer = index.firstPointer(c, AFTER_NEC_DUPLICATES);
                }
                if (pointer == CharacterIndex.NONE) return c;
                byte[] octets = shiftJis(pointer);
                out.add(octets[0], octets[1]);
            }
            return LegacyEncoder.ENCODED;
        };
    }

    static LegacyEncoder eucJp(CharacterIndex index) {
        return (c, out) -> {
            if (c < 0x80) {
                out.add(c);
            } else if (c == YEN || c == OVERLINE) {
                out.add(c == YEN ? '\\' : '~');
            } else if (isHalfwidth(c)) {
                out.add(0x8e, c - FIRST_HALFWIDTH + 0xa1);
            } else {
                int pointer = pointer(index, c);
                if (pointer == CharacterIndex.NONE) return c;
                out.add(pointer / 94 + 0xa1, pointer % 94 + 0xa1);
            }
            return LegacyEncoder.ENCODED;
        };
    }

    private JapaneseEncoder() {}
}
