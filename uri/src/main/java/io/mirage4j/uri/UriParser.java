// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// One pass over the text, by the grammar of RFC 3986, appendix A. Each step is a scan over the
/// characters that may come next; where it stops, the next delimiter or the fault is. A character
/// is looked at twice only in an authority with user information or a port.
final class UriParser {
    static UriResult parse(String text) {
        int schemeEnd = Syntax.skipScheme(text);
        if (!Syntax.isAt(text, schemeEnd, ':')) return relative(text, schemeEnd);
        if (!Syntax.isAlpha(text.charAt(0))) return UriError.character(text, Component.SCHEME, 0);
        return hierarchy(text, schemeEnd, schemeEnd + 1);
    }

    /// Looks for a colon in the first segment of a text without a scheme, of which the characters
    /// before `from` are no colons.
    private static UriResult relative(String text, int from) {
        int i = from;
        while (!Syntax.isAuthorityEnd(text, i)) {
            // What kept this from being a scheme is the fault.
            if (text.charAt(i) == ':') return UriError.character(text, Component.SCHEME, from);
            i++;
        }
        return hierarchy(text, -1, 0);
    }

    /// `[ "//" authority ] path [ "?" query ] [ "#" fragment ]`
    private static UriResult hierarchy(String text, int schemeEnd, int start) {
        if (!text.startsWith("//", start)) return tail(text, schemeEnd, -1, -1, start);
        int hostStart = start + 2;
        int hostEnd = Syntax.skip(text, hostStart, Syntax.REG_NAME);
        if (Syntax.isAuthorityEnd(text, hostEnd)) {
            return tail(text, schemeEnd, hostStart, hostEnd, hostEnd);
        }
        int at = Syntax.skip(text, hostEnd, Syntax.USERINFO);
        if (Syntax.isAt(text, at, '@')) {
            hostStart = at + 1;
            hostEnd = Syntax.skip(text, hostStart, Syntax.REG_NAME);
        }
        if (hostEnd == hostStart && Syntax.isAt(text, hostStart, '[')) {
            hostEnd = IpLiteral.skip(text, hostStart);
            if (hostEnd < 0) return UriError.ipLiteral(text, ~hostEnd);
        }
        int pathStart = hostEnd;
        if (Syntax.isAt(text, hostEnd, ':')) pathStart = Syntax.skipDigits(text, hostEnd + 1);
        if (Syntax.isAuthorityEnd(text, pathStart)) {
            return tail(text, schemeEnd, hostStart, hostEnd, pathStart);
        }
        return authorityError(text, at, hostEnd, pathStart);
    }

    /// An `@` further on means that what was taken for a port belongs to the user information.
    private static UriError authorityError(String text, int userinfoEnd, int hostEnd, int portEnd) {
        for (int i = userinfoEnd + 1; !Syntax.isAuthorityEnd(text, Math.min(i, text.length())); i++) {
            if (text.charAt(i) == '@' && text.charAt(userinfoEnd) != '@') {
                return UriError.character(text, Component.USERINFO, userinfoEnd);
            }
        }
        Component component = portEnd == hostEnd ? Component.HOST : Component.PORT;
        return UriError.character(text, component, portEnd);
    }

    /// `path [ "?" query ] [ "#" fragment ]`
    private static UriResult tail(
            String text, int schemeEnd, int hostStart, int hostEnd, int pathStart) {
        int pathEnd = Syntax.skip(text, pathStart, Syntax.PATH);
        int queryEnd = pathEnd;
        if (Syntax.isAt(text, pathEnd, '?')) {
            queryEnd = Syntax.skip(text, pathEnd + 1, Syntax.QUERY);
        }
        int end = queryEnd;
        if (Syntax.isAt(text, queryEnd, '#')) {
            end = Syntax.skip(text, queryEnd + 1, Syntax.QUERY);
        }
        if (end < text.length()) {
            Component component =
                    end == pathEnd
                            ? Component.PATH
                            : end == queryEnd ? Component.QUERY : Component.FRAGMENT;
            return UriError.character(text, component, end);
        }
        return new Uri(text, schemeEnd, hostStart, hostEnd, pathStart, pathEnd, queryEnd);
    }

    private UriParser() {}
}
