// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Which segments an acknowledgment says have arrived, by its number and by SACK (RFC 2018, 2883),
/// and how far out of order (RFC 4653).
final class Deliveries {
    private static final int MAX_REORDERING = 300;

    private final Sender s;
    private final Recovery recovery;

    /// What the segment says that is looked at: one for all connections.
    final Acked acked;

    /// After how many later ones a segment that did not come is lost.
    int reordering;

    int reordSeen;
    private int highestSacked;
    private boolean anySacked;
    int dsackDups;

    /// Segments that have arrived, since ever.
    int delivered;

    /// Those of them that met congestion on the way, as far as the peer's echo tells.
    int deliveredMarked;

    Deliveries(TcpConnection c, Sender s, Recovery recovery) {
        this.s = s;
        this.recovery = recovery;
        acked = c.stack.acked;
        reordering = c.stack.parameters.reordering;
    }

    /// Takes the SACK blocks of a segment; `priorUna` is [Sender#sndUna] before its acknowledgment.
    void sack(TcpOptions o, int ack, int priorUna, long now) {
        begin();
        if (o.sackBlocks == 0) return;
        int first = 0;
        if (isDuplicate(o, ack)) {
            first = 1;
            acked.sackSeenDuplicate = true;
            dsackDups++;
            recovery.rack().duplicateSeen();
            recovery.undo().duplicateSeen(o.sackEnd[0], priorUna);
        }
        for (int i = first; i < o.sackBlocks; i++) {
            int from = o.sackStart[i];
            int to = o.sackEnd[i];
            // Only what is sent and unacknowledged can be news (RFC 2018, 5).
            if (SeqNum.atLeast(from, to) || SeqNum.after(to, s.sndNxt)) continue;
            if (SeqNum.before(from, s.sndUna)) {
                from = s.sndUna;
            }
            if (SeqNum.before(from, to)) {
                sackBlock(from, to, now);
            }
        }
    }

    /// A segment without SACK blocks says nothing so far.
    void begin() {
        acked.newlySacked = 0;
        acked.originalSacked = false;
        acked.sackSeenDuplicate = false;
        acked.sackRtt = -1;
        acked.reorderedSack = false;
        acked.highestBefore = highestSacked;
        acked.anyBefore = anySacked;
    }

    private boolean isDuplicate(TcpOptions o, int ack) {
        if (SeqNum.before(o.sackStart[0], ack)) return true;
        return o.sackBlocks > 1
                && SeqNum.atLeast(o.sackStart[0], o.sackStart[1])
                && SeqNum.atMost(o.sackEnd[0], o.sackEnd[1]);
    }

    private void sackBlock(int from, int to, long now) {
        int record = s.board.find(from);
        if (record != s.board.tail() && SeqNum.before(s.board.seq(record), from)) {
            record++;
        }
        for (; record != s.board.tail() && SeqNum.atMost(s.board.end(record), to); record++) {
            if (s.board.is(record, Scoreboard.SACKED)) continue;
            boolean again = s.board.is(record, Scoreboard.EVER_RETRANSMITTED);
            recovery.rack().delivered(record, now);
            if (!again) {
                if (acked.anyBefore && SeqNum.before(s.board.seq(record), acked.highestBefore)) {
                    noteReordering(s.board.seq(record));
                }
                if (SeqNum.atMost(s.board.end(record), recovery.highSeq)) {
                    acked.originalSacked = true;
                }
                acked.sackRtt = now - s.board.sentAt(record);
            }
            s.board.markSacked(record);
            acked.newlySacked++;
            delivered++;
            if (!anySacked || SeqNum.after(s.board.end(record), highestSacked)) {
                highestSacked = s.board.end(record);
                anySacked = true;
            }
        }
    }

    private void noteReordering(int seq) {
        if (!acked.reorderedSack || SeqNum.before(seq, acked.lowestNewlySacked)) {
            acked.lowestNewlySacked = seq;
        }
        acked.reorderedSack = true;
    }

    /// The distance of a segment that came late, in segments (RFC 4653's and RACK's measure).
    void measureReordering() {
        if (!acked.reorderedSack && !acked.reordered) return;
        int low = acked.reorderedSack ? acked.lowestNewlySacked : acked.lowestReordered;
        if (acked.reordered) {
            low = SeqNum.min(low, acked.lowestReordered);
        }
        int metric = highestSacked - low;
        if (metric > 0 && (long) metric > (long) reordering * s.mss) {
            reordering = Math.min((metric + s.mss - 1) / s.mss, MAX_REORDERING);
        }
        reordSeen++;
    }

    /// Takes the records up to `ack` off the board.
    void clean(int ack, long now) {
        Acked a = acked;
        a.segments = 0;
        a.octets = 0;
        a.hasSample = false;
        a.retransmittedAcked = false;
        a.originalAcked = false;
        a.synAcked = false;
        a.reordered = false;
        a.sackedBefore = 0;
        while (!s.board.isEmpty() && SeqNum.atMost(s.board.end(s.board.head()), ack)) {
            int record = s.board.head();
            boolean sacked = s.board.is(record, Scoreboard.SACKED);
            if (s.board.is(record, Scoreboard.IS_SYN)) {
                a.synAcked = true;
            }
            if (!sacked) {
                delivered++;
                recovery.rack().delivered(record, now);
            } else {
                a.sackedBefore++;
            }
            if (s.board.is(record, Scoreboard.EVER_RETRANSMITTED)) {
                a.retransmittedAcked = true;
            } else if (!sacked) {
                if (!a.hasSample) {
                    a.firstSentAt = s.board.sentAt(record);
                }
                a.lastSentAt = s.board.sentAt(record);
                a.hasSample = true;
                if (SeqNum.atMost(s.board.end(record), recovery.highSeq)) {
                    a.originalAcked = true;
                }
                if (acked.anyBefore
                        && SeqNum.before(s.board.seq(record), acked.highestBefore)
                        && !a.reordered) {
                    a.reordered = true;
                    a.lowestReordered = s.board.seq(record);
                }
            }
            a.segments++;
            a.octets += s.board.end(record) - s.board.seq(record);
            s.board.removeHead();
        }
        if (!s.board.isEmpty() && SeqNum.before(s.board.seq(s.board.head()), ack)) {
            a.octets += ack - s.board.seq(s.board.head());
            s.board.trimFront(s.board.head(), ack);
        }
        if (s.board.sackedOut == 0) {
            anySacked = false;
        }
    }

    /// The peer did not keep what it SACKed.
    void forgetSacks() {
        anySacked = false;
    }
}
