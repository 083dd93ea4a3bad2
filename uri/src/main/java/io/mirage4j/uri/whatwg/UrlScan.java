// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

import org.jspecify.annotations.Nullable;

/// What the states of the basic URL parser share: the input and their pointer into it, the base,
/// the record that they fill, and who is told what is wrong.
final class UrlScan {
    private final UrlInput source;
    final String text;
    final @Nullable Url base;
    final QueryEncoding encoding;
    final UrlRecord url;
    final @Nullable UrlState override;
    final Report report;

    int p; // the standard's pointer

    UrlScan(
            UrlInput source,
            @Nullable Url base,
            QueryEncoding encoding,
            UrlRecord url,
            @Nullable UrlState override,
            Report report) {
        this.source = source;
        this.text = source.text();
        this.base = base;
        this.encoding = encoding;
        this.url = url;
        this.override = override;
        this.report = report;
    }

    /// Where in the text given the character at `index` is.
    int position(int index) {
        return source.position(index);
    }

    boolean isAt(int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    /// A slash, or what passes for one in a special URL.
    boolean isSlashAt(int index) {
        return isAt(index, '/') || (url.isSpecial() && isAt(index, '\\'));
    }

    /// Goes on behind a slash, if there is one.
    boolean takeSlash() {
        if (!isSlashAt(p)) return false;
        reportIfBackslash(p);
        p++;
        return true;
    }

    /// The base, in states that are only for texts relative to one.
    Url base() {
        if (base == null) throw new AssertionError("relative without a base");
        return base;
    }

    UrlState fail(ValidationError error, int index) {
        report.fail(error, position(index));
        return UrlState.FAILED;
    }

    void reportMissingSlashes() {
        report.add(ValidationError.SPECIAL_SCHEME_MISSING_FOLLOWING_SOLIDUS, position(p));
    }

    void reportIfBackslash(int index) {
        if (!isAt(index, '\\')) return;
        report.add(ValidationError.INVALID_REVERSE_SOLIDUS, position(index));
    }

    /// Reports what is not a URL unit between two indices.
    void reportUnits(int from, int to) {
        if (!report.wantsEverything()) return;
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            boolean unit =
                    c == '%'
                            ? UrlCharacters.isEscape(text, i, to)
                            : UrlCharacters.isUrlCodePoint(c);
            if (!unit) {
                report.add(ValidationError.INVALID_URL_UNIT, position(i));
            }
            i += Character.charCount(c);
        }
    }

    String encode(int from, int to, PercentSet plain) {
        var out = new StringBuilder(to - from + 16);
        PercentEncoder.append(out, text, from, to, plain);
        return out.toString();
    }
}
