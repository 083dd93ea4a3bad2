// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import java.nio.charset.Charset;
import java.util.Arrays;

/// GBK, gb18030 and Big5 (Encoding Standard, 10 and 11).
final class ChineseEncoder {
    private static final int GB_END = 126 * 190;
    private static final int BIG5_END = 126 * 157;
    private static final char EURO = '\u20ac';

    /// A3 A0, which the standard decodes to an ideographic space.
    private static final int[] GB_CORRECTIONS = {6555, 0x3000};

    private static final char NEVER_ENCODED = '\ue5e5';

    /// Code points that were in the private use area once, and their octets, which now stand for
    /// others.
    private static final String FORMER_PRIVATE_USE =
            """
            \ue78d\ua6d9\ue78e\ua6da\ue78f\ua6db\ue790\ua6dc\ue791\ua6dd\ue792\ua6de\
            \ue793\ua6df\ue794\ua6ec\ue795\ua6ed\ue796\ua6f3\ue81e\ufe59\ue826\ufe61\
            \ue82b\ufe66\ue82c\ufe67\ue832\ufe6d\ue843\ufe7e\ue854\ufe90\ue864\ufea0""";

    /// Below are the characters of Hong Kong, which are decoded only.
    private static final int BIG5_FIRST = (0xa1 - 0x81) * 157;

    private static final String BIG5_LAST_ONES = "═╞╡╪十卅";

    /// `gbk` leaves out what would take four octets.
    static LegacyEncoder gb18030(Charset charset, boolean gbk) {
        CharacterIndex index =
                CharacterIndex.of(
                        charset, 0, GB_END, ChineseEncoder::gbOctets, c -> true, GB_CORRECTIONS);
        return (c, out) -> {
            if (c == NEVER_ENCODED) return c;
            int former = c < 0xe000 || c > 0xf8ff ? -1 : FORMER_PRIVATE_USE.indexOf(c);
            if (c < 0x80) {
                out.add(c);
            } else if (gbk && c == EURO) {
                out.add(0x80);
            } else if (former >= 0) {
                char octets = FORMER_PRIVATE_USE.charAt(former + 1);
                out.add(octets >> 8, octets & 0xff);
            } else {
                int pointer = index.firstPointer(c);
                if (pointer == CharacterIndex.NONE && gbk) return c;
                byte[] octets =
                        pointer == CharacterIndex.NONE
                                ? Character.toString(c).getBytes(charset)
                                : gbOctets(pointer);
                for (byte octet : octets) out.add(octet);
            }
            return LegacyEncoder.ENCODED;
        };
    }

    private static byte[] gbOctets(int pointer) {
        return octets(pointer, 190, 0x41);
    }

    static LegacyEncoder big5(Charset charset) {
        CharacterIndex index =
                CharacterIndex.of(
                        charset,
                        BIG5_FIRST,
                        BIG5_END,
                        ChineseEncoder::big5Octets,
                        c -> true,
                        big5Corrections());
        return (c, out) -> {
            if (c < 0x80) {
                out.add(c);
                return LegacyEncoder.ENCODED;
            }
            boolean last = c <= 0xffff && BIG5_LAST_ONES.indexOf(c) >= 0;
            int pointer = last ? index.lastPointer(c) : index.firstPointer(c);
            if (pointer == CharacterIndex.NONE) return c;
            byte[] octets = big5Octets(pointer);
            out.add(octets[0], octets[1]);
            return LegacyEncoder.ENCODED;
        };
    }

    /// Symbols, some radicals that the JDK takes for kana, and pictures of controls.
    private static int[] big5Corrections() {
        int[] others = {
            5029, 0x2027, 5038, 0xfe51, 5050, 0x2574, 5120, 0x00af, 5121, 0xffe3, 5123, 0x02cd,
            5153, 0xff5e, 5168, 0x2295, 5169, 0x2299, 5180, 0xff0f, 5181, 0xff3c, 5182, 0x2215,
            5183, 0xfe68, 5185, 0xffe5, 5187, 0xffe0, 5188, 0xffe1, 5464, 0x2421, 5465, 0x20ac,
            10942, 0x5ef4, 10946, 0x65e0, 10948, 0x7676, 10950, 0x96b6, 10957, 0x3003, 10958,
            0x4edd, 19162, 0x5605, 19305, 0x5ed0, 19355, 0x60a4, 19643, 0x732a
        };
        int pictures = 0x20;
        int[] corrections = Arrays.copyOf(others, others.length + 2 * pictures);
        for (int i = 0; i < pictures; i++) {
            corrections[others.length + 2 * i] = 5432 + i;
            corrections[others.length + 2 * i + 1] = 0x2400 + i;
        }
        return corrections;
    }

    private static byte[] big5Octets(int pointer) {
        return octets(pointer, 157, 0x62);
    }

    /// Rows of `width` characters, the second octet from 40 on with a gap at 7F.
    private static byte[] octets(int pointer, int width, int afterGap) {
        int trailing = pointer % width;
        return new byte[] {
            (byte) (pointer / width + 0x81), (byte) (trailing + (trailing < 0x3f ? 0x40 : afterGap))
        };
    }

    private ChineseEncoder() {}
}
