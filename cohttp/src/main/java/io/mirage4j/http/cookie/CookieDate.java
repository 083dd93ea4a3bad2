// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cookie;

import io.mirage4j.http.HttpDate;

import java.util.Locale;

/// The date of Expires, which servers write in any way (RFC 6265bis, 5.1.1): its parts are found by
/// their form, wherever they stand.
final class CookieDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private int hour = -1;
    private int minute;
    private int second;
    private int day = -1;
    private int month = -1;
    private int year = -1;

    /// Seconds since 1970, or [HttpDate#NONE].
    static long parse(String text) {
        var date = new CookieDate();
        int at = 0;
        while (at < text.length()) {
            int from = at;
            while (at < text.length() && !isDelimiter(text.charAt(at))) {
                at++;
            }
            if (at > from) {
                date.take(text.substring(from, at));
            }
            at++;
        }
        return date.seconds();
    }

    private static boolean isDelimiter(char c) {
        return c == '\t'
                || (c >= ' ' && c <= '/')
                || (c >= ';' && c <= '@')
                || (c >= '[' && c <= '`')
                || (c >= '{' && c <= '~');
    }

    private void take(String token) {
        if (hour < 0 && time(token)) return;
        if (day < 0 && leadingDigits(token, 0, 2) >= 1) {
            day = number(token, 0, leadingDigits(token, 0, 2));
            return;
        }
        if (month < 0 && token.length() >= 3) {
            int at = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
            if (at >= 0 && at % 3 == 0) {
                month = at / 3;
                return;
            }
        }
        int digits = leadingDigits(token, 0, 4);
        if (year < 0 && digits >= 2) {
            year = number(token, 0, digits);
        }
    }

    private boolean time(String token) {
        int first = leadingDigits(token, 0, 2);
        if (first < 1 || !colon(token, first)) return false;
        int second = leadingDigits(token, first + 1, 2);
        int colon = first + 1 + second;
        if (second < 1 || !colon(token, colon)) return false;
        int third = leadingDigits(token, colon + 1, 2);
        if (third < 1) return false;
        hour = number(token, 0, first);
        minute = number(token, first + 1, second);
        this.second = number(token, colon + 1, third);
        return true;
    }

    private static boolean colon(String token, int at) {
        return at < token.length() && token.charAt(at) == ':';
    }

    /// How many digits stand from `from` on; -1 if there are more than `most`.
    private static int leadingDigits(String token, int from, int most) {
        int at = from;
        while (at < token.length() && token.charAt(at) >= '0' && token.charAt(at) <= '9') {
            at++;
        }
        return at - from > most ? -1 : at - from;
    }

    private static int number(String token, int from, int digits) {
        return Integer.parseInt(token, from, from + digits, 10);
    }

    private long seconds() {
        if (hour < 0 || day < 1 || month < 0 || year < 0) return HttpDate.NONE;
        int full = year >= 70 && year <= 99 ? year + 1900 : year <= 69 ? year + 2000 : year;
        if (full < 1601 || hour > 23 || minute > 59 || second > 59) return HttpDate.NONE;
        String name = "JanFebMarAprMayJunJulAugSepOctNovDec".substring(3 * month, 3 * month + 3);
        return HttpDate.parse(
                "Sun, "
                        + twoDigits(day)
                        + " "
                        + name
                        + " "
                        + full
                        + " "
                        + twoDigits(hour)
                        + ":"
                        + twoDigits(minute)
                        + ":"
                        + twoDigits(second)
                        + " GMT");
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
