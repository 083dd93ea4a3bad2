// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cookie;

/// Says below which names anybody can have a name, as with `com` or `co.uk`: a cookie for all of
/// them is refused. The list itself is not part of this library, since it ages.
@FunctionalInterface
public interface PublicSuffixes {
    /// Names of one label, the least there is.
    PublicSuffixes TOP_LEVEL = domain -> domain.indexOf('.') < 0;

    /// Whether a domain, in lower case, is such a suffix.
    boolean isPublicSuffix(String domain);
}
