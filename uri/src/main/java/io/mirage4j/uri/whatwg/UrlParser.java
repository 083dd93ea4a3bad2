// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The basic URL parser (URL Standard, 4.4), state by state and in its words. Where the standard
/// reads one code point and comes back to the same state, a state here reads on to the end of what
/// it is for; so its buffer is always a range of the input. Each method is a state, begins at `p`,
/// and gives the next state.
final class UrlParser {
    enum State {
        SCHEME_START,
        NO_SCHEME,
        SPECIAL_RELATIVE_OR_AUTHORITY,
        PATH_OR_AUTHORITY,
        RELATIVE,
        RELATIVE_SLASH,
        SPECIAL_AUTHORITY_SLASHES,
        SPECIAL_AUTHORITY_IGNORE_SLASHES,
        AUTHORITY,
        HOST,
        HOSTNAME,
        PORT,
        FILE,
        FILE_SLASH,
        FILE_HOST,
        PATH_START,
        PATH,
        OPAQUE_PATH,
        QUERY,
        FRAGMENT,
        DONE,
        FAILED
    }

    private static final int MAX_PORT = 65535;

    private final UrlInput source;
    private final String input;
    private final @Nullable Url base;
    private final QueryEncoding encoding;
    private final UrlRecord url;
    private final @Nullable State override;
    private final Report report;

    private int p; // the standard's pointer

    private UrlParser(
            UrlInput source,
            @Nullable Url base,
            QueryEncoding encoding,
            UrlRecord url,
            @Nullable State override,
            Report report) {
        this.source = source;
        this.input = source.text();
        this.base = base;
        this.encoding = encoding;
        this.url = url;
        this.override = override;
        this.report = report;
    }

    static UrlResult parse(String text, UrlOptions options) {
        var report = Report.ofFailure();
        UrlParser parser = of(text, options, report);
        return parser.run(State.SCHEME_START) ? parser.url.toUrl() : report.error();
    }

    static List<UrlFinding> findings(String text, UrlOptions options) {
        var report = Report.ofEverything();
        UrlParser parser = of(text, options, report);
        parser.source.reportTo(report);
        parser.run(State.SCHEME_START);
        return report.findings();
    }

    private static UrlParser of(String text, UrlOptions options, Report report) {
        UrlInput input = UrlInput.trimmed(text);
        var url = new UrlRecord(text.length() + 16);
        return new UrlParser(input, options.base(), options.queryEncoding(), url, null, report);
    }

    /// What becomes of `url` when `value` is parsed with this state override. Failing is no matter:
    /// what was changed up to there stays changed.
    static Url modify(Url url, String value, State override) {
        return modify(url, new UrlRecord(url), value, override);
    }

    /// As above, with a record of `url` in which something is changed already.
    static Url modify(Url url, UrlRecord changed, String value, State override) {
        UrlInput input = UrlInput.untrimmed(value);
        var parser =
                new UrlParser(
                        input, null, QueryEncoding.UTF_8, changed, override, Report.ofFailure());
        parser.run(override);
        return url.changed(changed);
    }

    private boolean run(State start) {
        State state = start;
        while (state != State.DONE && state != State.FAILED) {
            state =
                    switch (state) {
                        case SCHEME_START -> schemeStart();
                        case NO_SCHEME -> noScheme();
                        case SPECIAL_RELATIVE_OR_AUTHORITY -> specialRelativeOrAuthority();
                        case PATH_OR_AUTHORITY -> pathOrAuthority();
                        case RELATIVE -> relative();
                        case RELATIVE_SLASH -> relativeSlash();
                        case SPECIAL_AUTHORITY_SLASHES -> specialAuthoritySlashes();
                        case SPECIAL_AUTHORITY_IGNORE_SLASHES -> specialAuthorityIgnoreSlashes();
                        case AUTHORITY -> authority();
                        case HOST, HOSTNAME -> host();
                        case PORT -> port();
                        case FILE -> file();
                        case FILE_SLASH -> fileSlash();
                        case FILE_HOST -> fileHost();
                        case PATH_START -> pathStart();
                        case PATH -> path();
                        case OPAQUE_PATH -> opaquePath();
                        case QUERY -> query();
                        case FRAGMENT -> fragment();
                        case DONE, FAILED -> throw new AssertionError(state);
                    };
        }
        return state == State.DONE;
    }

    // ---- scheme

    /// The scheme start state and the scheme state.
    private State schemeStart() {
        int i = p;
        if (i < input.length() && UrlCharacters.isAlpha(input.charAt(i))) {
            while (i < input.length() && UrlCharacters.isInScheme(input.charAt(i))) i++;
        }
        if (i > p && isAt(i, ':')) return scheme(UrlCharacters.lowercase(input.substring(p, i)), i);
        return override == null ? State.NO_SCHEME : State.FAILED;
    }

