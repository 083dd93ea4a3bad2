// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.SipHash;

/// Fast Open's cookies (RFC 7413): a keyed hash of the two addresses, so that a server keeps
/// nothing. The same key gives the same cookies as Linux's.
final class FastOpen {
    static final int COOKIE_LENGTH = 8;
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LENGTH = 16;

    /// Whether a cookie of this length may be one (RFC 7413, 4.1.1).
    static boolean isValidLength(int length) {
        return length >= MIN_LENGTH && length <= MAX_LENGTH && (length & 1) == 0;
    }

    /// The cookie that the host at the source of `e` gets from the one at its destination.
    static byte[] cookie(Envelope e, long key0, long key1) {
        SipHash hash = new SipHash(key0, key1).start();
        if (e.isIpv4()) {
            long source = Integer.reverseBytes((int) e.sourceLow) & 0xffff_ffffL;
            long destination = Integer.reverseBytes((int) e.destinationLow) & 0xffff_ffffL;
            hash.add(source | destination << Integer.SIZE);
        } else {
            hash.add(Long.reverseBytes(e.sourceHigh)).add(Long.reverseBytes(e.sourceLow));
            hash.add(Long.reverseBytes(e.destinationHigh));
            hash.add(Long.reverseBytes(e.destinationLow));
        }
        Cstruct cookie = Cstruct.create(COOKIE_LENGTH);
        cookie.putU64le(0, hash.finish());
        return cookie.toByteArray();
    }

    static boolean isRight(byte[] wanted, Segment s) {
        if (s.options.cookieLength != wanted.length) return false;
        for (int i = 0; i < wanted.length; i++) {
            if (s.buf.u8(s.options.cookieOffset + i) != (wanted[i] & 0xff)) return false;
        }
        return true;
    }

    private FastOpen() {}
}
