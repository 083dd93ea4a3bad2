// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import java.util.Set;

/// What a start line names before its version. All but HTTP, which frame their messages alike, need
/// [Leniency#RTSP_AND_ICE].
public enum Protocol {
    HTTP("HTTP/"),
    /// RFC 2326, and GET and POST as it goes through proxies of HTTP.
    RTSP(
            "RTSP/",
            "OPTIONS",
            "DESCRIBE",
            "ANNOUNCE",
            "SETUP",
            "PLAY",
            "PAUSE",
            "TEARDOWN",
            "GET_PARAMETER",
            "SET_PARAMETER",
            "REDIRECT",
            "RECORD",
            "FLUSH",
            "GET",
            "POST"),
    /// Icecast's.
    ICE("ICE/", "SOURCE");

    /// A digit, a dot and a digit.
    private static final int NUMBERS = 3;

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> methods;

    Protocol(String prefix, String... methods) {
        this.prefix = prefix;
        this.methods = Set.of(methods);
    }

    /// Those that it has; empty where [Rules#methods] say.
    Set<String> methods() {
        return methods;
    }

    /// The one that may begin so.
    static Protocol beginningWith(int octet) {
        return octet == 'R' ? RTSP : octet == 'I' ? ICE : HTTP;
    }

    /// How many octets its version has.
    int versionLength() {
        return prefix.length() + NUMBERS;
    }

    /// Whether an octet may stand there in its version.
    boolean fits(int index, int octet) {
        int digit = index - prefix.length();
        if (digit < 0) return octet == prefix.charAt(index);
        return digit == 1 ? octet == '.' : Octets.isDigit(octet);
    }
}
