// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import org.jspecify.annotations.Nullable;

/// The IPv4 parser (URL Standard, 3.5) and serialiser: one to four numbers, each decimal, octal
/// (`0…`) or hexadecimal (`0x…`), of which the last fills all octets that are left.
final class Ipv4Parser {
    private static final int PARTS = 4;
    private static final long NOT_A_NUMBER = -1;

    /// More than any address, and small enough to go on counting with.
    private static final long TOO_LARGE = 1L << 40;

    private final String host;
    private final int position;
    private final Report report;

    /// For a host that ends in a number and began at `position` of the text reported on.
    Ipv4Parser(String host, int position, Report report) {
        this.host = host;
        this.position = position;
        this.report = report;
    }

    @Nullable String parse() {
        int end = host.length();
        if (host.endsWith(".")) {
            report.add(ValidationError.IPV4_EMPTY_PART, position);
            end--;
        }
        int parts = countParts(end);
        if (parts < PARTS) {
            report.add(ValidationError.IPV4_TOO_FEW_PARTS, position);
        }
        if (parts > PARTS) return fail(ValidationError.IPV4_TOO_MANY_PARTS);
        long[] numbers = new long[parts];
        int start = 0;
        for (int i = 0; i < parts; i++) {
            int dot = host.indexOf('.', start);
            int to = i == parts - 1 ? end : dot;
            numbers[i] = number(host, start, to);
            if (numbers[i] == NOT_A_NUMBER) return fail(ValidationError.IPV4_NON_NUMERIC_PART);
            boolean decimal = to - start == 1 || host.charAt(start) != '0';
            if (!decimal) {
                report.add(ValidationError.IPV4_NON_DECIMAL_PART, position);
            }
            start = to + 1;
        }
        return address(numbers);
    }

    private @Nullable String address(long[] numbers) {
        int last = numbers.length - 1;
        boolean large = false;
        for (long number : numbers) large |= number > 0xff;
        boolean tooLarge = numbers[last] >= 1L << (8 * (PARTS - last));
        long address = numbers[last];
        for (int i = 0; i < last; i++) {
            tooLarge |= numbers[i] > 0xff;
            address += numbers[i] << (8 * (PARTS - 1 - i));
        }
        if (tooLarge) return fail(ValidationError.IPV4_OUT_OF_RANGE_PART);
        if (large) {
            report.add(ValidationError.IPV4_OUT_OF_RANGE_PART, position);
        }
        return (address >>> 24)
                + "."
                + (address >>> 16 & 0xff)
                + "."
                + (address >>> 8 & 0xff)
                + "."
                + (address & 0xff);
    }

    private int countParts(int end) {
        int parts = 1;
        for (int i = 0; i < end; i++) if (host.charAt(i) == '.') parts++;
        return parts;
    }

    private @Nullable String fail(ValidationError error) {
        report.fail(error, position);
        return null;
    }

    /// Whether a label makes the host that it is the last one of an IPv4 address, or none at all:
    /// it is a number, or has only digits though it is none, as `09`.
    static boolean isNumber(String host, int from, int to) {
        int digits = from;
        while (digits < to && UrlCharacters.isDigit(host.charAt(digits))) digits++;
        if (digits == to) return from < to;
        return number(host, from, to) != NOT_A_NUMBER;
    }

    /// The IPv4 number parser. Numbers that are too large for any address are all the same.
    private static long number(String host, int from, int to) {
        if (from == to) return NOT_A_NUMBER;
        int radix = 10;
        int start = from;
        if (to - from > 1 && host.charAt(from) == '0') {
            boolean hexadecimal = (host.charAt(from + 1) | 0x20) == 'x';
            radix = hexadecimal ? 16 : 8;
            start = from + (hexadecimal ? 2 : 1);
        }
        long number = 0;
        for (int i = start; i < to; i++) {
            int digit = UrlCharacters.hexDigit(host.charAt(i));
            if (digit < 0 || digit >= radix) return NOT_A_NUMBER;
            number = Math.min(number * radix + digit, TOO_LARGE);
        }
        return number;
    }

    /// Whether `text` from `from` to `to` is four decimal numbers up to 255, written without zeros
    /// before them: an address as it is serialised.
    static boolean isSerialized(String text, int from, int to) {
        int parts = 0;
        int number = 0;
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || text.charAt(i) == '.') {
                if (i == start || ++parts > PARTS) return false;
                if (text.charAt(start) == '0' && i - start > 1) return false;
                start = i + 1;
                number = 0;
            } else {
                if (!UrlCharacters.isDigit(text.charAt(i))) return false;
                number = number * 10 + text.charAt(i) - '0';
                if (number > 0xff) return false;
            }
        }
        return parts == PARTS;
    }
}