    private State scheme(String scheme, int colon) {
        if (override != null) return changeScheme(scheme);
        url.setScheme(scheme);
        p = colon + 1;
        if (url.isFile()) {
            if (!input.startsWith("//", p)) {
                reportMissingSlashes();
            }
            return State.FILE;
        }
        if (url.isSpecial()) {
            return base != null && base.scheme().equals(scheme)
                    ? State.SPECIAL_RELATIVE_OR_AUTHORITY
                    : State.SPECIAL_AUTHORITY_SLASHES;
        }
        if (isAt(p, '/')) {
            p++;
            return State.PATH_OR_AUTHORITY;
        }
        url.opaquePath = true;
        return State.OPAQUE_PATH;
    }

    private State changeScheme(String scheme) {
        SpecialScheme special = SpecialScheme.of(scheme);
        if (url.isSpecial() != (special != null)) return State.DONE;
        boolean authority = url.hasCredentials() || url.port != Url.NO_PORT;
        if (authority && special == SpecialScheme.FILE) return State.DONE;
        if (url.isFile() && "".equals(url.host)) return State.DONE;
        url.setScheme(scheme);
        if (url.port == url.defaultPort()) {
            url.port = Url.NO_PORT;
        }
        return State.DONE;
    }

    private State noScheme() {
        if (base == null || (base.hasOpaquePath() && !isAt(p, '#'))) {
            return fail(ValidationError.MISSING_SCHEME_NON_RELATIVE_URL, p);
        }
        if (base.hasOpaquePath()) {
            url.setScheme(base.scheme());
            url.copyPath(base);
            url.query = base.queryOrNull();
            return startFragment();
        }
        return base.scheme().equals("file") ? State.FILE : State.RELATIVE;
    }

    // ---- relative to a base

    private State specialRelativeOrAuthority() {
        if (input.startsWith("//", p)) {
            p += 2;
            return State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
        }
        reportMissingSlashes();
        return State.RELATIVE;
    }

    private State pathOrAuthority() {
        if (!isAt(p, '/')) return State.PATH;
        p++;
        return State.AUTHORITY;
    }

    private State relative() {
        Url base = base();
        url.setScheme(base.scheme());
        if (isSlashAt(p)) {
            reportIfBackslash(p);
            p++;
            return State.RELATIVE_SLASH;
        }
        url.copyAuthority(base);
        url.copyPath(base);
        url.query = base.queryOrNull();
        return relativeToPath(false);
    }

    /// The common end of the relative state and the file state: what follows changes the base's
    /// path, its query, or its fragment only.
    private State relativeToPath(boolean startsWithDrive) {
        if (isAt(p, '?')) return startQuery();
        if (isAt(p, '#')) return startFragment();
        if (p == input.length()) return State.DONE;
        url.query = null;
        if (startsWithDrive) {
            report.add(ValidationError.FILE_INVALID_WINDOWS_DRIVE_LETTER, position(p));
            url.path.setLength(0);
        } else {
            url.shortenPath();
        }
        return State.PATH;
    }

    private State relativeSlash() {
        if (url.isSpecial() && isSlashAt(p)) {
            reportIfBackslash(p);
            p++;
            return State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
        }
        if (isAt(p, '/')) {
            p++;
            return State.AUTHORITY;
        }
        url.copyAuthority(base());
        return State.PATH;
    }

    // ---- authority

    private State specialAuthoritySlashes() {
        if (input.startsWith("//", p)) p += 2;
        else reportMissingSlashes();
        return State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
    }

    private State specialAuthorityIgnoreSlashes() {
        for (; isAt(p, '/') || isAt(p, '\\'); p++) reportMissingSlashes();
        return State.AUTHORITY;
    }

    /// The last `@` ends the user information, as the standard has it by going back for each.
    private State authority() {
        int end = authorityEnd(p);
        int at = -1;
        for (int i = input.indexOf('@', p, end); i >= 0; i = input.indexOf('@', i + 1, end)) {
            at = i;
            report.add(ValidationError.INVALID_CREDENTIALS, position(i));
        }
        if (at < 0) return State.HOST;
        if (at + 1 == end) return fail(ValidationError.HOST_MISSING, end);
        credentials(p, at);
        p = at + 1;
        return State.HOST;
    }

    private void credentials(int from, int to) {
        int colon = from;
        while (colon < to && input.charAt(colon) != ':') colon++;
        url.username = encode(from, colon, PercentEncodeSets.USERINFO);
        url.password = encode(Math.min(colon + 1, to), to, PercentEncodeSets.USERINFO);
    }

