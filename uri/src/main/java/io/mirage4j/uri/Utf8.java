// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// Reads UTF-8 as the Unicode Standard recommends (3.9, "U+FFFD Substitution of Maximal Subparts")
/// and browsers do: one U+FFFD for each longest start of a sequence that breaks off. The decoder of
/// the JDK puts one in the place of a whole encoded surrogate.
final class Utf8 {
    private static final char REPLACEMENT = '\ufffd';

    static void decode(byte[] octets, int length, StringBuilder out) {
        for (int i = 0; i < length; ) {
            int lead = octets[i++] & 0xff;
            int missing = continuations(lead);
            if (missing == 0) {
                out.append(lead < 0x80 ? (char) lead : REPLACEMENT);
                continue;
            }
            int c = lead & (0x3f >> missing);
            // The second octet tells overlong forms, surrogates and what is beyond Unicode.
            int lowest = lowestSecond(lead);
            int highest = highestSecond(lead);
            while (missing > 0 && i < length && isBetween(octets[i] & 0xff, lowest, highest)) {
                c = (c << 6) | (octets[i++] & 0x3f);
                lowest = 0x80;
                highest = 0xbf;
                missing--;
            }
            out.appendCodePoint(missing == 0 ? c : REPLACEMENT);
        }
    }

    /// How many octets follow a lead octet; none if it is no lead octet.
    private static int continuations(int lead) {
        if (lead < 0xc2 || lead > 0xf4) return 0;
        return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    }

    private static int lowestSecond(int lead) {
        return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    }

    private static int highestSecond(int lead) {
        return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    }

    private static boolean isBetween(int octet, int lowest, int highest) {
        return octet >= lowest && octet <= highest;
    }

    private Utf8() {}
}
