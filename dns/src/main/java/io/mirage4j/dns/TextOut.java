// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text of zone files that is being put together, ASCII throughout.
final class TextOut {
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] array = new byte[256];
    private int length;

    int length() {
        return length;
    }

    byte[] array() {
        return array;
    }

    TextOut clear() {
        length = 0;
        return this;
    }

    TextOut ch(int c) {
        if (length == array.length) {
            array = Arrays.copyOf(array, length * 2);
        }
        array[length++] = (byte) c;
        return this;
    }

    TextOut text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) ch(ascii.charAt(i));
        return this;
    }

    TextOut ascii(byte[] text) {
        for (byte c : text) ch(c);
        return this;
    }

    TextOut decimal(long v) {
        if (v >= 10) {
            decimal(v / 10);
        }
        return ch((int) ('0' + v % 10));
    }

    /// In at least `width` digits.
    TextOut decimal(long v, int width) {
        long limit = 1;
        for (int i = 1; i < width; i++) limit *= 10;
        for (; limit > 1 && v < limit; limit /= 10) ch('0');
        return decimal(v);
    }

    TextOut hex(byte[] octets, int off, int len) {
        for (int i = 0; i < len; i++) hex(octets[off + i], UPPER);
        return this;
    }

    TextOut hexLower(int octet) {
        return hex(octet, LOWER);
    }

    private TextOut hex(int octet, byte[] digits) {
        return ch(digits[octet >> 4 & 15]).ch(digits[octet & 15]);
    }

    /// The uncompressed name at `off`, with a dot at the end.
    TextOut name(byte[] octets, int off) {
        if (octets[off] == 0) return ch('.');
        int label;
        for (int at = off; (label = octets[at]) != 0; at += label + 1) {
            for (int i = 1; i <= label; i++) nameOctet(octets[at + i] & 0xff);
            ch('.');
        }
        return this;
    }

    private void nameOctet(int c) {
        switch (c) {
            case '.', '\\', '"', '(', ')', ';', '@', '$' -> ch('\\').ch(c);
            default -> printable(c, c > ' ');
        }
    }

    /// Puts a backslash before every comma from `from` on.
    void escapeCommas(int from) {
        byte[] text = Arrays.copyOfRange(array, from, length);
        length = from;
        for (byte c : text) {
            if (c == ',') {
                ch('\\');
            }
            ch(c);
        }
    }

    /// `len` octets between quotes.
    TextOut quoted(byte[] octets, int off, int len) {
        ch('"');
        for (int i = 0; i < len; i++) {
            int c = octets[off + i] & 0xff;
            if (c == '"' || c == '\\') ch('\\').ch(c);
            else printable(c, c >= ' ');
        }
        return ch('"');
    }

    private void printable(int c, boolean visible) {
        if (visible && c < 0x7f) ch(c);
        else ch('\\').ch('0' + c / 100).ch('0' + c / 10 % 10).ch('0' + c % 10);
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.US_ASCII);
    }
}
