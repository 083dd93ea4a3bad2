// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// A place on earth (RFC 1876): in text degrees, minutes and seconds, and metres.
final class LocField extends Field {
    static final LocField LOC = new LocField();

    private static final int LENGTH = 16;
    private static final long EQUATOR = 1L << 31;
    private static final long DEGREE_MILLIS = 3_600_000;

    /// Centimetres that an altitude of 0 lies above the least one.
    private static final long SEA_LEVEL = 10_000_000;

    private static final long MAX_ALTITUDE = 0xffff_ffffL;
    private static final long MAX_SIZE = 9_000_000_000L;
    private static final long SIZE = 100;
    private static final long HORIZONTAL = 1_000_000;
    private static final long VERTICAL = 1_000;

    @Override
    void parse(Words in, Octets out) throws TextFault {
        long latitude = angle(in, 90, 'N', 'S');
        long longitude = angle(in, 180, 'E', 'W');
        in.need("an altitude");
        long altitude = centimetres(in, true) + SEA_LEVEL;
        if (altitude < 0 || altitude > MAX_ALTITUDE) throw in.fault("altitude out of range");
        out.u8(0); // version
        out.u8(size(in, SIZE));
        out.u8(size(in, HORIZONTAL));
        out.u8(size(in, VERTICAL));
        out.u32(EQUATOR + latitude);
        out.u32(EQUATOR + longitude);
        out.u32(altitude);
    }

    /// Degrees, perhaps minutes, perhaps seconds, and the letter of a direction.
    private static long angle(Words in, int maxDegrees, char plus, char minus) throws TextFault {
        // Some write the letter right behind the number: `42N`.
        long millis = 0;
        boolean closed = false;
        for (int part = 0; part < 3 && !closed && (part == 0 || in.isNumeric()); part++) {
            int last = in.end() - 1;
            closed = in.length() > 1 && isDirection(in.text()[last], plus, minus);
            int end = closed ? last : in.end();
            millis +=
                    switch (part) {
                        case 0 -> decimal(in, end, 0, maxDegrees) * DEGREE_MILLIS;
                        case 1 -> decimal(in, end, 0, 59) * 60_000;
                        default -> decimal(in, end, 3, 59_999);
                    };
            if (closed) {
                in.position(in.position() - 1);
            }
        }
        in.need("a direction");
        int c = in.text()[in.end() - 1] & ~0x20;
        if ((!closed && in.length() != 1) || !isDirection(c, plus, minus)) {
            throw in.fault("neither " + plus + " nor " + minus + ": " + in.word());
        }
        in.skip();
        return c == plus ? millis : -millis;
    }

    private static boolean isDirection(int c, char plus, char minus) {
        return (c & ~0x20) == plus || (c & ~0x20) == minus;
    }

    private static int size(Words in, long otherwise) throws TextFault {
        long centimetres = otherwise;
        if (in.hasNext()) {
            centimetres = centimetres(in, false);
        }
        int exponent = 0;
        while (centimetres > 9) {
            centimetres /= 10;
            exponent++;
        }
        return (int) centimetres << 4 | exponent;
    }

    /// Metres with up to two decimals, and perhaps an `m`.
    private static long centimetres(Words in, boolean signed) throws TextFault {
        byte[] text = in.text();
        int end = in.end();
        if (end > in.start() && (text[end - 1] | 0x20) == 'm') {
            end--;
        }
        boolean negative = signed && end > in.start() && text[in.start()] == '-';
        long v = decimal(in, end, 2, MAX_SIZE);
        return negative ? -v : v;
    }

    /// A decimal fraction, in units of its last place.
    private static long decimal(Words in, int end, int places, long max) throws TextFault {
        in.need("a number");
        byte[] text = in.text();
        int at = in.start();
        if (at < end && text[at] == '-' && places == 2) {
            at++;
        }
        long v = 0;
        int digits = 0;
        int decimals = -1;
        for (; at < end; at++) {
            int c = text[at];
            if (c == '.' && decimals < 0 && places > 0) {
                decimals = 0;
                continue;
            }
            if (c < '0' || c > '9' || decimals == places) {
                throw in.fault("not a number of " + places + " decimals: " + in.word());
            }
            v = Math.min(v * 10 + c - '0', Long.MAX_VALUE / 10_000);
            digits++;
            if (decimals >= 0) {
                decimals++;
            }
        }
        if (digits == 0) throw in.fault("not a number: " + in.word());
        for (int i = Math.max(decimals, 0); i < places; i++) v *= 10;
        if (v > max) throw in.fault("out of range: " + in.word());
        in.skip();
        return v;
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        // Of other versions nothing is known, not even the length.
        if (end - at < 1) return -1;
        if (rdata[at] != 0) return end;
        return end - at < LENGTH ? -1 : at + LENGTH;
    }

    /// Other versions have no text, nor have places that are not on earth.
    @Override
    boolean hasText(byte[] rdata, int at) {
        if (rdata[at] != 0) return false;
        for (int i = 1; i <= 3; i++) {
            int digit = (rdata[at + i] & 0xff) >> 4;
            int exponent = rdata[at + i] & 15;
            // A zero with an exponent would come back without it.
            if (digit > 9 || exponent > 9 || (digit == 0 && exponent > 0)) return false;
        }
        return Math.abs(u32(rdata, at + 4) - EQUATOR) < 91 * DEGREE_MILLIS
                && Math.abs(u32(rdata, at + 8) - EQUATOR) < 181 * DEGREE_MILLIS;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        angle(u32(rdata, at + 4) - EQUATOR, 'N', 'S', out);
        angle(u32(rdata, at + 8) - EQUATOR, 'E', 'W', out);
        metres(u32(rdata, at + 12) - SEA_LEVEL, out);
        for (int i = 1; i <= 3; i++) {
            out.ch(' ');
            long centimetres = (rdata[at + i] & 0xff) >> 4;
            for (int e = rdata[at + i] & 15; e > 0; e--) centimetres *= 10;
            metres(centimetres, out);
        }
        return at + LENGTH;
    }

    private static void angle(long millis, char plus, char minus, TextOut out) {
        long v = Math.abs(millis);
        out.decimal(v / DEGREE_MILLIS).ch(' ').decimal(v / 60_000 % 60, 2).ch(' ');
        out.decimal(v / 1000 % 60, 2).ch('.').decimal(v % 1000, 3).ch(' ');
        out.ch(millis < 0 ? minus : plus).ch(' ');
    }

    private static void metres(long centimetres, TextOut out) {
        if (centimetres < 0) {
            out.ch('-');
        }
        long v = Math.abs(centimetres);
        out.decimal(v / 100);
        if (v % 100 != 0) {
            out.ch('.').decimal(v % 100, 2);
        }
        out.ch('m');
    }

    private LocField() {}
}
