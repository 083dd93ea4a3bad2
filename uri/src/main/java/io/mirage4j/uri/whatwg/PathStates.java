// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// The states of the path, a list of segments or opaque.
final class PathStates {
    static UrlState pathStart(UrlScan in) {
        if (in.url.isSpecial()) {
            in.takeSlash();
            return UrlState.PATH;
        }
        if (in.p == in.text.length()) {
            if (in.override != null && in.url.host == null) {
                in.url.path.append('/');
            }
            return UrlState.DONE;
        }
        if (in.override == null && (in.isAt(in.p, '?') || in.isAt(in.p, '#'))) {
            return QueryStates.start(in);
        }
        if (in.isAt(in.p, '/')) {
            in.p++;
        }
        return UrlState.PATH;
    }

    static UrlState path(UrlScan in) {
        while (true) {
            int end = segmentEnd(in, in.p);
            boolean slash = in.isSlashAt(end);
            in.reportUnits(in.p, end);
            if (slash) {
                in.reportIfBackslash(end);
            }
            addSegment(in, in.p, end, slash);
            in.p = end;
            if (in.p == in.text.length()) return UrlState.DONE;
            if (!slash) return QueryStates.start(in);
            in.p++;
        }
    }

    private static int segmentEnd(UrlScan in, int from) {
        boolean backslashes = in.url.isSpecial();
        boolean pathOnly = in.override != null;
        for (int i = from; i < in.text.length(); i++) {
            char c = in.text.charAt(i);
            if (c == '/' || (c == '\\' && backslashes)) return i;
            if ((c == '?' || c == '#') && !pathOnly) return i;
        }
        return in.text.length();
    }

    private static void addSegment(UrlScan in, int from, int to, boolean slash) {
        if (UrlCharacters.isDoubleDot(in.text, from, to)) {
            in.url.shortenPath();
            if (!slash) {
                in.url.path.append('/');
            }
        } else if (UrlCharacters.isSingleDot(in.text, from, to)) {
            if (!slash) {
                in.url.path.append('/');
            }
        } else if (in.url.isFile()
                && in.url.path.isEmpty()
                && UrlCharacters.isWindowsDriveLetter(in.text, from, to)) {
            in.url.path.append('/').append(in.text.charAt(from)).append(':');
        } else {
            in.url.path.append('/');
            PercentEncoder.append(in.url.path, in.text, from, to, PercentEncodeSets.PATH);
        }
    }

    static UrlState opaquePath(UrlScan in) {
        int end = in.p;
        while (end < in.text.length() && !in.isAt(end, '?') && !in.isAt(end, '#')) end++;
        in.reportUnits(in.p, end);
        // A space at the end would be lost on parsing again, were there no query or fragment.
        boolean space = end < in.text.length() && end > in.p && in.isAt(end - 1, ' ');
        int to = space ? end - 1 : end;
        PercentEncoder.append(in.url.path, in.text, in.p, to, PercentEncodeSets.C0_CONTROL);
        if (space) {
            in.url.path.append("%20");
        }
        in.p = end;
        if (in.p == in.text.length()) return UrlState.DONE;
        return QueryStates.start(in);
    }

    private PathStates() {}
}
