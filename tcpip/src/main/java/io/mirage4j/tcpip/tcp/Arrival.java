// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// A segment arrives at a connection: RFC 9293, 3.10.7.3 and 3.10.7.4, with the checks of RFC 5961
/// and 7323. The steps have the RFC's order.
final class Arrival {
    private final TcpStack stack;
    private final TcpParameters p;

    Arrival(TcpStack stack) {
        this.stack = stack;
        p = stack.parameters;
    }

    void segment(TcpConnection c, Envelope e, Segment s, long now) {
        c.receiver.segmentsIn += s.count();
        c.noteEct(e.ecn);
        switch (c.state) {
            case SYN_SENT -> synSent(c, e, s, now);
            case TIME_WAIT -> timeWait(c, e, s, now);
            default -> synchronizedOrNearly(c, e, s, now);
        }
        c.schedule();
    }

    /// RFC 9293, 3.10.7.3.
    private void synSent(TcpConnection c, Envelope e, Segment s, long now) {
        boolean hasAck = s.has(TcpWire.ACK);
        Sender snd = c.sender;
        if (hasAck && (SeqNum.atMost(s.ack, snd.iss) || SeqNum.after(s.ack, snd.sndNxt))) {
            if (!s.has(TcpWire.RST)) stack.reset(e, s, c.settings, now);
            stack.count(Drop.BAD_ACK);
            return;
        }
        if (s.has(TcpWire.RST)) {
            if (hasAck) {
                c.fail(TcpError.REFUSED, now);
            } else {
                stack.count(Drop.BAD_RESET);
            }
            return;
        }
        if (!s.has(TcpWire.SYN)) {
            stack.count(Drop.BAD_ACK);
            return;
        }
        if (!p.isFreebsd() && c.handshake().isEchoWrong(s, now)) {
            stack.reset(e, s, c.settings, now);
            stack.count(Drop.OLD_TIMESTAMP);
            return;
        }
        c.receiver.start(s.seq);
        c.handshake().negotiate(s, now);
        if (hasAck) {
            synAcked(c, s, now);
        } else {
            simultaneousOpen(c, s, now);
        }
    }

    private void synAcked(TcpConnection c, Segment s, long now) {
        Sender snd = c.sender;
        Recovery r = snd.recovery;
        c.handshake().learn(s);
        boolean sampled = snd.board.size() > 0;
        boolean onceOnly = c.handshake().sent == 1;
        long sentAt = sampled ? snd.board.sentAt(snd.board.head()) : now;
        snd.acknowledge(s.ack, now);
        r.clean(s.ack, now);
        if (c.synDataAccepted && r.delivered > 1) r.delivered--;
        // RFC 6298, 3: Karn's rule holds for SYNs too; a timestamp knows better.
        if (onceOnly) snd.rtt.sample(p, now - sentAt, snd.sndUna, snd.sndNxt, now);
        snd.rtt.backoff = 0;
        c.established(now);
        boolean dataRefused = c.handshake().sentData && !snd.board.isEmpty();
        if (dataRefused) retransmitSynData(c);
        takePayloadOfSyn(c, s, now);
        boolean willSend = snd.queued() > 0 && (snd.unsent() > 0 || dataRefused);
        if (snd.finQueued && c.state == TcpState.ESTABLISHED) c.state = TcpState.FIN_WAIT_1;
        if (willSend) {
            // The data carry the acknowledgment.
            if (!p.isFreebsd() && c.handshake().dataWaited()) {
                c.receiver.acks.waitForData(c.receiver, now);
            }
            int before = snd.segmentsOut;
            snd.output(false, now);
            if (snd.segmentsOut != before) return;
        }
        c.sendAck(now);
    }

    /// RFC 7413, 4.2.2: the server took the SYN only.
    private void retransmitSynData(TcpConnection c) {
        Scoreboard board = c.sender.board;
        board.cut(c.sender.mss);
        for (int r = board.head(); r != board.tail(); r++) board.markLost(r);
        c.sender.firstRetransmission = true;
    }

    private void takePayloadOfSyn(TcpConnection c, Segment s, long now) {
        s.seq++;
        s.flags &= ~TcpWire.SYN;
        if (s.length == 0 && !s.has(TcpWire.FIN)) return;
        int room = c.receiver.window();
        if (s.length > room) s.cutBack(s.length - room);
        c.receiver.take(s, now);
        if (c.receiver.finTaken) c.peerFinished(now);
        if (s.length > 0) c.event(TcpConnection.READABLE);
    }

    /// Both sides opened at once (RFC 9293, 3.5, figure 8).
    private void simultaneousOpen(TcpConnection c, Segment s, long now) {
        c.state = TcpState.SYN_RECEIVED;
        c.handshake().sent = 0;
        c.timers.handshakeStarted(now + p.rtoInitialNanos);
        // The FIN of such a SYN will come again.
        s.flags &= ~TcpWire.FIN;
        c.handshake().sendSynAck(now);
        takePayloadOfSyn(c, s, now);
    }

