// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// An immutable set of ASCII characters that stand for themselves; everything else is written as
/// `%` and two hexadecimal digits for each octet of its UTF-8 form (RFC 3986, 2.1).
///
/// The constants are the sets of RFC 3986. None of them has `%` in it, so what they encode comes
/// back from [#decode] unchanged. A set that has `%` in it leaves escapes that stand already.
public final class PercentSet {
    private static final String SUB_DELIMS = "!$&'()*+,;=";

    /// `unreserved`: never in need of an escape, wherever they stand (RFC 3986, 2.3).
    public static final PercentSet UNRESERVED =
            range('a', 'z').with(range('A', 'Z')).with(range('0', '9')).with("-._~");

    /// What a `reg-name` may hold as it is.
    public static final PercentSet REG_NAME = UNRESERVED.with(SUB_DELIMS);

    /// What the user information before the `@` may hold as it is.
    public static final PercentSet USERINFO = REG_NAME.with(":");

    /// `pchar`: what one segment of a path may hold as it is.
    public static final PercentSet SEGMENT = USERINFO.with("@");

    /// The characters of a whole path: segments and the `/` between them.
    public static final PercentSet PATH = SEGMENT.with("/");

    /// What a query may hold as it is.
    public static final PercentSet QUERY = PATH.with("?");

    /// What a fragment may hold as it is; the same characters as in a query.
    public static final PercentSet FRAGMENT = QUERY;

    /// What a name or value in a query of `name=value` pairs may hold as it is: neither the
    /// delimiters of the pairs nor `+`, which many readers take for a space.
    public static final PercentSet QUERY_PARAMETER = QUERY.without("&=+");

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final long low; // bit c: character c, 0 to 63
    private final long high; // bit c - 64: character c, 64 to 127

    private PercentSet(long low, long high) {
        this.low = low;
        this.high = high;
    }

    /// The set of just these characters, which must be ASCII.
    public static PercentSet of(String chars) {
        var set = new PercentSet(0, 0);
        for (int i = 0; i < chars.length(); i++) {
            set = set.with(range(chars.charAt(i), chars.charAt(i)));
        }
        return set;
    }

    /// The set of the characters from `first` to `last`, both in it.
    public static PercentSet range(char first, char last) {
        if (last >= 128) {
            throw new IllegalArgumentException("U+%04X is not ASCII".formatted((int) last));
        }
        long low = 0;
        long high = 0;
        for (int c = first; c <= last; c++) {
            if (c < 64) low |= 1L << c;
            else high |= 1L << c;
        }
        return new PercentSet(low, high);
    }

    public PercentSet with(String chars) {
        return with(of(chars));
    }

    public PercentSet with(PercentSet other) {
        return new PercentSet(low | other.low, high | other.high);
    }

    public PercentSet without(String chars) {
        PercentSet other = of(chars);
        return new PercentSet(low & ~other.low, high & ~other.high);
    }

    /// Whether the code point `c` stands for itself. Nothing beyond ASCII does.
    public boolean contains(int c) {
        return c >>> 7 == 0 && (((c < 64 ? low : high) >>> c) & 1) != 0;
    }

    /// Writes all of `text` that is not in this set as escapes. A surrogate without its partner is
    /// taken for U+FFFD. Gives `text` itself if there is nothing to escape.
    public String encode(CharSequence text) {
        int plain = plainPrefix(text);
        if (plain == text.length()) return text.toString();
        var out = new StringBuilder(text.length() + 32).append(text, 0, plain);
        for (int i = plain; i < text.length(); ) {
            int c = Character.codePointAt(text, i);
            i += Character.charCount(c);
            if (contains(c)) out.append((char) c);
            else appendEscaped(out, c);
        }
        return out.toString();
    }

    /// Writes octets as text: those that are characters of this set as they are, the others as
    /// escapes.
    public String encode(byte[] octets) {
        var out = new StringBuilder(octets.length + 32);
        for (byte octet : octets) {
            if (contains(octet)) out.append((char) octet);
            else appendEscape(out, octet & 0xff);
        }
        return out.toString();
    }

