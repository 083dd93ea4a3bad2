// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// The short way to read the URIs that most are: with a scheme or an absolute path, with neither
/// user information nor an IP address in brackets, and with one `?` at most. For all others, and
/// for what is none, [UriParser] is the judge, which gives the same for these.
final class PlainUri {
    /*
     * It reads a copy of the text in Latin-1, not the text. `String.charAt` asks at each character
     * whether the string is one of octets; where a program has once used one that is not, the
     * compiler makes a call of the other answer, and what is around it must be loaded again each
     * time. The copy is one vectorised move. The benchmark row `uri/parse` tells.
     *
     * The loops are plain on purpose: unrolled by four they were slower on URIs of the usual
     * lengths, and so was a vectorised search for the delimiters with a check of what is between.
     */

    static @Nullable Uri parse(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        int schemeEnd = Syntax.skip(octets, 0, Syntax.SCHEME);
        int start = schemeEnd + 1;
        if (schemeEnd == 0) {
            if (!isAt(octets, 0, '/')) return null;
            schemeEnd = -1;
            start = 0;
        } else if (!isAt(octets, schemeEnd, ':') || !Syntax.isAlpha(octets[0])) {
            return null;
        }
        int pathStart = start;
        if (isAt(octets, start, '/') && isAt(octets, start + 1, '/')) {
            pathStart = skip(octets, start + 2, Syntax.REG_NAME);
            if (isAt(octets, pathStart, ':')) {
                pathStart = Syntax.skip(octets, pathStart + 1, Syntax.DIGIT);
            }
            if (!isAuthorityEnd(octets, pathStart)) return null;
        }
        int pathEnd = skip(octets, pathStart, Syntax.PATH);
        int queryEnd = pathEnd;
        // What has no place in Latin-1 has become a '?' too.
        if (isAt(octets, pathEnd, '?') && text.charAt(pathEnd) == '?') {
            queryEnd = skip(octets, pathEnd + 1, Syntax.PATH);
        }
        int end = queryEnd;
        if (isAt(octets, queryEnd, '#')) {
            end = skip(octets, queryEnd + 1, Syntax.PATH);
        }
        if (end < text.length()) return null;
        return new Uri(text, schemeEnd, pathStart, pathEnd, queryEnd);
    }

    private static int skip(byte[] octets, int from, int classes) {
        int i = Syntax.skip(octets, from, classes);
        while (isEscape(octets, i)) i = Syntax.skip(octets, i + 3, classes);
        return i;
    }

    private static boolean isEscape(byte[] octets, int index) {
        return isAt(octets, index, '%')
                && index + 2 < octets.length
                && PercentSet.hexDigit(octets[index + 1]) >= 0
                && PercentSet.hexDigit(octets[index + 2]) >= 0;
    }

    private static boolean isAuthorityEnd(byte[] octets, int index) {
        return index == octets.length
                || octets[index] == '/'
                || octets[index] == '?'
                || octets[index] == '#';
    }

    private static boolean isAt(byte[] octets, int index, char c) {
        return index < octets.length && octets[index] == c;
    }

    private PlainUri() {}
}
