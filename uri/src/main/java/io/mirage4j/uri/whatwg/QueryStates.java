// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

/// The query state and the fragment state.
final class QueryStates {
    /// At the `?` or the `#` before one of the two.
    static UrlState start(UrlScan in) {
        return in.text.charAt(in.p++) == '?' ? UrlState.QUERY : UrlState.FRAGMENT;
    }

    static UrlState query(UrlScan in) {
        int end = in.override == null ? in.text.indexOf('#', in.p) : -1;
        if (end < 0) {
            end = in.text.length();
        }
        in.reportUnits(in.p, end);
        boolean webSocket =
                in.url.special == SpecialScheme.WS || in.url.special == SpecialScheme.WSS;
        boolean legacy = in.url.isSpecial() && !webSocket;
        PercentSet plain =
                in.url.isSpecial() ? PercentEncodeSets.SPECIAL_QUERY : PercentEncodeSets.QUERY;
        var query = new StringBuilder(end - in.p + 16);
        QueryEncoding queryEncoding = legacy ? in.encoding : QueryEncoding.UTF_8;
        queryEncoding.append(query, in.text.substring(in.p, end), plain);
        in.url.query = query.toString();
        in.p = end;
        return in.p == in.text.length() ? UrlState.DONE : start(in);
    }

    static UrlState fragment(UrlScan in) {
        in.reportUnits(in.p, in.text.length());
        in.url.fragment = in.encode(in.p, in.text.length(), PercentEncodeSets.FRAGMENT);
        return UrlState.DONE;
    }

    private QueryStates() {}
}