    private int authorityEnd(int from) {
        boolean backslashes = url.isSpecial();
        for (int i = from; i < input.length(); i++) {
            char c = input.charAt(i);
            if (c == '/' || c == '?' || c == '#' || (c == '\\' && backslashes)) return i;
        }
        return input.length();
    }

    private State host() {
        if (override != null && url.isFile()) return State.FILE_HOST;
        int end = authorityEnd(p);
        boolean insideBrackets = false;
        for (int i = p; i < end; i++) {
            char c = input.charAt(i);
            if (c == ':' && !insideBrackets) return hostBeforePort(i);
            if (c == '[') {
                insideBrackets = true;
            }
            if (c == ']') {
                insideBrackets = false;
            }
        }
        boolean empty = p == end;
        if (empty && url.isSpecial()) return fail(ValidationError.HOST_MISSING, end);
        boolean wanted = url.hasCredentials() || url.port != Url.NO_PORT;
        if (empty && override != null && wanted) return State.FAILED;
        if (!parseHost(end)) return State.FAILED;
        return override == null ? State.PATH_START : State.DONE;
    }

    private State hostBeforePort(int colon) {
        if (p == colon) return fail(ValidationError.HOST_MISSING, colon);
        if (override == State.HOSTNAME) return State.FAILED;
        if (!parseHost(colon)) return State.FAILED;
        p++;
        return State.PORT;
    }

    /// Reads the host from `p` to `end`.
    private boolean parseHost(int end) {
        var parser = new HostParser(input, p, end, !url.isSpecial(), this::position, report);
        String host = parser.parse();
        if (host == null) return false;
        url.host = host;
        p = end;
        return true;
    }

    private State port() {
        int port = 0;
        int i = p;
        for (; i < input.length() && UrlCharacters.isDigit(input.charAt(i)); i++) {
            port = Math.min(port * 10 + input.charAt(i) - '0', MAX_PORT + 1);
        }
        if (override == null && authorityEnd(i) != i) return fail(ValidationError.PORT_INVALID, i);
        if (i > p) {
            if (port > MAX_PORT) return fail(ValidationError.PORT_OUT_OF_RANGE, p);
            url.port = port == url.defaultPort() ? Url.NO_PORT : port;
            if (override != null) return State.DONE;
        }
        if (override != null) return State.FAILED;
        p = i;
        return State.PATH_START;
    }

    // ---- file

    private State file() {
        url.setScheme("file");
        url.host = "";
        if (isSlashAt(p)) {
            reportIfBackslash(p);
            p++;
            return State.FILE_SLASH;
        }
        if (!hasFileBase()) return State.PATH;
        Url base = base();
        url.host = base.hostname();
        url.copyPath(base);
        url.query = base.queryOrNull();
        return relativeToPath(UrlCharacters.startsWithWindowsDriveLetter(input, p));
    }

    private State fileSlash() {
        if (isSlashAt(p)) {
            reportIfBackslash(p);
            p++;
            return State.FILE_HOST;
        }
        if (hasFileBase()) {
            url.host = base().hostname();
            String path = base().pathname();
            if (!UrlCharacters.startsWithWindowsDriveLetter(input, p)
                    && UrlRecord.startsWithDrive(path)) {
                url.path.append(path, 0, "/C:".length());
            }
        }
        return State.PATH;
    }

    private State fileHost() {
        int end = authorityEnd(p);
        if (override == null && UrlCharacters.isWindowsDriveLetter(input, p, end)) {
            report.add(ValidationError.FILE_INVALID_WINDOWS_DRIVE_LETTER_HOST, position(p));
            return State.PATH; // it is the first segment
        }
        if (p == end) {
            url.host = "";
        } else {
            if (!parseHost(end)) return State.FAILED;
            if ("localhost".equals(url.host)) {
                url.host = "";
            }
        }
        return override == null ? State.PATH_START : State.DONE;
    }

    // ---- path, query, fragment

    private State pathStart() {
        if (url.isSpecial()) {
            if (isSlashAt(p)) {
                reportIfBackslash(p);
                p++;
            }
            return State.PATH;
        }
        if (p == input.length()) {
            if (override != null && url.host == null) {
                url.path.append('/');
            }
            return State.DONE;
        }
        if (override == null && isAt(p, '?')) return startQuery();
        if (override == null && isAt(p, '#')) return startFragment();
        if (isAt(p, '/')) {
            p++;
        }
        return State.PATH;
    }

    private State path() {
        while (true) {
            int end = segmentEnd(p);
            boolean slash = isSlashAt(end);
            reportUnits(p, end);
            if (slash) {
                reportIfBackslash(end);
            }
            addSegment(p, end, slash);
            p = end;
            if (p == input.length()) return State.DONE;
            if (!slash) return isAt(p, '?') ? startQuery() : startFragment();
            p++;
        }
    }

