// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.binary.Hex;

import java.util.Arrays;

/// Octets in base 16, 32 or 64: all that is left, or as many as a length in front says.
final class OctetField extends Field {
    private enum Base {
        HEX(1, 2),
        BASE32(5, 8),
        BASE64(3, 4);

        final int octets;
        final int digits;

        Base(int octets, int digits) {
            this.octets = octets;
            this.digits = digits;
        }
    }

    /// All that is left, at least one octet, in any number of words.
    static final OctetField HEX = new OctetField(Base.HEX, 0, true);

    static final OctetField BASE64 = new OctetField(Base.BASE64, 0, true);
    static final OctetField HEX_OR_NONE = new OctetField(Base.HEX, 0, false);
    static final OctetField BASE64_OR_NONE = new OctetField(Base.BASE64, 0, false);

    /// All that is left, `-` for none.
    static final OctetField BASE64_OR_DASH = new OctetField(Base.BASE64, 0, false);

    /// One word; a length in one octet, `-` for none.
    static final OctetField SALT = new OctetField(Base.HEX, 1, false);

    /// One word; a length in one octet, Base32 with the alphabet that sorts (RFC 5155, 3.3).
    static final OctetField HASH = new OctetField(Base.BASE32, 1, true);

    /// A length in two octets, written in front as a word of its own (TSIG, TKEY).
    static final OctetField SIZED64 = new OctetField(Base.BASE64, 2, false);

    private final Base base;
    private final int lengthOctets;
    private final boolean some;

    private OctetField(Base base, int lengthOctets, boolean some) {
        this.base = base;
        this.lengthOctets = lengthOctets;
        this.some = some;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        switch (lengthOctets) {
            case 0 -> {
                if (some) {
                    in.need("data in " + base);
                }
                if (hasWordForNothing() && in.is("-")) in.skip();
                else decode(in, out, Integer.MAX_VALUE);
            }
            case 1 -> {
                in.need("data in " + base);
                int at = out.grow(1);
                if (!some && in.is("-")) in.skip();
                else decode(in, out, 1);
                int length = out.length() - at - 1;
                if (length > 255 || (some && length == 0)) {
                    throw in.fault(length + " octets, not 1 to 255");
                }
                out.setU8(at, length);
            }
            default -> {
                int length = (int) in.number(0xffff);
                out.u16(length);
                if (length == 0) return;
                int from = out.length();
                decode(in, out, 1);
                if (out.length() - from != length) {
                    throw in.fault(out.length() - from + " octets where " + length + " are said");
                }
            }
        }
    }

    /// Decodes the next words, `most` of them at most.
    private void decode(Words in, Octets out, int most) throws TextFault {
        Octets digits = in.scratch.clear();
        int start = in.start();
        for (int i = 0; i < most && in.hasNext(); i++) {
            // A portable file has whole groups of digits in each word.
            if (in.portable && !isWhole(in.length())) throw in.fault("not whole: " + in.word());
            digits.bytes(in.text(), in.start(), in.length());
            in.skip();
        }
        if (digits.length() == 0) return;
        int length = digits.length();
        byte[] a = digits.array();
        if (base == Base.HEX) hex(a, length, start, out);
        else base(a, length, start, out);
    }

    private boolean isWhole(int length) {
        return length % base.digits == 0;
    }

    private static void hex(byte[] digits, int length, int start, Octets out) throws TextFault {
        if (length % 2 != 0) throw new TextFault("an odd number of hex digits", start);
        for (int i = 0; i < length; i++) {
            if (hex(digits[i]) < 0) throw new TextFault("not a hex digit", start + i);
        }
        if (length <= 64) { // salts and digests: no array in between
            for (int i = 0; i < length; i += 2) {
                out.u8(hex(digits[i]) << 4 | hex(digits[i + 1]));
            }
            return;
        }
        try {
            char[] chars = new char[length];
            for (int i = 0; i < length; i++) chars[i] = (char) digits[i];
            out.bytes(Hex.decodeHex(chars));
        } catch (DecoderException e) {
            throw new TextFault("not hex: " + e.getMessage(), start);
        }
    }

    /// The digits must be whole groups, padded; in Base32 the padding may be left out, as RFC 5155
    /// has it.
    private void base(byte[] digits, int length, int start, Octets out) throws TextFault {
        int padding = 0;
        while (padding < length && digits[length - 1 - padding] == '=') padding++;
        int data = length - padding;
        for (int i = 0; i < data; i++) {
            if (!isDigit(digits[i])) throw new TextFault("not a digit of " + base, start + i);
        }
        int rest = data % base.digits;
        boolean whole = length % base.digits == 0 && padding < base.digits;
        boolean unpadded = base == Base.BASE32 && padding == 0;
        int bits = rest * (base.octets * 8 / base.digits);
        if (data == 0 || !(whole || unpadded) || bits % 8 >= base.octets * 8 / base.digits) {
            throw new TextFault("not whole groups of " + base, start);
        }
        byte[] exact = Arrays.copyOf(digits, data);
        out.bytes(
                base == Base.BASE64
                        ? Base64.decodeBase64(exact)
                        : Base32.builder().setHexDecodeTable(true).get().decode(exact));
    }

    private boolean isDigit(int c) {
        if (base == Base.BASE32) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'V') || (c >= 'a' && c <= 'v');
        }
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/';
    }

    /// The value of a hex digit, or -1.
    static int hex(int c) {
        if (c >= '0' && c <= '9') return c - '0';
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        if (end - at < lengthOctets) return -1;
        int length =
                switch (lengthOctets) {
                    case 0 -> end - at;
                    case 1 -> rdata[at] & 0xff;
                    default -> u16(rdata, at);
                };
        int next = at + lengthOctets + length;
        return next > end || (some && length == 0) ? -1 : next;
    }

    @Override
    boolean hasWordForNothing() {
        return this == BASE64_OR_DASH;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        int next = skip(rdata, at, rdata.length);
        int from = at + lengthOctets;
        if (lengthOctets == 2) {
            out.decimal(next - from);
        }
        if (next == from) {
            if (lengthOctets == 1 || hasWordForNothing()) {
                out.ch('-');
            }
            return next;
        }
        if (lengthOctets == 2) {
            out.ch(' ');
        }
        switch (base) {
            case HEX -> out.hex(rdata, from, next - from);
            case BASE32 -> out.ascii(base32(Arrays.copyOfRange(rdata, from, next)));
            case BASE64 -> out.ascii(Base64.encodeBase64(Arrays.copyOfRange(rdata, from, next)));
        }
        return next;
    }

    /// Without padding, as NSEC3 owner names have it.
    static byte[] base32(byte[] octets) {
        byte[] padded = Base32.builder().setHexEncodeTable(true).get().encode(octets);
        int length = padded.length;
        while (length > 0 && padded[length - 1] == '=') length--;
        return Arrays.copyOf(padded, length);
    }
}
