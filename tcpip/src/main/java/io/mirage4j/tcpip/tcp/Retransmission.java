// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Segments that go out once more, as they were or cut smaller.
final class Retransmission {
    /// Sends what is lost again, as far as the window allows; false: the device is full.
    static boolean ofLost(Sender s, long now) {
        if (s.board.lostOut == 0) return true;
        for (int r = s.board.head(); r != s.board.tail(); r++) {
            if (!s.board.is(r, Scoreboard.LOST) || s.board.is(r, Scoreboard.RETRANSMITTED)) {
                continue;
            }
            boolean forced = s.firstRetransmission;
            if (!forced && s.recovery.inFlight() >= s.window.cwnd) return true;
            s.firstRetransmission = false;
            if (!of(s, r, now)) return false;
            s.recovery.sent(1);
            s.c.timers.retransmitted(now);
        }
        s.firstRetransmission = false;
        return true;
    }

    /// Sends one record again.
    static boolean of(Sender s, int record, long now) {
        int seq = s.board.seq(record);
        boolean fin = s.board.is(record, Scoreboard.IS_FIN);
        int len = s.board.end(record) - seq - (fin ? 1 : 0);
        if (len > s.mss) {
            // A probe for the path's MTU, or from before the path shrank.
            s.board.cut(s.mss);
            record = s.board.find(seq);
            fin = false;
            len = s.mss;
        }
        int tsVal = s.c.tsVal(now);
        if (!transmit(s, record, seq, len, fin, now)) return false;
        s.recovery.noteRetransmission(record, now, tsVal);
        return true;
    }

    private static boolean transmit(Sender s, int record, int seq, int len, boolean fin, long now) {
        if (s.board.is(record, Scoreboard.IS_SYN)) return s.c.handshake().resend(now);
        int flags = TcpWire.ACK;
        if (seq + len == s.buffer.end() && len > 0) {
            flags |= TcpWire.PSH;
        }
        if (fin) {
            flags |= TcpWire.FIN;
        }
        boolean sent =
                s.c.stack.writer.send(s.c, flags, seq, s.buffer.offset(seq), len, false, now);
        if (!sent) {
            s.c.stack.blocked(s.c);
        }
        return sent;
    }

    /// The path takes smaller segments only: what is on its way and larger is lost, and with it
    /// what was sent before it was known. Returns whether anything was.
    static boolean shrink(Sender s, int newMss) {
        if (newMss >= s.mss) return false;
        s.mss = newMss;
        int before = s.board.size();
        s.board.cut(s.mss);
        if (s.board.size() == before) return false;
        for (int r = s.board.head(); r != s.board.tail(); r++) {
            if (!s.board.is(r, Scoreboard.SACKED | Scoreboard.IS_SYN)) {
                s.board.markLost(r);
            }
        }
        return true;
    }

    /// Cuts what is on its way, all of it lost, anew into full segments.
    static void cutAnew(Sender s, long now) {
        if (s.board.isEmpty() || s.board.sackedOut > 0) return;
        int at = s.board.seq(s.board.head());
        boolean fin = s.finSent && SeqNum.after(s.sndNxt, s.buffer.end());
        int end = fin ? s.sndNxt - 1 : s.sndNxt;
        s.board.clear();
        while (SeqNum.before(at, end)) {
            int next = SeqNum.min(end, at + s.mss);
            s.append(at, next, Scoreboard.EVER_RETRANSMITTED, now);
            at = next;
        }
        if (fin) {
            s.append(end, end + 1, Scoreboard.IS_FIN | Scoreboard.EVER_RETRANSMITTED, now);
        }
    }

    private Retransmission() {}
}