    /// RFC 9293, 3.10.7.4 for TIME-WAIT, with RFC 1337 and the reuse of RFC 6191.
    private void timeWait(TcpConnection c, Envelope e, Segment s, long now) {
        Receiver r = c.receiver;
        if (s.has(TcpWire.RST)) {
            boolean exact = !p.isFreebsd() && s.seq == r.rcvNxt;
            if (exact) {
                c.finish();
            } else {
                // RFC 1337: a reset must not end TIME-WAIT early.
                stack.count(Drop.BAD_RESET);
            }
            return;
        }
        boolean isSyn = s.has(TcpWire.SYN);
        if (isSyn && !s.has(TcpWire.ACK)) {
            boolean newer = SeqNum.after(s.seq, r.rcvNxt);
            if (r.timestamps && s.options.hasTimestamps) {
                newer |= s.options.tsVal - r.tsRecent > 0;
            }
            if (newer) {
                int iss = c.sender.sndNxt;
                c.finish();
                stack.reopen(e, s, iss, now);
                return;
            }
        }
        if (!s.has(TcpWire.ACK)) {
            if (p.isFreebsd()) {
                stack.count(Drop.NO_ACK_FLAG);
                return;
            }
        }
        if (s.has(TcpWire.FIN) && s.end() == r.rcvNxt) {
            c.timers.keepAlive(now + p.timeWaitNanos);
        }
        boolean plain =
                (s.flags & ~TcpWire.PSH) == TcpWire.ACK
                        && s.length == 0
                        && s.seq == r.rcvNxt
                        && s.ack == c.sender.sndNxt;
        if (!plain) c.challenge(now);
    }

