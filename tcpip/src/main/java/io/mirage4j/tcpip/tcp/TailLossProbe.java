// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// A segment sent before the timeout, so that the acknowledgment of it tells whether the last ones
/// are lost: RFC 8985, 7.
final class TailLossProbe {
    private static final long MILLISECOND = 1_000_000L;

    private final TcpConnection c;
    private final Sender s;

    /// One is on its way, and nothing has answered it.
    boolean isOut;

    /// [Sender#sndNxt] when it went out.
    private int highSeq;

    /// It was the last segment once more, not a new one.
    private boolean retransmitted;

    TailLossProbe(TcpConnection c, Sender s) {
        this.c = c;
        this.s = s;
    }

    /// Whether one may be sent when nothing comes: 7.2. Only where SACK shows what it met.
    static boolean isWanted(TcpConnection c) {
        Recovery r = c.sender.recovery;
        return c.stack.parameters.tailLossProbe
                && c.sack
                && (r.state == Recovery.OPEN || r.state == Recovery.CWR)
                && !r.isProbing();
    }

    /// How long nothing has to come: 7.2. A lone segment may wait for its acknowledgment.
    static long waitNanos(Sender s, TcpParameters p) {
        if (s.rtt.srtt == 0) return p.rtoInitialNanos;
        return 2 * s.rtt.srtt + (s.board.size() == 1 ? p.rtoMinNanos : 2 * MILLISECOND);
    }

    /// Sends one segment, new or the last again: 7.3.
    void send(long now) {
        if (s.sendProbe(now)) {
            sent(false);
            return;
        }
        if (s.board.isEmpty()) return;
        int last = s.board.tail() - 1;
        if (s.board.is(last, Scoreboard.SACKED) || s.board.is(last, Scoreboard.IS_SYN)) return;
        if (Retransmission.of(s, last, now)) {
            sent(true);
        }
    }

    private void sent(boolean again) {
        isOut = true;
        highSeq = s.sndNxt;
        retransmitted = again;
    }

    /// Did it repair a loss, or was there none: 7.4.2.
    void acked(int ack, boolean isDup) {
        if (SeqNum.before(ack, highSeq)) return;
        Acked acked = c.stack.acked;
        if (!retransmitted || acked.sackSeenDuplicate) {
            isOut = false;
        } else if (SeqNum.after(ack, highSeq)) {
            isOut = false;
            s.recovery.reduceOnce();
        } else if (isDup && acked.newlySacked == 0) {
            isOut = false;
        }
    }
}
