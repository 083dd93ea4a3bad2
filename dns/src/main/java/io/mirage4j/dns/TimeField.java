// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// A moment of a signature, in seconds since 1970 modulo 2^32 (RFC 4034, 3.1.5): written as
/// `YYYYMMDDHHmmSS`, read as that or as the number.
final class TimeField extends Field {
    static final TimeField TIME = new TimeField();

    private static final int DIGITS = 14;

    /// Twice the range of 32 bits and a little: later dates are typing errors, and wrap elsewhere.
    private static final int LAST_YEAR = 2225;

    private static final int[] DAYS_BEFORE = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
    };

    @Override
    void parse(Words in, Octets out) throws TextFault {
        in.need("a time");
        out.u32(in.length() >= DIGITS ? seconds(in) : in.number(0xffff_ffffL));
    }

    private static long seconds(Words in) throws TextFault {
        if (in.length() != DIGITS) throw in.fault("not 14 digits: " + in.word());
        int year = digits(in, 0, 4);
        int month = digits(in, 4, 2);
        int day = digits(in, 6, 2);
        int hour = digits(in, 8, 2);
        int minute = digits(in, 10, 2);
        int second = digits(in, 12, 2);
        boolean possible =
                year >= 1970
                        && year <= LAST_YEAR
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= daysIn(year, month)
                        && hour < 24
                        && minute < 60
                        && second < 60;
        if (!possible) throw in.fault("no such time: " + in.word());
        in.skip();
        return ((days(year, month) + day - 1) * 24 + hour) * 3600 + minute * 60L + second;
    }

    private static int digits(Words in, int off, int count) throws TextFault {
        int v = 0;
        for (int i = 0; i < count; i++) {
            int c = in.text()[in.start() + off + i];
            if (c < '0' || c > '9') throw in.fault("not 14 digits: " + in.word());
            v = v * 10 + c - '0';
        }
        return v;
    }

    /// From 1970 to the first of a month.
    private static long days(int year, int month) {
        long y = year - 1L;
        long leaps = (y / 4 - y / 100 + y / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
        return (year - 1970) * 365L
                + leaps
                + DAYS_BEFORE[month - 1]
                + (month > 2 && isLeap(year) ? 1 : 0);
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return end - at < 4 ? -1 : at + 4;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        long seconds = u32(rdata, at);
        int day = (int) (seconds / 86_400);
        int year = 1970;
        while (days(year + 1, 1) <= day) year++;
        int month = 12;
        while (days(year, month) > day) month--;
        int rest = (int) (seconds % 86_400);
        out.decimal(year, 4).decimal(month, 2).decimal(day - days(year, month) + 1, 2);
        out.decimal(rest / 3600, 2).decimal(rest / 60 % 60, 2).decimal(rest % 60, 2);
        return at + 4;
    }

    private TimeField() {}
}