    private void synchronizedOrNearly(TcpConnection c, Envelope e, Segment s, long now) {
        boolean half = c.state == TcpState.SYN_RECEIVED && c.isPassive;
        if (half && handshakeEnds(c, e, s, now)) return;
        if (!isAcceptable(c, s, now)) return;
        if (!s.has(TcpWire.ACK)) {
            stack.count(Drop.NO_ACK_FLAG);
            return;
        }
        if (c.state == TcpState.SYN_RECEIVED && !synReceived(c, e, s, now)) return;
        c.lastHeardAt = now;
        c.timers.heard();
        if (!acknowledgment(c, s, now)) return;
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
                c.sender.rtt.backoff = 0;
                c.handshake().sendSynAck(now);
            } else {
                c.challenge(now);
            }
            return true;
        }
        if (s.has(TcpWire.ACK) && !c.isFastOpened()) {
            Sender snd = c.sender;
            if (s.ack != snd.sndNxt) {
                stack.reset(e, s, c.settings, now);
                stack.count(Drop.BAD_ACK);
                return true;
            }
            if (c.listener != null && !c.listener.hasRoom()) {
                // The peer believes it is connected; it will say so again.
                stack.count(Drop.ACCEPT_QUEUE_FULL);
                return true;
            }
        }
        return false;
    }

    /// RFC 9293: first the sequence number, second RST, third security, fourth SYN.
    private boolean isAcceptable(TcpConnection c, Segment s, long now) {
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
            if (s.has(TcpWire.ACK)) acknowledgment(c, s, now);
            if (c.state != TcpState.CLOSED) c.sendAck(now);
            return;
        }
        if (s.has(TcpWire.FIN) && s.has(TcpWire.ACK) && s.end() == r.rcvNxt) {
            // The FIN once more: its acknowledgment was lost, but what it acknowledges is news.
            acknowledgment(c, s, now);
            if (c.state == TcpState.CLOSED) return;
        }
        boolean pureOld = s.sequenceLength() == 0 && SeqNum.before(s.seq, r.rcvNxt);
        if (pureOld && s.has(TcpWire.ACK) && c.state != TcpState.SYN_RECEIVED) {
            // A keep-alive, or an ACK overtaken by data: what it acknowledges counts.
            acknowledgment(c, s, now);
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
            stack.resetPeer(c, now);
            c.fail(TcpError.RESET, now);
        } else {
            c.challenge(now);
        }
    }

    /// RFC 9293: fifth, the ACK, in SYN-RECEIVED.
    private boolean synReceived(TcpConnection c, Envelope e, Segment s, long now) {
        Sender snd = c.sender;
        if (SeqNum.atMost(s.ack, snd.sndUna) || SeqNum.after(s.ack, snd.sndNxt)) {
            if (c.isFastOpened()) return SeqNum.atMost(s.ack, snd.sndNxt);
            stack.reset(e, s, c.settings, now);
            stack.count(Drop.BAD_ACK);
            return false;
        }
        boolean finQueued = snd.finQueued;
        c.established(now);
        snd.setWindow(s.window << snd.windowShift, s.seq, s.ack);
        snd.rtt.backoff = 0;
        if (finQueued) c.state = TcpState.FIN_WAIT_1;
        return true;
    }

    /// RFC 9293: fifth, the ACK. False: the segment is done with.
    private boolean acknowledgment(TcpConnection c, Segment s, long now) {
        Sender snd = c.sender;
        Recovery r = snd.recovery;
        int priorUna = snd.sndUna;
        if (SeqNum.after(s.ack, snd.sndNxt)) {
            stack.count(Drop.BAD_ACK);
            c.challenge(now);
            return false;
        }
        if (SeqNum.before(s.ack, priorUna)) {
            // RFC 5961, 5.2: older than any window there was.
            if (SeqNum.before(s.ack, priorUna - Math.max(snd.maxWindow, 65_535))) {
                stack.count(Drop.OLD_ACK);
                c.challenge(now);
                return false;
            }
            if (c.sack && s.options.sackBlocks > 0) {
                r.sack(s.options, s.ack, priorUna, now);
                if (r.newlySacked() > 0) {
                    r.clean(priorUna, now);
                    r.react(s, false, false, priorUna, now);
                    c.timers.progressed(now);
                    snd.output(false, now);
                }
            }
            return true;
        }
        c.receiver.heard(s, now);
        int wndBefore = snd.sndWnd;
        boolean windowMoved = snd.updateWindow(s) && snd.sndWnd != wndBefore;
        boolean advanced = s.ack != priorUna;
        boolean data = s.sequenceLength() > 0;
        boolean isDup = !advanced && !data && !windowMoved && !snd.board.isEmpty();
        r.sack(s.options, s.ack, priorUna, now);
        isDup &= !c.sack || r.newlySacked() > 0 || r.sawDuplicate() || s.options.sackBlocks == 0;
        if (advanced) snd.acknowledge(s.ack, now);
        r.clean(s.ack, now);
        sampleRoundTrip(c, s, now);
        if (advanced || !snd.board.isEmpty()) r.react(s, advanced, isDup, priorUna, now);
        if (advanced) {
            snd.rtt.backoff = 0;
            if (r.state < Recovery.RECOVERY) r.retransmits = 0;
        }
        if (advanced || r.newlySacked() > 0) c.timers.progressed(now);
        if (snd.isFinAcked()) {
            c.finAcked(now);
            if (c.state == TcpState.CLOSED || c.state == TcpState.TIME_WAIT) {
                return c.state == TcpState.TIME_WAIT;
            }
        }
        if (advanced || windowMoved || r.newlySacked() > 0 || isDup) {
            snd.output(false, now);
        }
        if (advanced) c.roomMade(now);
        return true;
    }

    private void sampleRoundTrip(TcpConnection c, Segment s, long now) {
        Sender snd = c.sender;
        Recovery.Acked a = snd.recovery.acked;
        long rtt = -1;
        long last = -1;
        if (a.hasSample && !a.retransmittedAcked) {
            rtt = now - a.firstSentAt;
            last = now - a.lastSentAt;
        } else if (snd.recovery.sackRtt() >= 0) {
            rtt = snd.recovery.sackRtt();
            last = rtt;
        } else if (a.segments > 0 && c.receiver.timestamps && s.options.hasTimestamps) {
            // RFC 7323, 4.1: an echo tells retransmissions apart.
            int millis = c.tsVal(now) - s.options.tsEcr;
            if (s.options.tsEcr != 0 && millis >= 0) rtt = millis * 1_000_000L;
            last = rtt;
        }
        if (rtt < 0) return;
        snd.rtt.sample(p, rtt, snd.sndUna, snd.sndNxt, now);
        snd.control().onRoundTrip(snd.window, last, now);
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
            stack.reset(e, s, c.settings, now);
            c.finish();
            return;
        }
        if (c.ecn && s.congestionExperienced) c.echoCongestion = true;
        if (s.has(TcpWire.CWR)) c.echoCongestion = s.congestionExperienced;
        boolean hadHoles = r.holes.count() > 0;
        if (SeqNum.before(s.seq, r.rcvNxt)) {
            int old = r.rcvNxt - s.seq;
            r.duplicate(s.seq, SeqNum.min(s.seq + s.length, r.rcvNxt));
            r.acks.now = true;
            s.cutFront(Math.min(old, s.length));
        }
        int room = r.rcvNxt + r.window() - s.seq;
        if (s.length > room) s.cutBack(s.length - room);
        boolean push = s.has(TcpWire.PSH);
        int length = s.length;
        boolean moved = r.take(s, now);
        if (moved) {
            r.acks.dataArrived(r, c.sender.rtt.rto, push, length, s.segmentSize, now);
            c.event(TcpConnection.READABLE);
            if (hadHoles) r.acks.now = true;
        } else {
            r.acks.enterQuick(r);
        }
        if (r.finTaken) {
            r.acks.scheduled = true;
            r.acks.now = true;
            c.peerFinished(now);
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
        if (acks.now || two || r.holes.count() > 0 || c.settings.quickAck) {
            c.sendAck(now);
        } else {
            acks.delay(p, now);
        }
    }
}