    /// Undoes every escape in `text` and reads the octets as UTF-8, putting U+FFFD for what is not
    /// UTF-8. A `%` without two hexadecimal digits behind it stays. Gives `text` itself if there is
    /// nothing to undo.
    public static String decode(CharSequence text) {
        int length = text.length();
        int i = nextEscape(text, 0);
        if (i == length) return text.toString();
        var out = new StringBuilder(length).append(text, 0, i);
        byte[] octets = new byte[(length - i) / 3];
        while (i < length) {
            int count = 0;
            for (; isEscape(text, i); i += 3) octets[count++] = (byte) escapedOctet(text, i);
            // A character that is not escaped begins a UTF-8 sequence of its own, so each run of
            // escapes can be read by itself.
            Utf8.decode(octets, count, out);
            int next = nextEscape(text, i);
            out.append(text, i, next);
            i = next;
        }
        return out.toString();
    }

    /// Undoes every escape in `text` and gives the octets; what is not escaped becomes its UTF-8
    /// form. For data that need not be text.
    public static byte[] decodeOctets(CharSequence text) {
        var out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            if (isEscape(text, i)) {
                out.write(escapedOctet(text, i));
                i += 3;
                continue;
            }
            int next = nextEscape(text, i);
            out.writeBytes(utf8(text.subSequence(i, next)));
            i = next;
        }
        return out.toByteArray();
    }

    /// Whether an escape, `%` and two hexadecimal digits, stands at `index`.
    public static boolean isEscape(CharSequence text, int index) {
        return index + 2 < text.length()
                && text.charAt(index) == '%'
                && hexDigit(text.charAt(index + 1)) >= 0
                && hexDigit(text.charAt(index + 2)) >= 0;
    }

    /// The octet that the escape at `index` stands for; there must be one.
    static int escapedOctet(CharSequence text, int index) {
        return (hexDigit(text.charAt(index + 1)) << 4) | hexDigit(text.charAt(index + 2));
    }

    /// The value of a hexadecimal digit, or -1. Unlike `Character.digit` it takes ASCII only.
    static int hexDigit(int c) {
        if (c >= '0' && c <= '9') return c - '0';
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// Appends the escapes of the code point `c`.
    static void appendEscaped(StringBuilder out, int c) {
        if (c < 0x80) {
            appendEscape(out, c);
        } else if (c < 0x800) {
            appendEscape(out, 0xc0 | (c >> 6));
            appendEscape(out, 0x80 | (c & 0x3f));
        } else if (c >= 0x10000) {
            appendEscape(out, 0xf0 | (c >> 18));
            appendEscape(out, 0x80 | ((c >> 12) & 0x3f));
            appendEscape(out, 0x80 | ((c >> 6) & 0x3f));
            appendEscape(out, 0x80 | (c & 0x3f));
        } else {
            int scalar = Character.isSurrogate((char) c) ? 0xfffd : c;
            appendEscape(out, 0xe0 | (scalar >> 12));
            appendEscape(out, 0x80 | ((scalar >> 6) & 0x3f));
            appendEscape(out, 0x80 | (scalar & 0x3f));
        }
    }

    private static void appendEscape(StringBuilder out, int octet) {
        out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
    }

    private static int nextEscape(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && !isEscape(text, i)) i++;
        return i;
    }

    private int plainPrefix(CharSequence text) {
        int i = 0;
        while (i < text.length() && contains(text.charAt(i))) i++;
        return i;
    }

    /// UTF-8 with U+FFFD for a lone surrogate, where `String.getBytes` would put a `?`.
    private static byte[] utf8(CharSequence text) {
        String string = text.toString();
        for (int i = 0; i < string.length(); ) {
            int c = string.codePointAt(i);
            if (c <= 0xffff && Character.isSurrogate((char) c)) return scalars(string);
            i += Character.charCount(c);
        }
        return string.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] scalars(String string) {
        var out = new StringBuilder(string.length());
        string.codePoints()
                .map(c -> c <= 0xffff && Character.isSurrogate((char) c) ? 0xfffd : c)
                .forEach(out::appendCodePoint);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PercentSet set && low == set.low && high == set.high;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low) * 31 + Long.hashCode(high);
    }

    /// The characters of the set in ASCII order.
    @Override
    public String toString() {
        var chars = new StringBuilder();
        for (char c = 0; c < 128; c++) if (contains(c)) chars.append(c);
        return chars.toString();
    }
}
