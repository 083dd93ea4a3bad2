// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import java.nio.charset.Charset;

/// EUC-KR (Encoding Standard, 13), which is the code page 949 of Windows.
final class KoreanEncoder {
    private static final int END = 125 * 190;

    static LegacyEncoder eucKr(Charset charset) {
        CharacterIndex index =
                CharacterIndex.of(
                        charset, 0, END, KoreanEncoder::octets, c -> c < 0xe000 || c >= 0xf900);
        return (c, out) -> {
            if (c < 0x80) {
                out.add(c);
                return LegacyEncoder.ENCODED;
            }
            int pointer = index.firstPointer(c);
            if (pointer == CharacterIndex.NONE) return c;
            byte[] octets = octets(pointer);
            out.add(octets[0], octets[1]);
            return LegacyEncoder.ENCODED;
        };
    }

    private static byte[] octets(int pointer) {
        return new byte[] {(byte) (pointer / 190 + 0x81), (byte) (pointer % 190 + 0x41)};
    }

    private KoreanEncoder() {}
}
