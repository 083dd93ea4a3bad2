// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// The states of what stands behind two slashes: user information, host and port.
final class AuthorityStates {
    private static final int MAX_PORT = 65535;

    static UrlState specialAuthoritySlashes(UrlScan in) {
        if (in.text.startsWith("//", in.p)) in.p += 2;
        else in.reportMissingSlashes();
        return UrlState.SPECIAL_AUTHORITY_IGNORE_SLASHES;
    }

    static UrlState specialAuthorityIgnoreSlashes(UrlScan in) {
        for (; in.isAt(in.p, '/') || in.isAt(in.p, '\\'); in.p++) in.reportMissingSlashes();
        return UrlState.AUTHORITY;
    }

    /// The last `@` ends the user information, as the standard has it by going back for each.
    static UrlState authority(UrlScan in) {
        int end = authorityEnd(in, in.p);
        int at = -1;
        for (int i = in.text.indexOf('@', in.p, end);
                i >= 0;
                i = in.text.indexOf('@', i + 1, end)) {
            at = i;
            in.report.add(ValidationError.INVALID_CREDENTIALS, in.position(i));
        }
        if (at < 0) return UrlState.HOST;
        if (at + 1 == end) return in.fail(ValidationError.HOST_MISSING, end);
        credentials(in, in.p, at);
        in.p = at + 1;
        return UrlState.HOST;
    }

    private static void credentials(UrlScan in, int from, int to) {
        int colon = from;
        while (colon < to && in.text.charAt(colon) != ':') colon++;
        in.url.username = in.encode(from, colon, PercentEncodeSets.USERINFO);
        in.url.password = in.encode(Math.min(colon + 1, to), to, PercentEncodeSets.USERINFO);
    }

    static int authorityEnd(UrlScan in, int from) {
        boolean backslashes = in.url.isSpecial();
        for (int i = from; i < in.text.length(); i++) {
            char c = in.text.charAt(i);
            if (c == '/' || c == '?' || c == '#' || (c == '\\' && backslashes)) return i;
        }
        return in.text.length();
    }

    static UrlState host(UrlScan in) {
        if (in.override != null && in.url.isFile()) return UrlState.FILE_HOST;
        int end = authorityEnd(in, in.p);
        boolean insideBrackets = false;
        for (int i = in.p; i < end; i++) {
            char c = in.text.charAt(i);
            if (c == ':' && !insideBrackets) return hostBeforePort(in, i);
            if (c == '[') {
                insideBrackets = true;
            }
            if (c == ']') {
                insideBrackets = false;
            }
        }
        boolean empty = in.p == end;
        if (empty && in.url.isSpecial()) return in.fail(ValidationError.HOST_MISSING, end);
        boolean wanted = in.url.hasCredentials() || in.url.port != Url.NO_PORT;
        if (empty && in.override != null && wanted) return UrlState.FAILED;
        if (!parseHost(in, end)) return UrlState.FAILED;
        return in.override == null ? UrlState.PATH_START : UrlState.DONE;
    }

    private static UrlState hostBeforePort(UrlScan in, int colon) {
        if (in.p == colon) return in.fail(ValidationError.HOST_MISSING, colon);
        if (in.override == UrlState.HOSTNAME) return UrlState.FAILED;
        if (!parseHost(in, colon)) return UrlState.FAILED;
        in.p++;
        return UrlState.PORT;
    }

    /// Reads the host from `p` to `end`.
    static boolean parseHost(UrlScan in, int end) {
        var parser =
                new HostParser(in.text, in.p, end, !in.url.isSpecial(), in::position, in.report);
        String host = parser.parse();
        if (host == null) return false;
        in.url.host = host;
        in.p = end;
        return true;
    }

    static UrlState port(UrlScan in) {
        int port = 0;
        int i = in.p;
        for (; i < in.text.length() && UrlCharacters.isDigit(in.text.charAt(i)); i++) {
            port = Math.min(port * 10 + in.text.charAt(i) - '0', MAX_PORT + 1);
        }
        if (in.override == null && authorityEnd(in, i) != i) {
            return in.fail(ValidationError.PORT_INVALID, i);
        }
        if (i > in.p) {
            if (port > MAX_PORT) return in.fail(ValidationError.PORT_OUT_OF_RANGE, in.p);
            in.url.port = port == in.url.defaultPort() ? Url.NO_PORT : port;
            if (in.override != null) return UrlState.DONE;
        }
        if (in.override != null) return UrlState.FAILED;
        in.p = i;
        return UrlState.PATH_START;
    }

    private AuthorityStates() {}
}
