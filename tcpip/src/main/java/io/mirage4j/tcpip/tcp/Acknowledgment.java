// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// What a segment acknowledges: RFC 9293, 3.10.7.4, fifth, and what recovery makes of it.
final class Acknowledgment {
    private final TcpStack stack;
    private final TcpParameters p;

    Acknowledgment(TcpStack stack) {
        this.stack = stack;
        p = stack.parameters;
    }

    /// False: the segment is done with.
    boolean take(TcpConnection c, Segment s, long now) {
        Sender snd = c.sender;
        Recovery r = snd.recovery;
        Acked acked = stack.acked;
        int priorUna = snd.sndUna;
        if (SeqNum.after(s.ack, snd.sndNxt)) {
            stack.count(Drop.BAD_ACK);
            // RFC 9293 would have it answered; Linux only does once somebody has closed.
            if (p.isFreebsd() || c.state != TcpState.ESTABLISHED) {
                c.challenge(now);
            }
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
                r.deliveries.sack(s.options, s.ack, priorUna, now);
                if (acked.newlySacked > 0) {
                    r.deliveries.clean(priorUna, now);
                    r.react(s, false, false, priorUna, now);
                    c.timers.progressed(now);
                    snd.output(false, now);
                }
            }
            return true;
        }
        c.receiver.heard(s, now);
        c.softError = TcpError.NONE;
        int wndBefore = snd.sndWnd;
        boolean windowMoved = snd.updateWindow(s) && snd.sndWnd != wndBefore;
        boolean advanced = s.ack != priorUna;
        boolean data = s.sequenceLength() > 0;
        boolean isDup = !advanced && !data && !windowMoved && !snd.board.isEmpty();
        r.deliveries.sack(s.options, s.ack, priorUna, now);
        isDup &=
                !c.sack
                        || acked.newlySacked > 0
                        || acked.sackSeenDuplicate
                        || s.options.sackBlocks == 0;
        if (advanced) {
            snd.acknowledge(s.ack, now);
        }
        r.deliveries.clean(s.ack, now);
        sampleRoundTrip(c, s, now);
        if (advanced || !snd.board.isEmpty()) {
            r.react(s, advanced, isDup, priorUna, now);
        }
        if (advanced) {
            snd.rtt.backoff = 0;
            if (r.state < Recovery.RECOVERY) {
                r.retransmits = 0;
            }
        }
        if (advanced || acked.newlySacked > 0) {
            c.timers.progressed(now);
        }
        if (snd.isFinAcked()) {
            Closing.finAcked(c, now);
            if (c.state == TcpState.CLOSED || c.state == TcpState.TIME_WAIT) {
                return c.state == TcpState.TIME_WAIT;
            }
        }
        if (advanced || windowMoved || acked.newlySacked > 0 || isDup) {
            snd.output(false, now);
        }
        if (advanced) {
            snd.buffer.roomMade(now);
        }
        return true;
    }

    /// Takes the number of a segment that acknowledges something, in order: see [HeaderPrediction].
    void advance(TcpConnection c, Segment s, long now) {
        Sender snd = c.sender;
        Recovery r = snd.recovery;
        int priorUna = snd.sndUna;
        c.softError = TcpError.NONE;
        r.deliveries.begin();
        snd.acknowledge(s.ack, now);
        r.deliveries.clean(s.ack, now);
        sampleRoundTrip(c, s, now);
        if (snd.board.isEmpty()) {
            r.allArrived(priorUna, now);
        } else {
            r.react(s, true, false, priorUna, now);
        }
        snd.rtt.backoff = 0;
        if (r.state < Recovery.RECOVERY) {
            r.retransmits = 0;
        }
        c.timers.progressed(now);
        snd.output(false, now);
        snd.buffer.roomMade(now);
    }

    private void sampleRoundTrip(TcpConnection c, Segment s, long now) {
        Sender snd = c.sender;
        Acked a = stack.acked;
        long rtt = -1;
        long last = -1;
        if (a.hasSample && !a.retransmittedAcked) {
            rtt = now - a.firstSentAt;
            last = now - a.lastSentAt;
        } else if (a.sackRtt >= 0) {
            rtt = a.sackRtt;
            last = rtt;
        } else if (a.segments > 0 && c.receiver.timestamps && s.options.hasTimestamps) {
            // RFC 7323, 4.1: an echo tells retransmissions apart.
            int millis = c.tsVal(now) - s.options.tsEcr;
            if (s.options.tsEcr != 0 && millis >= 0) {
                rtt = millis * 1_000_000L;
            }
            last = rtt;
        }
        if (rtt < 0) return;
        snd.rtt.sample(p, rtt, snd.sndUna, snd.sndNxt, now);
        snd.control().onRoundTrip(snd.window, last, now);
    }
}
