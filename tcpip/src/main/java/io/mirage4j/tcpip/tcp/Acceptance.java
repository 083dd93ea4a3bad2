// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Whether a segment may be looked at: RFC 9293, 3.10.7.4, first to fourth, with the checks of RFC
/// 5961 and 7323.
final class Acceptance {
    private final TcpStack stack;
    private final TcpParameters p;
    private final Acknowledgment acknowledgment;

    Acceptance(TcpStack stack, Acknowledgment acknowledgment) {
        this.stack = stack;
        p = stack.parameters;
        this.acknowledgment = acknowledgment;
    }

    /// RFC 9293: first the sequence number, second RST, third security, fourth SYN.
    boolean isAcceptable(TcpConnection c, Segment s, long now) {
        Receiver r = c.receiver;
        boolean rst = s.has(TcpWire.RST);
        if (s.has(TcpWire.SYN) && p.isFreebsd() && !rst) {
            strayedSyn(c, s, now);
            return false;
        }
        if (!rst && r.isOld(s, now)) {
            stack.count(Drop.OLD_TIMESTAMP);
            c.challenge(now);
            return false;
        }
        if (!rst && r.timestamps && !s.options.hasTimestamps && p.requireTimestamps) {
            stack.count(Drop.MISSING_TIMESTAMP);
            return false;
        }
        int window = r.window();
        if (rst) {
            reset(c, s, window, now);
            return false;
        }
        if (!isInWindow(s, r.rcvNxt, window)) {
            stack.count(Drop.OUT_OF_WINDOW);
            if (s.has(TcpWire.SYN)) {
                c.challenge(now);
            } else {
                outOfWindow(c, s, now);
            }
            return false;
        }
        if (s.has(TcpWire.SYN)) {
            strayedSyn(c, s, now);
            return false;
        }
        return true;
    }

    /// RFC 9293, 3.4: the four cases.
    private static boolean isInWindow(Segment s, int rcvNxt, int window) {
        int len = s.sequenceLength();
        if (len == 0) {
            return window == 0
                    ? s.seq == rcvNxt
                    : SeqNum.within(s.seq, rcvNxt, window) || s.seq == rcvNxt + window;
        }
        // A full window still takes the acknowledgment of a segment at its edge; its data are cut.
        return SeqNum.after(s.end(), rcvNxt)
                && (SeqNum.before(s.seq, rcvNxt + window) || s.seq == rcvNxt);
    }

    /// Old data: their acknowledgment was lost, or they are a probe for life or window.
    private void outOfWindow(TcpConnection c, Segment s, long now) {
        Receiver r = c.receiver;
        if (s.length > 0 && SeqNum.atMost(s.seq + s.length, r.rcvNxt)) {
            r.acks.enterQuick(r);
            r.duplicate(s.seq, s.seq + s.length);
            if (s.has(TcpWire.ACK)) {
                acknowledgment.take(c, s, now);
            }
            if (c.state != TcpState.CLOSED) {
                c.sendAck(now);
            }
            return;
        }
        if (s.has(TcpWire.FIN) && s.has(TcpWire.ACK) && s.end() == r.rcvNxt) {
            // The FIN once more: its acknowledgment was lost, but what it acknowledges is news.
            acknowledgment.take(c, s, now);
            if (c.state == TcpState.CLOSED) return;
        }
        boolean pureOld = s.sequenceLength() == 0 && SeqNum.before(s.seq, r.rcvNxt);
        if (pureOld && s.has(TcpWire.ACK) && c.state != TcpState.SYN_RECEIVED) {
            // A keep-alive, or an ACK overtaken by data: what it acknowledges counts.
            acknowledgment.take(c, s, now);
            if (c.state == TcpState.CLOSED) return;
            if (s.seq == r.rcvNxt - 1 || p.isFreebsd()) {
                c.challenge(now);
                return;
            }
        }
        c.challenge(now);
    }

    /// RFC 5961, 3.2.
    private void reset(TcpConnection c, Segment s, int window, long now) {
        Receiver r = c.receiver;
        boolean inWindow =
                window == 0 ? s.seq == r.lastAckSent : SeqNum.within(s.seq, r.lastAckSent, window);
        boolean exact = s.seq == r.rcvNxt || s.seq == r.lastAckSent;
        boolean pastHoles = r.holes.count() > 0 && s.seq == r.holes.lastEnd();
        if (exact || pastHoles || (inWindow && p.insecureReset)) {
            boolean refused = c.state == TcpState.SYN_RECEIVED && !c.isPassive;
            c.fail(refused ? TcpError.REFUSED : TcpError.RESET, now);
        } else if (inWindow) {
            c.challenge(now);
        } else {
            stack.count(Drop.BAD_RESET);
        }
    }

    /// RFC 5961, 4.2.
    private void strayedSyn(TcpConnection c, Segment s, long now) {
        Receiver r = c.receiver;
        stack.count(Drop.UNEXPECTED_SYN);
        boolean inWindow = SeqNum.within(s.seq, r.lastAckSent, r.window());
        if (c.state == TcpState.SYN_RECEIVED && s.seq == r.irs && !s.has(TcpWire.ACK)) {
            c.handshake().sendSynAck(now);
        } else if (p.insecureSyn && inWindow) {
            stack.responses.resetPeer(c, now);
            c.fail(TcpError.RESET, now);
        } else {
            c.challenge(now);
        }
    }
}
