// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The options of an IPv4 header (RFC 791, 3.1), from `off` to the header's end. Nothing here
/// allocates.
public final class Ipv4Options {
    public static final int END = 0;
    public static final int NO_OPERATION = 1;
    public static final int RECORD_ROUTE = 7;
    public static final int TIMESTAMP = 68;
    public static final int LOOSE_SOURCE_ROUTE = 131;
    public static final int STRICT_SOURCE_ROUTE = 137;
    public static final int ROUTER_ALERT = 148;

    /// Tells whether every option stays in the `len` octets from `off`, and none routes: a host
    /// that obeys source routes lets strangers walk around filters (RFC 6274, 3.13.2.3).
    public static Verdict check(ReadOnlyCstruct buf, int off, int len) {
        int end = off + len;
        for (int at = off; at < end; ) {
            int type = buf.u8(at);
            if (type == END) return Verdict.OK;
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            if (at + 2 > end) return Verdict.IPV4_BAD_OPTION;
            int length = buf.u8(at + 1);
            if (length < 2 || at + length > end) return Verdict.IPV4_BAD_OPTION;
            if (type == LOOSE_SOURCE_ROUTE || type == STRICT_SOURCE_ROUTE) {
                return Verdict.IPV4_SOURCE_ROUTED;
            }
            at += length;
        }
        return Verdict.OK;
    }

    private Ipv4Options() {}
}
