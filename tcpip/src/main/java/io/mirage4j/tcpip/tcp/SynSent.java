// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// A segment arrives in SYN-SENT: RFC 9293, 3.10.7.3, with the data of Fast Open.
final class SynSent {
    private final TcpStack stack;
    private final TcpParameters p;

    SynSent(TcpStack stack) {
        this.stack = stack;
        p = stack.parameters;
    }

    void arrive(TcpConnection c, Envelope e, Segment s, long now) {
        boolean hasAck = s.has(TcpWire.ACK);
        Sender snd = c.sender;
        if (hasAck && (SeqNum.atMost(s.ack, snd.iss) || SeqNum.after(s.ack, snd.sndNxt))) {
            if (!s.has(TcpWire.RST)) {
                stack.responses.reset(e, s, c.settings, now);
            }
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
            stack.responses.reset(e, s, c.settings, now);
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
        Deliveries r = snd.recovery.deliveries;
        c.handshake().learn(s);
        boolean sampled = snd.board.size() > 0;
        boolean onceOnly = c.handshake().sent == 1;
        long sentAt = sampled ? snd.board.sentAt(snd.board.head()) : now;
        snd.acknowledge(s.ack, now);
        r.clean(s.ack, now);
        if (c.synDataAccepted && r.delivered > 1) {
            r.delivered--;
        }
        // RFC 6298, 3: Karn's rule holds for SYNs too; a timestamp knows better.
        if (onceOnly) {
            snd.rtt.sample(p, now - sentAt, snd.sndUna, snd.sndNxt, now);
        }
        snd.rtt.backoff = 0;
        c.established(now);
        boolean dataRefused = c.handshake().sentData && !snd.board.isEmpty();
        if (dataRefused) {
            retransmitSynData(c);
        }
        takePayloadOfSyn(c, s, now);
        boolean willSend = snd.buffer.queued() > 0 && (snd.buffer.unsent() > 0 || dataRefused);
        if (snd.finQueued && c.state == TcpState.ESTABLISHED) {
            c.state = TcpState.FIN_WAIT_1;
        }
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
        if (s.length > room) {
            s.cutBack(s.length - room);
        }
        c.receiver.take(s, now);
        if (c.receiver.finTaken) {
            Closing.peerFinished(c, now);
        }
        if (s.length > 0) {
            c.event(TcpConnection.READABLE);
        }
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
}
