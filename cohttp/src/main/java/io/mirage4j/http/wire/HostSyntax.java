// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// `uri-host [ ":" port ]` (RFC 9110, 7.2 over RFC 3986, 3.2.2): a name of unreserved characters,
/// sub-delimiters and percent triples, or an address in brackets. Nothing here allocates.
final class HostSyntax {
    /// Whether this is a host, which may be empty, and perhaps a port.
    static boolean isHost(ReadOnlyCstruct w, int off, int end) {
        int at = host(w, off, end);
        return at == end || (at >= 0 && w.u8(at) == ':' && isPort(w, at + 1, end));
    }

    /// Whether this is a host and a port, neither of them empty.
    static boolean isHostAndPort(ReadOnlyCstruct w, int off, int end) {
        int at = host(w, off, end);
        return at > off && at < end - 1 && w.u8(at) == ':' && isPort(w, at + 1, end);
    }

    /// Where the host ends, or -1.
    private static int host(ReadOnlyCstruct w, int off, int end) {
        if (off < end && w.u8(off) == '[') {
            int at = off + 1;
            while (at < end && isInBrackets(w.u8(at))) {
                at++;
            }
            return at < end && w.u8(at) == ']' && at > off + 2 ? at + 1 : -1;
        }
        int at = off;
        while (true) {
            at = Octets.skipHostName(w, at, end);
            if (at == end) return at;
            int c = w.u8(at);
            if (c == '%') {
                if (end - at < 3 || Octets.hex(w.u8(at + 1)) < 0 || Octets.hex(w.u8(at + 2)) < 0) {
                    return -1;
                }
                at += 3;
            } else {
                return c == ':' ? at : -1;
            }
        }
    }

    /// IPv6, and what RFC 3986 leaves room for; which of them it is, the resolver will find.
    private static boolean isInBrackets(int c) {
        return c == ':' || Octets.isHostName(c);
    }

    private static boolean isPort(ReadOnlyCstruct w, int off, int end) {
        int port = 0;
        for (int at = off; at < end; at++) {
            if (!Octets.isDigit(w.u8(at))) return false;
            port = 10 * port + w.u8(at) - '0';
            if (port > 65535) return false;
        }
        return true;
    }

    private HostSyntax() {}
}
