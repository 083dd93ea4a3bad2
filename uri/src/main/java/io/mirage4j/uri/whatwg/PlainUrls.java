// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

import org.jspecify.annotations.Nullable;

/// A short way for `http` and `https` URLs that stand as they are serialised, which most do: one
/// scan that finds the indices, and the text is the URL. What it does not see through is left to
/// the [UrlParser].
///
/// Nothing here allocates but the URL.
final class PlainUrls {
    // Bits in KINDS: where an ASCII character may stand without the parser having to act on it.
    private static final int HOST = 1;
    private static final int PATH = 2;
    private static final int QUERY = 4;
    private static final int FRAGMENT = 8;

    // Bits for what may be a dot segment: a dot, as such or escaped, next to a slash.
    private static final int SLASH = 16;
    private static final int DOT = 32; // SLASH << 1

    private static final byte[] KINDS = kinds();

    /// The URL that `text` is, or `null` if it takes more to tell.
    static @Nullable Url parse(String text) {
        if (text.startsWith("https://")) return parse(text, "https".length(), 443);
        if (text.startsWith("http://")) return parse(text, "http".length(), 80);
        return null;
    }

    private static @Nullable Url parse(String text, int schemeEnd, int defaultPort) {
        int length = text.length();
        int hostStart = schemeEnd + "://".length();
        int hostEnd = skip(text, hostStart, HOST);
        if (hostEnd == hostStart || isUnusualHost(text, hostStart, hostEnd)) return null;
        int pathStart = hostEnd;
        int port = Url.NO_PORT;
        if (isAt(text, hostEnd, ':')) {
            pathStart = skipDigits(text, hostEnd + 1);
            port = port(text, hostEnd + 1, pathStart);
            if (port < 0 || port == defaultPort) return null;
        }
        if (pathStart == length) {
            return new Url(
                    text.concat("/"),
                    schemeEnd,
                    hostStart,
                    hostStart,
                    hostEnd,
                    port,
                    pathStart,
                    length + 1,
                    length + 1);
        }
        int queryStart = skipPath(text, pathStart);
        if (queryStart == pathStart) return null;
        int fragmentStart = queryStart;
        if (isAt(text, queryStart, '?')) {
            fragmentStart = skip(text, queryStart + 1, QUERY);
        }
        int end = fragmentStart;
        if (isAt(text, fragmentStart, '#')) {
            end = skip(text, fragmentStart + 1, FRAGMENT);
        }
        if (end != length) return null;
        return new Url(
                text,
                schemeEnd,
                hostStart,
                hostStart,
                hostEnd,
                port,
                pathStart,
                queryStart,
                fragmentStart);
    }

    /// Whether a host may be an IPv4 address in another than its one form.
    private static boolean isUnusualHost(String text, int from, int to) {
        // An IPv4 address ends with a digit of some radix, with the x of `0x`, or with a dot.
        char last = text.charAt(to - 1);
        if (last > 'f' && last != 'x') return false;
        int label = text.lastIndexOf('.', to - 2) + 1;
        if (label < from) {
            label = from;
        }
        return UrlCharacters.isDigit(text.charAt(label))
                && !Ipv4Parser.isSerialized(text, from, to);
    }

    /// The end of a path without dot segments; `from` if there is no path, or one with them.
    private static int skipPath(String text, int from) {
        byte[] kinds = KINDS;
        int length = text.length();
        int i = from;
        int before = 0;
        int dots = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c > 127) break;
            int kind = kinds[c];
            if ((kind & PATH) == 0) break;
            // No branch on what most paths have: one more to mispredict would cost more.
            dots |= before << 1 & kind;
            before = kind;
            i++;
        }
        boolean dotSegments = (dots & DOT) != 0 && hasDotSegments(text, from, i);
        return dotSegments || !isAt(text, from, '/') ? from : i;
    }

    private static boolean hasDotSegments(String text, int from, int to) {
        int start = from + 1;
        for (int i = start; i <= to; i++) {
            if (i < to && text.charAt(i) != '/') continue;
            if (UrlCharacters.isSingleDot(text, start, i)) return true;
            if (UrlCharacters.isDoubleDot(text, start, i)) return true;
            start = i + 1;
        }
        return false;
    }

    /// The number from `from` to `to`; -1 if it is not written in the one way, or too large.
    private static int port(String text, int from, int to) {
        int digits = to - from;
        if (digits == 0 || digits > 5 || (digits > 1 && text.charAt(from) == '0')) return -1;
        int port = 0;
        for (int i = from; i < to; i++) port = port * 10 + text.charAt(i) - '0';
        return port <= 65535 ? port : -1;
    }

    private static int skipDigits(String text, int from) {
        int i = from;
        while (i < text.length() && UrlCharacters.isDigit(text.charAt(i))) i++;
        return i;
    }

    private static int skip(String text, int from, int kind) {
        byte[] kinds = KINDS;
        int length = text.length();
        int i = from;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c > 127 || (kinds[c] & kind) == 0) break;
        }
        return i;
    }

    private static boolean isAt(String text, int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        PercentSet path = PercentEncodeSets.PATH.without("\\");
        for (char c = 0; c < 128; c++) {
            boolean upper = c >= 'A' && c <= 'Z';
            if (!upper && !UrlCharacters.isForbiddenInDomain(c)) {
                kinds[c] |= HOST;
            }
            if (path.contains(c)) {
                kinds[c] |= PATH;
            }
            if (PercentEncodeSets.SPECIAL_QUERY.contains(c)) {
                kinds[c] |= QUERY;
            }
            if (PercentEncodeSets.FRAGMENT.contains(c)) {
                kinds[c] |= FRAGMENT;
            }
        }
        kinds['/'] |= SLASH;
        kinds['.'] |= DOT;
        kinds['%'] |= DOT;
        return kinds;
    }

    private PlainUrls() {}
}
