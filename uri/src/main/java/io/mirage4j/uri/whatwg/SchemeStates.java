// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// The scheme start state, the scheme state and the no scheme state.
final class SchemeStates {
    /// The scheme start state and the scheme state.
    static UrlState schemeStart(UrlScan in) {
        int i = in.p;
        if (i < in.text.length() && UrlCharacters.isAlpha(in.text.charAt(i))) {
            while (i < in.text.length() && UrlCharacters.isInScheme(in.text.charAt(i))) i++;
        }
        if (i > in.p && in.isAt(i, ':')) {
            return scheme(in, UrlCharacters.lowercase(in.text.substring(in.p, i)), i);
        }
        return in.override == null ? UrlState.NO_SCHEME : UrlState.FAILED;
    }

    private static UrlState scheme(UrlScan in, String scheme, int colon) {
        if (in.override != null) return changeScheme(in, scheme);
        in.url.setScheme(scheme);
        in.p = colon + 1;
        if (in.url.isFile()) {
            if (!in.text.startsWith("//", in.p)) {
                in.reportMissingSlashes();
            }
            return UrlState.FILE;
        }
        if (in.url.isSpecial()) {
            return in.base != null && in.base.scheme().equals(scheme)
                    ? UrlState.SPECIAL_RELATIVE_OR_AUTHORITY
                    : UrlState.SPECIAL_AUTHORITY_SLASHES;
        }
        if (in.isAt(in.p, '/')) {
            in.p++;
            return UrlState.PATH_OR_AUTHORITY;
        }
        in.url.opaquePath = true;
        return UrlState.OPAQUE_PATH;
    }

    private static UrlState changeScheme(UrlScan in, String scheme) {
        SpecialScheme special = SpecialScheme.of(scheme);
        if (in.url.isSpecial() != (special != null)) return UrlState.DONE;
        boolean authority = in.url.hasCredentials() || in.url.port != Url.NO_PORT;
        if (authority && special == SpecialScheme.FILE) return UrlState.DONE;
        if (in.url.isFile() && "".equals(in.url.host)) return UrlState.DONE;
        in.url.setScheme(scheme);
        if (in.url.port == in.url.defaultPort()) {
            in.url.port = Url.NO_PORT;
        }
        return UrlState.DONE;
    }

    static UrlState noScheme(UrlScan in) {
        if (in.base == null || (in.base.hasOpaquePath() && !in.isAt(in.p, '#'))) {
            return in.fail(ValidationError.MISSING_SCHEME_NON_RELATIVE_URL, in.p);
        }
        if (in.base.hasOpaquePath()) {
            in.url.setScheme(in.base.scheme());
            in.url.copyPath(in.base);
            in.url.query = in.base.queryOrNull();
            return QueryStates.start(in);
        }
        return in.base.scheme().equals("file") ? UrlState.FILE : UrlState.RELATIVE;
    }

    private SchemeStates() {}
}
