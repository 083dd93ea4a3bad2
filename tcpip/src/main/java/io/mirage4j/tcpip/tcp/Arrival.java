// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// A segment arrives at a connection: RFC 9293, 3.10.7. The steps have the RFC's order; those that
/// are long have a class each.
final class Arrival {
    private final TcpStack stack;
    private final TcpParameters p;
    private final SynSent synSent;
    private final TimeWait timeWait;
    private final Acceptance acceptance;
    private final Acknowledgment acknowledgment;
    private final HeaderPrediction prediction;

    Arrival(TcpStack stack) {
        this.stack = stack;
        p = stack.parameters;
        synSent = new SynSent(stack);
        timeWait = new TimeWait(stack);
        acknowledgment = new Acknowledgment(stack);
        prediction = new HeaderPrediction(acknowledgment);
        acceptance = new Acceptance(stack, acknowledgment);
    }

    void segment(TcpConnection c, Envelope e, Segment s, long now) {
        c.isIdle = false;
        c.receiver.segmentsIn += s.count();
        c.noteEct(e.ecn);
        switch (c.state) {
            case SYN_SENT -> synSent.arrive(c, e, s, now);
            case TIME_WAIT -> timeWait.arrive(c, e, s, now);
            default -> synchronizedOrNearly(c, e, s, now);
        }
        c.schedule();
    }

    private void synchronizedOrNearly(TcpConnection c, Envelope e, Segment s, long now) {
        if (prediction.isRight(c, s)) {
            prediction.take(c, s, now);
            payload(c, e, s, now);
            respond(c, s, now);
            return;
        }
        boolean half = c.state == TcpState.SYN_RECEIVED && c.isPassive;
        if (half && handshakeEnds(c, e, s, now)) return;
        if (!acceptance.isAcceptable(c, s, now)) return;
        if (!s.has(TcpWire.ACK)) {
            stack.count(Drop.NO_ACK_FLAG);
            return;
        }
        if (c.state == TcpState.SYN_RECEIVED && !synReceived(c, e, s, now)) return;
        c.lastHeardAt = now;
        c.timers.heard();
        if (!acknowledgment.take(c, s, now)) return;
        if (c.state == TcpState.CLOSED) return;
        payload(c, e, s, now);
        if (c.state == TcpState.CLOSED) return;
        respond(c, s, now);
    }

    /// What a half-open connection of a listener does not let through. True: that was all.
    private boolean handshakeEnds(TcpConnection c, Envelope e, Segment s, long now) {
        Receiver r = c.receiver;
        if (s.has(TcpWire.RST)) {
            if (s.seq == r.rcvNxt
                    || (p.insecureReset && SeqNum.within(s.seq, r.lastAckSent, r.rcvWnd))) {
                c.fail(TcpError.RESET, now);
            } else if (SeqNum.within(s.seq, r.lastAckSent, r.rcvWnd)) {
                c.challenge(now);
            } else {
                stack.count(Drop.BAD_RESET);
            }
            return true;
        }
        if (s.has(TcpWire.SYN)) {
            boolean again = !s.has(TcpWire.ACK) && s.seq == r.irs;
            if (again) {
                if (p.isFreebsd()) {
                    c.sender.rtt.backoff = 0;
                }
                c.handshake().sendSynAck(now);
                c.timers.handshakeStarted(now + c.sender.rtt.backedOff(p));
            } else {
                c.challenge(now);
            }
            return true;
        }
        if (s.has(TcpWire.ACK) && !c.isFastOpened()) {
            Sender snd = c.sender;
            if (s.ack != snd.sndNxt) {
                stack.responses.reset(e, s, c.settings, now);
                stack.count(Drop.BAD_ACK);
                return true;
            }
            if (c.listener != null && !c.listener.hasRoom()) {
                // The peer believes it is connected; it will say so again.
                stack.count(Drop.ACCEPT_QUEUE_FULL);
                return true;
            }
            if (c.settings.deferAcceptNanos > 0 && s.sequenceLength() == 0) {
                return c.handshake().defersAccept();
            }
        }
        return false;
    }

    /// RFC 9293: fifth, the ACK, in SYN-RECEIVED.
    private boolean synReceived(TcpConnection c, Envelope e, Segment s, long now) {
        Sender snd = c.sender;
        if (SeqNum.atMost(s.ack, snd.sndUna) || SeqNum.after(s.ack, snd.sndNxt)) {
            if (c.isFastOpened()) return SeqNum.atMost(s.ack, snd.sndNxt);
            stack.responses.reset(e, s, c.settings, now);
            stack.count(Drop.BAD_ACK);
            return false;
        }
        boolean finQueued = snd.finQueued;
        c.established(now);
        snd.setWindow(s.window << snd.windowShift, s.seq, s.ack);
        snd.rtt.backoff = 0;
        if (finQueued) {
            c.state = TcpState.FIN_WAIT_1;
        }
        return true;
    }

    /// RFC 9293: seventh the text, eighth the FIN.
    private void payload(TcpConnection c, Envelope e, Segment s, long now) {
        if (s.length == 0 && !s.has(TcpWire.FIN)) return;
        Receiver r = c.receiver;
        if (!c.state.mayReceive() && c.state != TcpState.SYN_RECEIVED) {
            stack.count(Drop.AFTER_FIN);
            r.acks.enterQuick(r);
            return;
        }
        if (c.isOrphan && s.length > 0 && SeqNum.after(s.seq + s.length, r.rcvNxt)) {
            // RFC 9293, 3.6.1: nobody is there who could take it.
            stack.responses.reset(e, s, c.settings, now);
            c.finish();
            return;
        }
        if (c.ecn && s.congestionExperienced) {
            c.echoCongestion = true;
        }
        if (s.has(TcpWire.CWR)) {
            c.echoCongestion = s.congestionExperienced;
        }
        boolean hadHoles = r.holes.count() > 0;
        if (SeqNum.before(s.seq, r.rcvNxt)) {
            int old = r.rcvNxt - s.seq;
            r.duplicate(s.seq, SeqNum.min(s.seq + s.length, r.rcvNxt));
            r.acks.now = true;
            s.cutFront(Math.min(old, s.length));
        }
        int room = r.rcvNxt + r.window() - s.seq;
        if (s.length > room) {
            s.cutBack(s.length - room);
        }
        boolean push = s.has(TcpWire.PSH);
        int length = s.length;
        boolean moved = r.take(s, now);
        if (moved) {
            r.acks.dataArrived(r, c.sender.rtt.rto, push, length, s.segmentSize, now);
            c.event(TcpConnection.READABLE);
            if (hadHoles) {
                r.acks.now = true;
            }
        } else {
            r.acks.enterQuick(r);
        }
        if (r.finTaken) {
            r.acks.scheduled = true;
            r.acks.now = true;
            Closing.peerFinished(c, now);
        } else if (r.hasFin) {
            r.acks.now = true;
        }
    }

    /// Acknowledges what came, now or later.
    private void respond(TcpConnection c, Segment s, long now) {
        Receiver r = c.receiver;
        AckPolicy acks = r.acks;
        if (!acks.scheduled) return;
        boolean two;
        if (p.isFreebsd()) {
            two = acks.dueAt != 0 || s.length > c.sender.mss;
        } else {
            two = r.rcvNxt - r.lastAckSent > acks.rcvMss || acks.isQuick();
        }
        boolean read = r.landed && c.isAnswerDue();
        if (acks.now || two || read || r.holes.count() > 0 || c.settings.quickAck) {
            c.sendAck(now);
        } else {
            acks.delay(p, now);
        }
    }
}
