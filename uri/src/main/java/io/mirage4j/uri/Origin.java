// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.Locale;
import java.util.Optional;

/// Who answers for a URI: scheme, host and port (RFC 6454). Equal origins are the same one.
///
/// @param scheme in lower case
/// @param host in lower case, an IPv6 address in brackets and in its recommended form
public record Origin(String scheme, String host, int port) {

    static Optional<Origin> of(Uri uri) {
        String scheme = uri.scheme().orElse("").toLowerCase(Locale.ROOT);
        if (Services.port(scheme) < 0) return Optional.empty();
        return uri.host()
                .map(host -> host.toString().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .map(host -> new Origin(scheme, host, uri.portOrDefault()));
    }

    /// RFC 6454, 6.2: the port is left out if it is the usual one.
    @Override
    public String toString() {
        String start = scheme + "://" + host;
        return port == Services.port(scheme) ? start : start + ":" + port;
    }
}
