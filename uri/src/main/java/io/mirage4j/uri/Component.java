// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.Locale;

/// The parts of a URI (RFC 3986, 3), as errors and repairs name them.
public enum Component {
    /// The text as a whole.
    URI,
    SCHEME,
    USERINFO,
    HOST,
    PORT,
    PATH,
    QUERY,
    FRAGMENT;

    /// The word of the RFC in lower case.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
