// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// The characters that RFC 3987 adds to those of a URI, and their escapes.
final class IriCharacters {
    /// `ucschar` of RFC 3987, 2.2.
    static boolean isUcschar(int c) {
        if (c < 0x10000) {
            return isBetween(c, 0xa0, 0xd7ff)
                    || isBetween(c, 0xf900, 0xfdcf)
                    || isBetween(c, 0xfdf0, 0xffef);
        }
        return c <= 0xefffd && !isNoncharacter(c) && !isBetween(c, 0xe0000, 0xe0fff);
    }

    /// `iprivate` of RFC 3987, 2.2, which only a query may have.
    static boolean isIprivate(int c) {
        return isBetween(c, 0xe000, 0xf8ff) || (c >= 0xf0000 && !isNoncharacter(c));
    }

    private static boolean isBetween(int c, int first, int last) {
        return c >= first && c <= last;
    }

    /// Whether `c` is one of the last two of a plane.
    private static boolean isNoncharacter(int c) {
        return (c & 0xfffe) == 0xfffe;
    }

    /// Escapes what an IRI may have and a URI may not. Other characters beyond ASCII stay.
    static String escape(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) < 0x80) first++;
        if (first == text.length()) return text;
        var out = new StringBuilder(text.length() * 2);
        var walk = new Walk(text);
        while (walk.hasNext()) {
            int c = walk.next();
            if (walk.isEscaped(c)) PercentSet.appendEscaped(out, c);
            else out.appendCodePoint(c);
        }
        return out.toString();
    }

    /// The error of the escaped text, with the position in the text itself.
    static UriError error(String text, UriError error) {
        int escapedAt = 0;
        var walk = new Walk(text);
        while (walk.hasNext()) {
            int at = walk.at;
            int c = walk.next();
            escapedAt += walk.isEscaped(c) ? escapedLength(c) : Character.charCount(c);
            if (escapedAt > error.position()) return error.in(text, at);
        }
        return error.in(text, text.length());
    }

    /// The length of the escapes of a code point.
    static int escapedLength(int c) {
        return c < 0x80 ? 3 : c < 0x800 ? 6 : c < 0x10000 ? 9 : 12;
    }

    /// Undoes the escapes of characters that an IRI may have as they are (RFC 3987, 3.2).
    static String unescape(Uri uri) {
        String text = uri.toString();
        int first = text.indexOf('%');
        if (first < 0) return text;
        int queryStart = uri.hasQuery() ? text.indexOf('?') : text.length();
        int queryEnd = uri.hasFragment() ? text.indexOf('#') : text.length();
        var out = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); ) {
            int c = text.charAt(i) == '%' ? escapedCodePoint(text, i) : -1;
            boolean inQuery = i > queryStart && i < queryEnd;
            if (c >= 0 && mayStand(c, inQuery)) {
                out.appendCodePoint(c);
                i += escapedLength(c);
            } else {
                int end = text.charAt(i) == '%' ? i + 3 : i + 1;
                out.append(text, i, end);
                i = end;
            }
        }
        return out.toString();
    }

    private static boolean mayStand(int c, boolean inQuery) {
        if (c < 0x80) return PercentSet.UNRESERVED.contains(c);
        return (isUcschar(c) && !isBidiControl(c)) || (inQuery && isIprivate(c));
    }

    /// The marks for the direction of writing, which an IRI must not have (RFC 3987, 4.1), and the
    /// isolates that Unicode has added since.
    private static boolean isBidiControl(int c) {
        return c == 0x200e
                || c == 0x200f
                || isBetween(c, 0x202a, 0x202e)
                || isBetween(c, 0x2066, 0x2069);
    }

    /// The code point whose escaped UTF-8 form begins at `index`, or -1 if there is none.
    static int escapedCodePoint(String text, int index) {
        int lead = PercentSet.escapedOctet(text, index);
        if (lead < 0x80) return lead;
        int octets = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4) return -1;
        int c = lead & (0x7f >> octets);
        for (int k = 1; k < octets; k++) {
            int at = index + 3 * k;
            int octet = PercentSet.isEscape(text, at) ? PercentSet.escapedOctet(text, at) : 0;
            if ((octet & 0xc0) != 0x80) return -1;
            c = (c << 6) | (octet & 0x3f);
        }
        boolean isShortest = escapedLength(c) == 3 * octets;
        return isShortest && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) ? c : -1;
    }

    /// Goes through an IRI by code points and knows whether it is in the query.
    private static final class Walk {
        private final String text;
        private int at;
        private boolean inQuery;
        private boolean inFragment;

        Walk(String text) {
            this.text = text;
        }

        boolean hasNext() {
            return at < text.length();
        }

        int next() {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == '#') {
                inFragment = true;
            }
            if (c == '?') {
                inQuery = true;
            }
            return c;
        }

        boolean isEscaped(int c) {
            return isUcschar(c) || (inQuery && !inFragment && isIprivate(c));
        }
    }
}
