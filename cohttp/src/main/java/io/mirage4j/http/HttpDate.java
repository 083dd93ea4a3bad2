// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

/// The dates of HTTP (RFC 9110, 5.6.7) as seconds since 1970: written in the one form that is sent,
/// read in all three. Reading allocates nothing, writing the text alone.
///
/// ```
/// Sun, 06 Nov 1994 08:49:37 GMT     IMF-fixdate
/// Sunday, 06-Nov-94 08:49:37 GMT    RFC 850
/// Sun Nov  6 08:49:37 1994          asctime
/// ```
public final class HttpDate {
    /// What [#parse] gives for a text that is no date.
    public static final long NONE = Long.MIN_VALUE;

    private static final String DAYS = "SunMonTueWedThuFriSat";
    private static final String[] LONG_DAYS = {
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
    };
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private static final int DAY_SECONDS = 86_400;

    /// 9999-12-31T23:59:59Z: four digits have no later year.
    private static final long LAST = 253_402_300_799L;

    /// 0001-01-01T00:00:00Z.
    private static final long FIRST = -62_135_596_800L;

    /// The seconds since 1970 that a date means, or [#NONE]. A year of two digits is taken for the
    /// one that is not more than 50 years ahead of `nowSeconds`.
    public static long parse(String text, long nowSeconds) {
        if (text.length() == 29 && text.charAt(3) == ',') return fixed(text);
        if (text.length() == 24 && text.charAt(3) == ' ') return asctime(text);
        return rfc850(text, nowSeconds);
    }

    /// As above, where a year of two digits is from 1970 to 2069.
    public static long parse(String text) {
        return parse(text, 50L * 365 * DAY_SECONDS);
    }

    /// The form that is sent.
    public static String emit(long seconds) {
        if (seconds < FIRST || seconds > LAST) {
            throw new IllegalArgumentException(
                    "second " + seconds + " is not in the years 1..9999");
        }
        long days = Math.floorDiv(seconds, (long) DAY_SECONDS);
        int second = (int) Math.floorMod(seconds, (long) DAY_SECONDS);
        int weekday = (int) Math.floorMod(days + 4, 7L);
        // Days to a date of the proleptic Gregorian calendar, in years that begin in March.
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * march + 2) / 5 + 1;
        int month = march < 10 ? march + 3 : march - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

        char[] out = "Sun, 00 Jan 0000 00:00:00 GMT".toCharArray();
        DAYS.getChars(3 * weekday, 3 * weekday + 3, out, 0);
        twoDigits(out, 5, day);
        MONTHS.getChars(3 * month - 3, 3 * month, out, 8);
        twoDigits(out, 12, year / 100);
        twoDigits(out, 14, year % 100);
        twoDigits(out, 17, second / 3600);
        twoDigits(out, 20, second / 60 % 60);
        twoDigits(out, 23, second % 60);
        return new String(out);
    }

    private static void twoDigits(char[] out, int at, int value) {
        out[at] = (char) ('0' + value / 10);
        out[at + 1] = (char) ('0' + value % 10);
    }

    private static long fixed(String text) {
        if (name(DAYS, 3, text, 0) < 0
                || !text.startsWith(", ", 3)
                || text.charAt(7) != ' '
                || text.charAt(11) != ' '
                || text.charAt(16) != ' '
                || !text.endsWith(" GMT")) {
            return NONE;
        }
        int year = digits(text, 12, 4);
        return seconds(year, name(MONTHS, 3, text, 8), digits(text, 5, 2), text, 17);
    }

    private static long asctime(String text) {
        if (name(DAYS, 3, text, 0) < 0
                || text.charAt(7) != ' '
                || text.charAt(10) != ' '
                || text.charAt(19) != ' ') {
            return NONE;
        }
        int day = text.charAt(8) == ' ' ? digits(text, 9, 1) : digits(text, 8, 2);
        return seconds(digits(text, 20, 4), name(MONTHS, 3, text, 4), day, text, 11);
    }

    private static long rfc850(String text, long nowSeconds) {
        int comma = text.indexOf(',');
        if (comma < 6 || text.length() != comma + 24 || !isLongDay(text, comma)) return NONE;
        int at = comma + 2;
        if (text.charAt(comma + 1) != ' '
                || text.charAt(at + 2) != '-'
                || text.charAt(at + 6) != '-'
                || text.charAt(at + 9) != ' '
                || !text.endsWith(" GMT")) {
            return NONE;
        }
        int twoDigits = digits(text, at + 7, 2);
        int thisYear = 1970 + (int) Math.floorDiv(nowSeconds, 31_556_952L);
        int year = thisYear - Math.floorMod(thisYear, 100) + twoDigits;
        if (year > thisYear + 50) {
            year -= 100;
        } else if (year <= thisYear - 50) {
            year += 100;
        }
        if (twoDigits < 0) return NONE;
        int month = name(MONTHS, 3, text, at + 3);
        return seconds(year, month, digits(text, at, 2), text, at + 10);
    }

    private static boolean isLongDay(String text, int length) {
        for (String day : LONG_DAYS) {
            if (day.length() == length && text.startsWith(day)) return true;
        }
        return false;
    }

    /// The index of the name that stands in `text` at `at`, or -1.
    private static int name(String names, int width, String text, int at) {
        for (int i = 0; i < names.length(); i += width) {
            if (text.regionMatches(at, names, i, width)) return i / width;
        }
        return -1;
    }

    private static int digits(String text, int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = 10 * number + digit;
        }
        return number;
    }

    /// With the time of day, `hh:mm:ss`, at `at`.
    private static long seconds(int year, int month, int day, String text, int at) {
        int hour = digits(text, at, 2);
        int minute = digits(text, at + 3, 2);
        int second = digits(text, at + 6, 2);
        boolean colons = text.charAt(at + 2) == ':' && text.charAt(at + 5) == ':';
        if (!colons || year < 0 || month < 0 || hour < 0 || minute < 0 || second < 0) return NONE;
        // 60 is a leap second.
        if (day < 1 || day > days(year, month) || hour > 23 || minute > 59 || second > 60) {
            return NONE;
        }
        int shiftedYear = month < 2 ? year - 1 : year;
        int march = month < 2 ? month + 10 : month - 2;
        long era = Math.floorDiv(shiftedYear, 400);
        long yearOfEra = shiftedYear - era * 400;
        long dayOfYear = (153L * march + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        long days = era * 146_097 + dayOfEra - 719_468;
        return days * DAY_SECONDS + hour * 3600L + minute * 60L + second;
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return switch (month) {
            case 1 -> leap ? 29 : 28;
            case 3, 5, 8, 10 -> 30;
            default -> 31;
        };
    }

    private HttpDate() {}
}