    private int segmentEnd(int from) {
        boolean backslashes = url.isSpecial();
        boolean pathOnly = override != null;
        for (int i = from; i < input.length(); i++) {
            char c = input.charAt(i);
            if (c == '/' || (c == '\\' && backslashes)) return i;
            if ((c == '?' || c == '#') && !pathOnly) return i;
        }
        return input.length();
    }

    private void addSegment(int from, int to, boolean slash) {
        if (UrlCharacters.isDoubleDot(input, from, to)) {
            url.shortenPath();
            if (!slash) {
                url.path.append('/');
            }
        } else if (UrlCharacters.isSingleDot(input, from, to)) {
            if (!slash) {
                url.path.append('/');
            }
        } else if (url.isFile()
                && url.path.isEmpty()
                && UrlCharacters.isWindowsDriveLetter(input, from, to)) {
            url.path.append('/').append(input.charAt(from)).append(':');
        } else {
            url.path.append('/');
            PercentEncoder.append(url.path, input, from, to, PercentEncodeSets.PATH);
        }
    }

    private State opaquePath() {
        int end = p;
        while (end < input.length() && !isAt(end, '?') && !isAt(end, '#')) end++;
        reportUnits(p, end);
        // A space at the end would be lost on parsing again, were there no query or fragment.
        boolean space = end < input.length() && end > p && isAt(end - 1, ' ');
        int to = space ? end - 1 : end;
        PercentEncoder.append(url.path, input, p, to, PercentEncodeSets.C0_CONTROL);
        if (space) {
            url.path.append("%20");
        }
        p = end;
        if (p == input.length()) return State.DONE;
        return isAt(p, '?') ? startQuery() : startFragment();
    }

    private State startQuery() {
        p++;
        return State.QUERY;
    }

    private State query() {
        int end = override == null ? input.indexOf('#', p) : -1;
        if (end < 0) {
            end = input.length();
        }
        reportUnits(p, end);
        boolean webSocket = url.special == SpecialScheme.WS || url.special == SpecialScheme.WSS;
        boolean legacy = url.isSpecial() && !webSocket;
        PercentSet plain =
                url.isSpecial() ? PercentEncodeSets.SPECIAL_QUERY : PercentEncodeSets.QUERY;
        var query = new StringBuilder(end - p + 16);
        QueryEncoding queryEncoding = legacy ? encoding : QueryEncoding.UTF_8;
        queryEncoding.append(query, input.substring(p, end), plain);
        url.query = query.toString();
        p = end;
        return p == input.length() ? State.DONE : startFragment();
    }

    private State startFragment() {
        p++;
        return State.FRAGMENT;
    }

    private State fragment() {
        reportUnits(p, input.length());
        url.fragment = encode(p, input.length(), PercentEncodeSets.FRAGMENT);
        return State.DONE;
    }

    // ---- what the states share

    private String encode(int from, int to, PercentSet plain) {
        var out = new StringBuilder(to - from + 16);
        PercentEncoder.append(out, input, from, to, plain);
        return out.toString();
    }

    private boolean isAt(int index, char c) {
        return index < input.length() && input.charAt(index) == c;
    }

    /// A slash, or what passes for one in a special URL.
    private boolean isSlashAt(int index) {
        return isAt(index, '/') || (url.isSpecial() && isAt(index, '\\'));
    }

    private boolean hasFileBase() {
        return base != null && base.scheme().equals("file");
    }

    /// The base, in states that are only for texts relative to one.
    private Url base() {
        if (base == null) throw new AssertionError("relative without a base");
        return base;
    }

    private int position(int index) {
        return source.position(index);
    }

    private State fail(ValidationError error, int index) {
        report.fail(error, position(index));
        return State.FAILED;
    }

    private void reportMissingSlashes() {
        report.add(ValidationError.SPECIAL_SCHEME_MISSING_FOLLOWING_SOLIDUS, position(p));
    }

    private void reportIfBackslash(int index) {
        if (!isAt(index, '\\')) return;
        report.add(ValidationError.INVALID_REVERSE_SOLIDUS, position(index));
    }

    /// Reports what is not a URL unit between two indices.
    private void reportUnits(int from, int to) {
        if (!report.wantsEverything()) return;
        for (int i = from; i < to; ) {
            int c = input.codePointAt(i);
            boolean unit =
                    c == '%'
                            ? UrlCharacters.isEscape(input, i, to)
                            : UrlCharacters.isUrlCodePoint(c);
            if (!unit) {
                report.add(ValidationError.INVALID_URL_UNIT, position(i));
            }
            i += Character.charCount(c);
        }
    }
}
