// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// The states of a text that takes something from its base, and those in which it may.
final class RelativeStates {
    static UrlState specialRelativeOrAuthority(UrlScan in) {
        if (in.text.startsWith("//", in.p)) {
            in.p += 2;
            return UrlState.SPECIAL_AUTHORITY_IGNORE_SLASHES;
        }
        in.reportMissingSlashes();
        return UrlState.RELATIVE;
    }

    static UrlState pathOrAuthority(UrlScan in) {
        if (!in.isAt(in.p, '/')) return UrlState.PATH;
        in.p++;
        return UrlState.AUTHORITY;
    }

    static UrlState relative(UrlScan in) {
        Url base = in.base();
        in.url.setScheme(base.scheme());
        if (in.takeSlash()) return UrlState.RELATIVE_SLASH;
        in.url.copyAuthority(base);
        in.url.copyPath(base);
        in.url.query = base.queryOrNull();
        return relativeToPath(in, false);
    }

    /// The common end of the relative state and the file state: what follows changes the base's
    /// path, its query, or its fragment only.
    static UrlState relativeToPath(UrlScan in, boolean startsWithDrive) {
        if (in.isAt(in.p, '?') || in.isAt(in.p, '#')) return QueryStates.start(in);
        if (in.p == in.text.length()) return UrlState.DONE;
        in.url.query = null;
        if (startsWithDrive) {
            in.report.add(ValidationError.FILE_INVALID_WINDOWS_DRIVE_LETTER, in.position(in.p));
            in.url.path.setLength(0);
        } else {
            in.url.shortenPath();
        }
        return UrlState.PATH;
    }

    static UrlState relativeSlash(UrlScan in) {
        if (in.url.isSpecial() && in.takeSlash()) return UrlState.SPECIAL_AUTHORITY_IGNORE_SLASHES;
        if (in.isAt(in.p, '/')) {
            in.p++;
            return UrlState.AUTHORITY;
        }
        in.url.copyAuthority(in.base());
        return UrlState.PATH;
    }

    private RelativeStates() {}
}
