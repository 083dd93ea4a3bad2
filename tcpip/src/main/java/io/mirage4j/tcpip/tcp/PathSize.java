// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// How large a segment the path of a connection takes, by the route, by what the peer announced,
/// and by what ICMP or silence told (RFC 1191, 8201; RFC 9293, 3.7.1).
final class PathSize {
    private static final int MIN_IPV4 = 68;
    private static final int MIN_IPV6 = 1280;
    private static final int MAX_MSS = 65_495;
    private static final int TIMESTAMPS = 12;
    private static final int SIGNATURE = 20;

    private final TcpConnection c;

    /// What ICMP made of the path's MTU; 0: nothing.
    int mtu;

    /// Of a segment of this connection; else of an earlier one to this peer.
    private boolean isOurs;

    private boolean inBlackhole;

    PathSize(TcpConnection c, long now) {
        this.c = c;
        mtu = c.stack.peers.pathMtu(c.remoteHigh, c.remoteLow, now);
    }

    private boolean isIpv4() {
        return Envelope.isIpv4(c.remoteHigh, c.remoteLow);
    }

    private int headers() {
        return (isIpv4() ? 20 : 40) + TcpWire.HEADER_LENGTH + (c.udpRemote != 0 ? 8 : 0);
    }

    int routeMtu() {
        int route = c.stack.mtu(c.remoteHigh, c.remoteLow);
        return c.settings.mtu > 0 ? Math.min(c.settings.mtu, route) : route;
    }

    /// What is known of the path, or else of the route.
    int mtu() {
        return mtu > 0 ? Math.min(mtu, routeMtu()) : routeMtu();
    }

    /// The payload that we say we take: what the link does (RFC 9293, 3.7.1). As in Linux a path
    /// that was too narrow for our own SYN is thought to be so both ways.
    int advertisableMss() {
        int mss = Math.max(routeMtu(), MIN_IPV4) - headers();
        if (!c.stack.parameters.isFreebsd() && isOurs) {
            mss = Math.min(mss, mtu - headers());
        }
        if (c.settings.maxSegment > 0) {
            mss = Math.min(mss, c.settings.maxSegment);
        }
        return Math.clamp(mss, 1, MAX_MSS);
    }

    /// What counts where the peer says nothing.
    int defaultMss() {
        return isIpv4() ? 536 : 1220;
    }

    /// Brings the size of full segments up to date.
    void update() {
        c.sender.pathMss = withOptions();
        c.sender.mss = full();
    }

    /// What the route and the peer take of payload and options.
    private int withOptions() {
        int mss = Math.min(c.sender.peerMss, Math.max(routeMtu(), MIN_IPV4) - headers());
        if (mtu > 0) {
            mss = Math.min(mss, mtu - headers());
        }
        if (c.settings.maxSegment > 0) {
            mss = Math.min(mss, c.settings.maxSegment);
        }
        return mss;
    }

    /// The payload of a full segment.
    int full() {
        int mss = withOptions();
        if (c.receiver.timestamps) {
            mss -= TIMESTAMPS;
        }
        if (c.settings.signatureKey.length > 0) {
            mss -= SIGNATURE;
        }
        return Math.max(mss, 8);
    }

    /// ICMP says that the path takes `reported` octets. Returns whether that is news.
    boolean believe(int reported, long now) {
        int size = Math.max(reported, isIpv4() ? MIN_IPV4 : MIN_IPV6);
        if (size >= routeMtu() || (mtu > 0 && size >= mtu)) return false;
        mtu = size;
        isOurs = true;
        c.stack.peers.setPathMtu(c.remoteHigh, c.remoteLow, size, now);
        return true;
    }

    /// [#believe], on a connection that stands: what is on its way and too large goes again.
    void shrank(int reported, long now) {
        if (!believe(reported, now)) return;
        Sender sender = c.sender;
        int before = sender.mss;
        update();
        int after = Math.min(before, sender.mss);
        sender.mss = before;
        if (Retransmission.shrink(sender, after)) {
            sender.output(false, now);
        }
        sender.mss = after;
    }

    /// A timeout: what does not get through at all may only be too large.
    void timedOut(long now) {
        Sender sender = c.sender;
        TcpParameters p = c.stack.parameters;
        int count = sender.recovery.retransmits;
        if (count >= 3 && p.mtuProbing > 0) {
            sender.searchMtu(true);
        }
        if (p.blackholeMss <= 0) return;
        if (count == 1 && sender.mss > p.blackholeMss) {
            inBlackhole = true;
            Retransmission.shrink(sender, p.blackholeMss);
        } else if (count == 3 && inBlackhole) {
            inBlackhole = false;
            update();
            Retransmission.cutAnew(sender, now);
        }
    }
}
