// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import org.jspecify.annotations.Nullable;

/// The schemes that the URL Standard knows by name.
enum SpecialScheme {
    FTP(21),
    FILE(Url.NO_PORT),
    HTTP(80),
    HTTPS(443),
    WS(80),
    WSS(443);

    private final int defaultPort;

    SpecialScheme(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    int defaultPort() {
        return defaultPort;
    }

    /// `scheme` is in lower case; `null` for one that is not special.
    static @Nullable SpecialScheme of(String scheme) {
        return switch (scheme) {
            case "https" -> HTTPS;
            case "http" -> HTTP;
            case "file" -> FILE;
            case "ftp" -> FTP;
            case "ws" -> WS;
            case "wss" -> WSS;
            default -> null;
        };
    }
}
