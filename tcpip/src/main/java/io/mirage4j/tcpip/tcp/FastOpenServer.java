// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// The listening side of Fast Open (RFC 7413, 4.2): takes the data of a SYN whose cookie is right,
/// gives a cookie to who asks or has a wrong one.
final class FastOpenServer {
    private final TcpParameters p;
    private final long randomKey0;
    private final long randomKey1;

    FastOpenServer(TcpParameters p, long key0, long key1) {
        this.p = p;
        randomKey0 = key0;
        randomKey1 = key1;
    }

    void consider(TcpListener l, TcpConnection c, Envelope e, Segment s, long now) {
        TcpOptions o = s.options;
        TcpSettings settings = l.settings;
        int most = settings.fastOpenBacklog;
        if (most == 0 && p.fastOpenEveryListener) {
            most = Integer.MAX_VALUE;
        }
        if (!p.fastOpenServer || most == 0) return;
        boolean asks = o.cookieOffset >= 0;
        if (!asks && !p.fastOpenAcceptsWithoutCookie) return;
        boolean right = p.fastOpenAcceptsWithoutCookie;
        byte[] cookie = {};
        if (!right) {
            cookie = cookie(settings, e);
            right = o.cookieLength > 0 && FastOpen.isRight(cookie, s);
        }
        if (right && l.fastOpened < most) {
            l.fastOpened++;
            accept(c, s, now);
        } else if (asks) {
            c.handshake().cookieToGive = cookie;
            c.handshake().giveExperimental = o.cookieExperimental;
        }
    }

    private byte[] cookie(TcpSettings settings, Envelope e) {
        if (settings.fastOpenKeyGiven) {
            return FastOpen.cookie(e, settings.fastOpenKey0, settings.fastOpenKey1);
        }
        if (p.fastOpenKeyGiven) return FastOpen.cookie(e, p.fastOpenKey0, p.fastOpenKey1);
        return FastOpen.cookie(e, randomKey0, randomKey1);
    }

    private static void accept(TcpConnection c, Segment s, long now) {
        c.fastOpened = true;
        if (s.length == 0) return;
        c.synDataAccepted = true;
        s.seq++;
        s.flags &= ~(TcpWire.SYN | TcpWire.FIN);
        int room = c.receiver.window();
        if (s.length > room) {
            s.cutBack(s.length - room);
        }
        c.receiver.take(s, now);
    }
}
