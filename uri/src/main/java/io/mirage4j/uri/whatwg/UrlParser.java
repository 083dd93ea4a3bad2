// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import java.util.List;

/// The basic URL parser (URL Standard, 4.4), state by state and in its words. Where the standard
/// reads one code point and comes back to the same state, a state here reads on to the end of what
/// it is for; so its buffer is always a range of the input. Each state is a method of one of the
/// classes `…States`, begins at `p`, and gives the next state.
final class UrlParser {
    static UrlResult parse(String text, UrlOptions options) {
        var report = Report.ofFailure();
        UrlScan in = scan(UrlInput.trimmed(text), text.length(), options, report);
        return run(in, UrlState.SCHEME_START) ? in.url.toUrl() : report.error();
    }

    static List<UrlFinding> findings(String text, UrlOptions options) {
        var report = Report.ofEverything();
        UrlInput source = UrlInput.trimmed(text);
        source.reportTo(report);
        run(scan(source, text.length(), options, report), UrlState.SCHEME_START);
        return report.findings();
    }

    private static UrlScan scan(UrlInput source, int length, UrlOptions options, Report report) {
        var url = new UrlRecord(length + 16);
        return new UrlScan(source, options.base(), options.queryEncoding(), url, null, report);
    }

    /// What becomes of `url` when `value` is parsed with this state override. Failing is no matter:
    /// what was changed up to there stays changed.
    static Url modify(Url url, String value, UrlState override) {
        return modify(url, new UrlRecord(url), value, override);
    }

    /// As above, with a record of `url` in which something is changed already.
    static Url modify(Url url, UrlRecord changed, String value, UrlState override) {
        UrlInput source = UrlInput.untrimmed(value);
        var report = Report.ofFailure();
        run(new UrlScan(source, null, QueryEncoding.UTF_8, changed, override, report), override);
        return url.changed(changed);
    }

    /// Whether it came to an end without a failure.
    private static boolean run(UrlScan in, UrlState start) {
        UrlState state = start;
        while (state != UrlState.DONE && state != UrlState.FAILED) {
            state =
                    switch (state) {
                        case SCHEME_START -> SchemeStates.schemeStart(in);
                        case NO_SCHEME -> SchemeStates.noScheme(in);
                        case SPECIAL_RELATIVE_OR_AUTHORITY ->
                                RelativeStates.specialRelativeOrAuthority(in);
                        case PATH_OR_AUTHORITY -> RelativeStates.pathOrAuthority(in);
                        case RELATIVE -> RelativeStates.relative(in);
                        case RELATIVE_SLASH -> RelativeStates.relativeSlash(in);
                        case SPECIAL_AUTHORITY_SLASHES ->
                                AuthorityStates.specialAuthoritySlashes(in);
                        case SPECIAL_AUTHORITY_IGNORE_SLASHES ->
                                AuthorityStates.specialAuthorityIgnoreSlashes(in);
                        case AUTHORITY -> AuthorityStates.authority(in);
                        case HOST, HOSTNAME -> AuthorityStates.host(in);
                        case PORT -> AuthorityStates.port(in);
                        case FILE -> FileStates.file(in);
                        case FILE_SLASH -> FileStates.fileSlash(in);
                        case FILE_HOST -> FileStates.fileHost(in);
                        case PATH_START -> PathStates.pathStart(in);
                        case PATH -> PathStates.path(in);
                        case OPAQUE_PATH -> PathStates.opaquePath(in);
                        case QUERY -> QueryStates.query(in);
                        case FRAGMENT -> QueryStates.fragment(in);
                        case DONE, FAILED -> throw new AssertionError(state);
                    };
        }
        return state == UrlState.DONE;
    }

    private UrlParser() {}
}
