// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The console of a guest (`xen/io/console.h`, `struct xencons_interface`), seen from one side.
///
/// ```
///     0  1024 octets  in: to the guest
///  1024  2048 octets  out: from the guest
///  3072  u32  in_cons       3076  u32  in_prod
///  3080  u32  out_cons      3084  u32  out_prod
///  3088  u8   connection: 0 connected, 1 the daemon is not there yet
/// ```
///
/// Whoever moves an index signals the other afterwards.
public final class ConsoleRing {
    /// The octets of the page that the ring uses.
    public static final int OCTETS = 3089;

    private static final int IN_OCTETS = 1024;
    private static final int OUT_OCTETS = 2048;
    private static final int IN_CONS = 3072;
    private static final int IN_PROD = 3076;
    private static final int OUT_CONS = 3080;
    private static final int OUT_PROD = 3084;
    private static final int CONNECTION = 3088;

    private static final int CONNECTED = 0;
    private static final int DISCONNECTED = 1;

    private final Cstruct page;
    private final OctetReader reader;
    private final OctetWriter writer;

    private ConsoleRing(Cstruct page, OctetReader reader, OctetWriter writer) {
        this.page = page;
        this.reader = reader;
        this.writer = writer;
    }

    /// The guest's side: reads `in`, writes `out`.
    public static ConsoleRing guest(Cstruct page) {
        Octets.page(page, OCTETS);
        return new ConsoleRing(
                page,
                new OctetReader(in(page), page, IN_PROD, IN_CONS, "in_prod"),
                new OctetWriter(out(page), page, OUT_PROD, OUT_CONS, "out_cons"));
    }

    /// The console daemon's side: reads `out`, writes `in`.
    public static ConsoleRing daemon(Cstruct page) {
        Octets.page(page, OCTETS);
        return new ConsoleRing(
                page,
                new OctetReader(out(page), page, OUT_PROD, OUT_CONS, "out_prod"),
                new OctetWriter(in(page), page, IN_PROD, IN_CONS, "in_cons"));
    }

    public OctetReader reader() {
        return reader;
    }

    public OctetWriter writer() {
        return writer;
    }

    /// Whether the daemon says that it is there. Old daemons say so from the start.
    public boolean isConnected() {
        return page.u8(CONNECTION) == CONNECTED;
    }

    /// The daemon's word on whether it is there.
    public void connected(boolean there) {
        page.putU8(CONNECTION, there ? CONNECTED : DISCONNECTED);
    }

    private static Cstruct in(Cstruct page) {
        return page.sub(0, IN_OCTETS);
    }

    private static Cstruct out(Cstruct page) {
        return page.sub(IN_OCTETS, OUT_OCTETS);
    }
}
