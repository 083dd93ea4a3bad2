// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The ring between a guest and the xenstore daemon (`xen/io/xs_wire.h`, `struct
/// xenstore_domain_interface`), seen from one side. It carries octets; a message may be cut
/// anywhere.
///
/// ```
///     0  1024 octets  requests, guest to daemon
///  1024  1024 octets  replies and events, daemon to guest
///  2048  u32  req_cons      2052  u32  req_prod
///  2056  u32  rsp_cons      2060  u32  rsp_prod
///  2064  u32  server_features
///  2068  u32  connection: 0 connected, 1 a new connection is being made
///  2072  u32  error
///  2076  u32  evtchn_port, 0 when it is not given here
/// ```
///
/// Whoever moves an index signals the other afterwards.
///
/// To begin anew the guest calls [#reconnect], signals, and waits until [#isConnected]; the daemon,
/// on a signal that finds [#isReconnecting], forgets the guest's watches and transactions, calls
/// [#accept] and signals.
public final class XenstoreRing {
    /// The octets of the page that the ring uses.
    public static final int OCTETS = 2080;

    /// Feature: the daemon understands [#reconnect].
    public static final int FEATURE_RECONNECTION = 1;

    /// Feature: [#error] means something.
    public static final int FEATURE_ERROR = 2;

    /// Feature: a watch can be given a depth.
    public static final int FEATURE_WATCH_DEPTH = 4;

    /// Feature: permissions can name any domain.
    public static final int FEATURE_DOMID_ANY = 8;

    public static final int ERROR_NONE = 0;
    public static final int ERROR_COMM = 1;
    public static final int ERROR_RINGIDX = 2;
    public static final int ERROR_PROTO = 3;

    private static final int RING_OCTETS = 1024;
    private static final int REQ = 0;
    private static final int RSP = 1024;
    private static final int REQ_CONS = 2048;
    private static final int REQ_PROD = 2052;
    private static final int RSP_CONS = 2056;
    private static final int RSP_PROD = 2060;
    private static final int SERVER_FEATURES = 2064;
    private static final int CONNECTION = 2068;
    private static final int ERROR = 2072;
    private static final int EVTCHN_PORT = 2076;

    private static final int CONNECTED = 0;
    private static final int RECONNECT = 1;

    private final Cstruct page;
    private final OctetReader reader;
    private final OctetWriter writer;
    private boolean reconnecting;

    private XenstoreRing(Cstruct page, OctetReader reader, OctetWriter writer) {
        this.page = page;
        this.reader = reader;
        this.writer = writer;
        reconnecting = page.getIntAcquire(CONNECTION) != CONNECTED;
    }

    /// The guest's side: writes requests, reads replies. It may find a reconnection under way, and
    /// then waits for it.
    public static XenstoreRing guest(Cstruct page) {
        Octets.page(page, OCTETS);
        return new XenstoreRing(
                page,
                new OctetReader(rsp(page), page, RSP_PROD, RSP_CONS, "rsp_prod"),
                new OctetWriter(req(page), page, REQ_PROD, REQ_CONS, "req_cons"));
    }

    /// The daemon's side: reads requests, writes replies.
    public static XenstoreRing daemon(Cstruct page) {
        Octets.page(page, OCTETS);
        return new XenstoreRing(
                page,
                new OctetReader(req(page), page, REQ_PROD, REQ_CONS, "req_prod"),
                new OctetWriter(rsp(page), page, RSP_PROD, RSP_CONS, "rsp_cons"));
    }

    public OctetReader reader() {
        return reader;
    }

    public OctetWriter writer() {
        return writer;
    }

    /// What the daemon can do: bits `FEATURE_…`.
    public int features() {
        return page.getIntAcquire(SERVER_FEATURES);
    }

    /// The daemon's word on what it can do. Bits that were set stay set.
    public void offer(int features) {
        page.putIntRelease(SERVER_FEATURES, page.getIntOpaque(SERVER_FEATURES) | features);
    }

    /// Why the daemon gave up on the connection: `ERROR_…`, or a number of a later daemon. Without
    /// [#FEATURE_ERROR] it is always [#ERROR_NONE].
    public int error() {
        return (features() & FEATURE_ERROR) == 0 ? ERROR_NONE : page.getIntAcquire(ERROR);
    }

    /// The daemon's word on why it gives up.
    public void fail(int error) {
        page.putIntRelease(ERROR, error);
    }

    /// The event channel's port, or 0 if it is not given here.
    public int eventChannelPort() {
        return page.getIntAcquire(EVTCHN_PORT);
    }

    /// The guest's wish to begin anew; false if the daemon does not know how. Until [#isConnected]
    /// the guest touches neither reader nor writer.
    public boolean reconnect() {
        if ((features() & FEATURE_RECONNECTION) == 0) return false;
        reconnecting = true;
        page.putIntVolatile(CONNECTION, RECONNECT);
        return true;
    }

    /// Whether the guest waits for a new connection, or may write and read.
    public boolean isReconnecting() {
        return page.getIntVolatile(CONNECTION) != CONNECTED;
    }

    /// Whether reader and writer may be used. The first time that this is so after a reconnection
    /// they begin anew, where the daemon put the indexes.
    public boolean isConnected() {
        if (isReconnecting()) return false;
        if (reconnecting) {
            reader.attach();
            writer.attach();
            reconnecting = false;
        }
        return true;
    }

    /// The daemon's answer to a reconnection: drops what is queued both ways, then lets the guest
    /// go on. The guest's own indexes are reset too, which it does not touch meanwhile.
    public void accept() {
        page.putIntOpaque(REQ_CONS, 0);
        page.putIntOpaque(REQ_PROD, 0);
        page.putIntOpaque(RSP_CONS, 0);
        page.putIntOpaque(RSP_PROD, 0);
        page.putIntOpaque(ERROR, ERROR_NONE);
        reader.attach();
        writer.attach();
        reconnecting = false;
        page.putIntVolatile(CONNECTION, CONNECTED);
    }

    private static Cstruct req(Cstruct page) {
        return page.sub(REQ, RING_OCTETS);
    }

    private static Cstruct rsp(Cstruct page) {
        return page.sub(RSP, RING_OCTETS);
    }
}
