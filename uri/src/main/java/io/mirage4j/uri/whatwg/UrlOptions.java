// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.Uri;

import org.jspecify.annotations.Nullable;

/// What parsing goes by besides the text.
///
/// ```java
/// Url.parse(link, UrlOptions.DEFAULT.withBase(page).withQueryEncoding(shiftJis));
/// ```
///
/// @param base what a relative text is relative to; `null` if it may not be relative
/// @param queryEncoding the encoding of the document that the text is from
/// @param maxLength the longest text that is parsed, in characters
public record UrlOptions(@Nullable Url base, QueryEncoding queryEncoding, int maxLength) {
    /// No base, UTF-8, and the same limit as [Uri] has.
    public static final UrlOptions DEFAULT =
            new UrlOptions(null, QueryEncoding.UTF_8, Uri.DEFAULT_MAX_LENGTH);

    public UrlOptions withBase(Url base) {
        return new UrlOptions(base, queryEncoding, maxLength);
    }

    public UrlOptions withQueryEncoding(QueryEncoding queryEncoding) {
        return new UrlOptions(base, queryEncoding, maxLength);
    }

    public UrlOptions withMaxLength(int maxLength) {
        return new UrlOptions(base, queryEncoding, maxLength);
    }
}
