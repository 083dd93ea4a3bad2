// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cookie;

import io.mirage4j.uri.Uri;

/// Who has a request sent: what SameSite is about (RFC 6265bis, 5.2). A request without one is the
/// user's own.
///
/// @param site where the user is: the document that the request comes from, or its top-level one
/// @param navigation whether the answer is to take the place of that document
public record Initiator(Uri site, boolean navigation) {
    /// A document that loads a part of itself, or sends something.
    public static Initiator of(Uri site) {
        return new Initiator(site, false);
    }

    /// A link of a document's that the user follows.
    public static Initiator navigation(Uri site) {
        return new Initiator(site, true);
    }
}
