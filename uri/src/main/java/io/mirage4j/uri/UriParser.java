// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// One pass over the text, by the grammar of RFC 3986, appendix A. Each step is a scan over the
/// characters that may come next; where it stops, the next delimiter or the fault is.
///
/// This reads every text and knows every fault; [PlainUri] reads most that have none, sooner.
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
        if (!text.startsWith("//", start)) return tail(text, schemeEnd, start);
        int hostEnd = Syntax.skip(text, start + 2, Syntax.REG_NAME);
        return Syntax.isAuthorityEnd(text, hostEnd)
                ? tail(text, schemeEnd, hostEnd)
                : authority(text, schemeEnd, start + 2, hostEnd);
    }

    /// `[ userinfo "@" ] host [ ":" port ]`, where from `start` to `stop` there is nothing but what
    /// may be a registered name.
    private static UriResult authority(String text, int schemeEnd, int start, int stop) {
        int hostStart = start;
        int hostEnd = stop;
        int at = Syntax.skip(text, stop, Syntax.USERINFO);
        if (Syntax.isAt(text, at, '@')) {
            hostStart = at + 1;
            hostEnd = Syntax.skip(text, hostStart, Syntax.REG_NAME);
        }
        if (hostEnd == hostStart && Syntax.isAt(text, hostStart, '[')) {
            hostEnd = IpLiteral.skip(text, hostStart);
            if (hostEnd < 0) return UriError.ipLiteral(text, ~hostEnd);
        }
        int pathStart = hostEnd;
        if (Syntax.isAt(text, hostEnd, ':')) {
            pathStart = Syntax.skipDigits(text, hostEnd + 1);
        }
        return Syntax.isAuthorityEnd(text, pathStart)
                ? tail(text, schemeEnd, pathStart)
                : authorityError(text, at, hostEnd, pathStart);
    }

    /// An `@` further on means that what was taken for a port belongs to the user information.
    private static UriError authorityError(String text, int userinfoEnd, int hostEnd, int portEnd) {
        if (!Syntax.isAt(text, userinfoEnd, '@') && hasAtSign(text, userinfoEnd)) {
            return UriError.character(text, Component.USERINFO, userinfoEnd);
        }
        Component component = portEnd == hostEnd ? Component.HOST : Component.PORT;
        return UriError.character(text, component, portEnd);
    }

    private static boolean hasAtSign(String text, int from) {
        int i = from;
        while (!Syntax.isAuthorityEnd(text, i) && text.charAt(i) != '@') i++;
        return Syntax.isAt(text, i, '@');
    }

    /// `path [ "?" query ] [ "#" fragment ]`
    private static UriResult tail(String text, int schemeEnd, int pathStart) {
        int pathEnd = Syntax.skip(text, pathStart, Syntax.PATH);
        int queryEnd = pathEnd;
        if (Syntax.isAt(text, pathEnd, '?')) {
            queryEnd = Syntax.skip(text, pathEnd + 1, Syntax.QUERY);
        }
        int end = queryEnd;
        if (Syntax.isAt(text, queryEnd, '#')) {
            end = Syntax.skip(text, queryEnd + 1, Syntax.QUERY);
        }
        return end == text.length()
                ? new Uri(text, schemeEnd, pathStart, pathEnd, queryEnd)
                : tailError(text, pathEnd, queryEnd, end);
    }

    private static UriError tailError(String text, int pathEnd, int queryEnd, int position) {
        Component component = Component.FRAGMENT;
        if (position == queryEnd) {
            component = Component.QUERY;
        }
        if (position == pathEnd) {
            component = Component.PATH;
        }
        return UriError.character(text, component, position);
    }

    private UriParser() {}
}
