// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.nio.charset.StandardCharsets;

/// `$GENERATE START-STOP[/STEP] LHS [TTL] [CLASS] TYPE RHS`, as BIND has it: a line for each
/// number, in which `$` stands for it, `${OFFSET,WIDTH,BASE}` for it in another form, and `$$` or
/// `\$` for the sign itself. A quoted RHS is taken without its quotes, so that it can have blanks,
/// and with `\"` as a quote, so that it can have quoted words.
final class Generate {
    /// Takes a line that was made; `at` is where the directive stands.
    @FunctionalInterface
    interface Lines {
        void line(byte[] text, int at) throws TextFault;
    }

    private static final int MAX_WIDTH = 255;
    private static final byte[] DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final int at;
    private final long start;
    private final long stop;
    private final long step;
    private final byte[] template;

    Generate(Words in, int at, ZoneReader reader) throws TextFault {
        this.at = at;
        in.need("a range");
        int dash = indexOf(in, '-', in.start());
        if (dash < 0) throw in.fault("not START-STOP: " + in.word());
        int slash = indexOf(in, '/', dash);
        start = number(in, in.start(), dash);
        stop = number(in, dash + 1, slash < 0 ? in.end() : slash);
        step = slash < 0 ? 1 : number(in, slash + 1, in.end());
        if (start > stop || step < 1) throw in.fault("no such range: " + in.word());
        if (!reader.mayGenerate((stop - start) / step + 1)) {
            throw in.fault("more than " + reader.rules().generated() + " records are generated");
        }
        in.skip();
        in.need("an owner");
        var out = new Octets();
        while (in.hasNext()) {
            if (out.length() > 0) {
                out.u8(' ');
            }
            word(in, out);
            in.skip();
        }
        template = out.toByteArray();
    }

    private static void word(Words in, Octets out) {
        boolean escaped = false;
        for (int i = in.start(); i < in.end(); i++) {
            int c = in.text()[i];
            if (c == '"' && escaped && in.isQuoted()) {
                out.cut(out.length() - 1);
            }
            escaped = c == '\\' && !escaped;
            out.u8(c);
        }
    }

    private static int indexOf(Words in, char c, int from) {
        for (int i = from; i < in.end(); i++) if (in.text()[i] == c) return i;
        return -1;
    }

    private static long number(Words in, int from, int to) throws TextFault {
        long v = from < to ? 0 : -1;
        for (int i = from; i < to && v >= 0; i++) {
            int digit = in.text()[i] - '0';
            v = digit < 0 || digit > 9 || v > Integer.MAX_VALUE ? -1 : v * 10 + digit;
        }
        if (v < 0 || v > Integer.MAX_VALUE) throw in.fault("no such range: " + in.word());
        return v;
    }

    void each(Lines lines) throws TextFault {
        var line = new Octets();
        for (long i = start; i <= stop; i += step) {
            expand(i, line.clear());
            lines.line(line.toByteArray(), at);
        }
    }

    private void expand(long number, Octets out) throws TextFault {
        byte[] t = template;
        for (int i = 0; i < t.length; ) {
            int c = t[i++];
            if (c == '\\' && i < t.length) {
                if (t[i] != '$') {
                    out.u8('\\');
                }
                out.u8(t[i++]);
            } else if (c != '$') {
                out.u8(c);
            } else if (i < t.length && t[i] == '$') {
                out.u8('$');
                i++;
            } else if (i < t.length && t[i] == '{') {
                i = modified(number, i + 1, out);
            } else {
                decimal(number, out);
            }
            if (out.length() > EntryLexer.MAX_ENTRY) throw new TextFault("a line too long", at);
        }
    }

    /// Writes the number as `OFFSET,WIDTH,BASE}` at `i` says, and tells where that ends.
    private int modified(long number, int i, Octets out) throws TextFault {
        int close = i;
        while (close < template.length && template[close] != '}') close++;
        if (close == template.length) throw new TextFault("${ is not closed", at);
        String[] parts =
                new String(template, i, close - i, StandardCharsets.ISO_8859_1).split(",", -1);
        if (parts.length > 3) throw new TextFault("more than OFFSET,WIDTH,BASE in ${", at);
        long value = number + integer(parts[0]);
        int width = parts.length > 1 ? (int) integer(parts[1]) : 0;
        String base = parts.length > 2 ? parts[2] : "d";
        if (width < 0 || width > MAX_WIDTH) throw new TextFault("width in ${ > " + MAX_WIDTH, at);
        if (value != (int) value) throw new TextFault("a number beyond 32 bits", at);
        // Only decimal numbers have a sign.
        if (!base.equals("d")) {
            value &= 0xffff_ffffL;
        }
        int from = out.length();
        switch (base) {
            case "d" -> digits(value, 10, width, out, from);
            case "o" -> digits(value, 8, width, out, from);
            case "x", "X" -> digits(value, 16, width, out, from);
            case "n", "N" -> nibbles(value, width, out);
            default -> throw new TextFault("base " + base + " in ${ is none of d o x X n N", at);
        }
        if (base.equals("X") || base.equals("N")) {
            for (int k = from; k < out.length(); k++) {
                int c = out.array()[k];
                if (c >= 'a' && c <= 'f') {
                    out.setU8(k, c - 0x20);
                }
            }
        }
        return close + 1;
    }

    private long integer(String text) throws TextFault {
        boolean negative = text.startsWith("-");
        int from = negative || text.startsWith("+") ? 1 : 0;
        long v = text.length() > from ? 0 : -1;
        for (int i = from; i < text.length() && v >= 0; i++) {
            int digit = text.charAt(i) - '0';
            v = digit < 0 || digit > 9 || v > Integer.MAX_VALUE ? -1 : v * 10 + digit;
        }
        if (v < 0) throw new TextFault("not a number in ${: " + text, at);
        return negative ? -v : v;
    }

    private static void decimal(long value, Octets out) {
        digits(value, 10, 0, out, out.length());
    }

    private static void digits(long value, int base, int width, Octets out, int from) {
        long v = Math.abs(value);
        if (value < 0) {
            out.u8('-');
            digits(v, base, Math.max(0, width - 1), out, from + 1);
            return;
        }
        int count = 1;
        for (long rest = v; rest >= base; rest /= base) count++;
        int to = out.grow(Math.max(count, width)) + Math.max(count, width);
        for (int i = to - 1; i >= from; i--) {
            out.setU8(i, DIGITS[(int) (v % base)]);
            v /= base;
        }
    }

    /// Hex digits with dots between them, the lowest first, as `ip6.arpa` has them. The width
    /// counts the dots.
    private static void nibbles(long value, int width, Octets out) {
        long v = value;
        int left = width;
        do {
            out.u8(DIGITS[(int) (v & 15)]);
            v >>>= 4;
            left--;
            if (v != 0 || left > 0) {
                out.u8('.');
                left--;
            }
        } while (v != 0 || left > 0);
    }
}
