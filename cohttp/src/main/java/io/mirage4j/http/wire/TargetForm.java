// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The four forms of a request target (RFC 9112, 3.2), told apart by method and first octets. What
/// is in a path or a query is not judged here beyond being visible ASCII, as clients send more than
/// RFC 3986 has; module `uri` does that.
public enum TargetForm {
    ORIGIN,
    ABSOLUTE,
    AUTHORITY,
    ASTERISK,
    /// Not a request target for this method.
    NONE;

    /// The form of the target of a request.
    public static TargetForm of(Head head) {
        return of(head, false, false);
    }

    static TargetForm of(Head head, boolean userinfo, boolean asterisk) {
        ReadOnlyCstruct octets = head.octets();
        int off = head.targetOff();
        int end = off + head.targetLength();
        if (head.hasMethod("CONNECT")) {
            return HostSyntax.isHostAndPort(octets, off, end) ? AUTHORITY : NONE;
        }
        int first = octets.u8(off);
        if (first == '/') return ORIGIN;
        if (first == '*') {
            boolean fits = end == off + 1 && (asterisk || head.hasMethod("OPTIONS"));
            return fits ? ASTERISK : NONE;
        }
        return isAbsolute(octets, off, end, userinfo) ? ABSOLUTE : NONE;
    }

    /// `scheme://authority…`, the authority being a host, perhaps with a port; user information is
    /// refused (RFC 9110, 4.2.4) unless it is let pass.
    private static boolean isAbsolute(ReadOnlyCstruct octets, int off, int end, boolean userinfo) {
        int at = off;
        while (at < end && isScheme(octets.u8(at), at == off)) {
            at++;
        }
        if (at == off || end - at < 4 || octets.u24be(at) != ((':' << 16) | ('/' << 8) | '/')) {
            return false;
        }
        int authority = at + 3;
        int stop = authority;
        while (stop < end && "/?#".indexOf(octets.u8(stop)) < 0) {
            if (userinfo && octets.u8(stop) == '@') {
                authority = stop + 1;
            }
            stop++;
        }
        return stop > authority
                && octets.u8(authority) != ':'
                && HostSyntax.isHost(octets, authority, stop);
    }

    private static boolean isScheme(int c, boolean first) {
        int lower = c | 0x20;
        return (lower >= 'a' && lower <= 'z')
                || (!first && (Octets.isDigit(c) || c == '+' || c == '-' || c == '.'));
    }
}
