// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.SipHash;

/// How listeners come to connections: by SYNs that are kept while there is room, by SYN cookies
/// when there is none (RFC 4987), by Fast Open at once.
final class PassiveOpens {
    private final TcpStack stack;
    private final TcpParameters p;
    private final SynCookies cookies;
    private final FastOpenServer fastOpen;

    /// Until then a cookie that was given may come back.
    private long cookiesUntil = Long.MIN_VALUE;

    PassiveOpens(TcpStack stack, Entropy entropy) {
        this.stack = stack;
        p = stack.parameters;
        cookies = new SynCookies(new SipHash(entropy.nextLong(), entropy.nextLong()));
        fastOpen = new FastOpenServer(p, entropy.nextLong(), entropy.nextLong());
    }

    /// A segment for a port that listens, and for no connection (RFC 9293, 3.10.7.2).
    void listen(TcpListener l, Envelope e, Segment s, long now) {
        if (s.has(TcpWire.RST)) {
            stack.count(Drop.BAD_RESET);
            return;
        }
        if (s.has(TcpWire.ACK)) {
            if (s.has(TcpWire.SYN)) {
                stack.count(Drop.UNEXPECTED_SYN);
                if (!p.isFreebsd()) {
                    stack.responses.reset(e, s, l.settings, now);
                }
                return;
            }
            if (redeem(l, e, s, now)) return;
            stack.count(Drop.NO_CONNECTION);
            stack.responses.reset(e, s, l.settings, now);
            return;
        }
        if (!s.has(TcpWire.SYN)) {
            stack.count(Drop.NO_ACK_FLAG);
            return;
        }
        if (s.has(TcpWire.FIN)) {
            if (!p.isFreebsd()) {
                stack.count(Drop.SYN_FIN);
                return;
            }
            s.flags &= ~TcpWire.FIN;
        }
        passiveOpen(l, e, s, 0, now);
    }

    private void passiveOpen(TcpListener l, Envelope e, Segment s, int afterIss, long now) {
        if (l.waiting() > 0 && !l.hasRoom()) {
            stack.count(Drop.ACCEPT_QUEUE_FULL);
            return;
        }
        boolean full = l.halfOpen >= p.synBacklog;
        var how = p.synCookies;
        if (how == TcpParameters.SynCookies.ALWAYS
                || (full && how == TcpParameters.SynCookies.WHEN_FULL)) {
            sendCookie(l, e, s, now);
            return;
        }
        if (full || stack.isFull()) {
            stack.count(Drop.BACKLOG_FULL);
            return;
        }
        TcpConnection c = passive(l, e, s, now);
        int iss = stack.numbers.initialNumber(c, now);
        if (afterIss != 0 && SeqNum.before(iss, afterIss)) {
            iss = afterIss + 65_536;
        }
        c.startNumbers(iss, stack.numbers.stampOffset(c));
        c.state = TcpState.SYN_RECEIVED;
        c.receiver.start(s.seq);
        c.handshake().negotiate(s, now);
        l.halfOpen++;
        stack.add(c);
        fastOpen.consider(l, c, e, s, now);
        c.handshake().sendSynAck(now);
        c.timers.handshakeStarted(now + c.sender.rtt.backedOff(p));
        stack.schedule(c);
        if (c.fastOpened) {
            l.offer(c);
        }
    }

    private TcpConnection passive(TcpListener l, Envelope e, Segment s, long now) {
        var c =
                new TcpConnection(
                        stack,
                        l.settings,
                        e.destinationHigh,
                        e.destinationLow,
                        s.destinationPort,
                        e.sourceHigh,
                        e.sourceLow,
                        s.sourcePort,
                        now);
        c.listener = l;
        c.isPassive = true;
        c.udpLocal = e.udpDestination;
        c.udpRemote = e.udpSource;
        return c;
    }

    private void sendCookie(TcpListener l, Envelope e, Segment s, long now) {
        TcpOptions o = s.options;
        TcpConnection c = passive(l, e, s, now);
        boolean sack = p.sack && o.sackPermitted;
        int shift = p.windowScaling ? o.windowScale : -1;
        int mss = o.mss > 0 ? o.mss : c.path.defaultMss();
        int iss = cookies.make(e, s, mss, shift, sack, now);
        SegmentWriter.SynOptions out = stack.synOptions;
        out.mss = c.path.advertisableMss();
        out.windowScale = shift >= 0 ? c.receiver.windowShift : -1;
        out.sackPermitted = sack;
        out.timestamps = p.timestamps && o.hasTimestamps;
        out.tsEcr = o.tsVal;
        out.cookie = null;
        out.signed = false;
        c.startNumbers(iss, stack.numbers.stampOffset(c));
        out.tsVal = c.tsVal(now);
        cookiesUntil = now + SynCookies.LIFETIME_NANOS;
        int window = Math.min(c.receiver.limit, 0xffff);
        stack.writer.sendCookie(e, s, l.settings, iss, out, window, now);
    }

    /// An ACK that may bring a cookie back. False: it brings none of ours.
    private boolean redeem(TcpListener l, Envelope e, Segment s, long now) {
        if (p.synCookies == TcpParameters.SynCookies.NEVER) return false;
        if (now >= cookiesUntil) return false;
        SynCookies.Memory memory = cookies.check(e, s, now);
        if (memory == null) {
            // Not an answer to us; or one that overtook the segment with the cookie, whose sender
            // will say it again. A reset would end what is about to begin.
            stack.count(Drop.BAD_COOKIE);
            return true;
        }
        if (!l.hasRoom() || stack.isFull()) {
            stack.count(Drop.ACCEPT_QUEUE_FULL);
            return true;
        }
        TcpConnection c = passive(l, e, s, now);
        c.startNumbers(memory.iss(), stack.numbers.stampOffset(c));
        c.state = TcpState.SYN_RECEIVED;
        c.receiver.start(memory.irs());
        TcpOptions o = s.options;
        o.mss = memory.mss();
        o.windowScale = memory.shift();
        o.sackPermitted = memory.sack();
        c.handshake().negotiate(s, now);
        c.ecn = false;
        c.sender.sentSyn(now);
        c.sender.board.set(c.sender.board.head(), Scoreboard.EVER_RETRANSMITTED);
        l.halfOpen++;
        stack.add(c);
        stack.arrival.segment(c, e, s, now);
        return true;
    }

    /// A SYN that is newer than the connection in TIME-WAIT it belongs to.
    void reopen(Envelope e, Segment s, int afterIss, long now) {
        TcpListener l = stack.listeners.find(e, s.destinationPort);
        if (l == null) {
            stack.responses.reset(e, s, TcpStack.NO_SETTINGS, now);
            return;
        }
        s.flags &= ~TcpWire.FIN;
        passiveOpen(l, e, s, afterIss, now);
    }
}
