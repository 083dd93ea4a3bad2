// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

/// What is lost and when that is known: SACK (RFC 2018, 2883, 6675), RACK (RFC 8985), NewReno's
/// partial acknowledgments where the peer has no SACK, and the undoing of what was no loss (RFC
/// 3522, 3708, 5682). The window's side of it, PRR, is [Reduction]'s.
final class Recovery {
    /// The states of Linux's congestion machine, which tools know by these numbers.
    static final int OPEN = 0;

    static final int DISORDER = 1;
    static final int CWR = 2;
    static final int RECOVERY = 3;
    static final int LOSS = 4;

    private static final int MAX_REORDERING = 300;

    private final TcpConnection c;
    private final Sender s;
    private @Nullable Reduction reduction;
    private @Nullable Rack rack;

    int state = OPEN;

    /// [Sender#sndNxt] when the state was entered: acknowledged to there, it is over.
    int highSeq;

    int reordering;
    int reordSeen;

    /// Duplicate ACKs in the place of SACKed segments, where the peer has no SACK.
    private int dupAcks;

    private int highestSacked;
    private boolean anySacked;

    private boolean hasUndoMarker;
    private int undoMarker;
    private int undoRetransmits;
    private int priorCwnd;
    private int priorSsthresh;
    private int firstRetransmitTsVal;
    private boolean hasRetransmitStamp;
    private boolean frto;

    int tlpHighSeq;
    boolean tlpOut;
    private boolean tlpRetransmitted;

    int dsackDups;
    int retransmits;
    int totalRetransmits;
    long octetsRetransmitted;
    int delivered;

    Recovery(TcpConnection c, Sender s) {
        this.c = c;
        this.s = s;
        acked = c.stack.acked;
        reordering = c.stack.parameters.reordering;
    }

    private Reduction reduction() {
        if (reduction == null) reduction = new Reduction(s);
        return reduction;
    }

    private Rack rack() {
        if (rack == null) rack = new Rack(c, s, this);
        return rack;
    }

    /// Nothing is on its way: what a reduction and RACK knew of that goes.
    void trim() {
        if (!isReducing()) reduction = null;
        if (rack != null && rack.isForgettable()) rack = null;
    }

    /// Segments went out, new or again.
    void sent(int segments) {
        if (reduction != null) reduction.sent(segments);
    }

    /// The segments that the peer has, out of order.
    int sackedOut() {
        return c.sack ? s.board.sackedOut : Math.min(dupAcks, Math.max(0, s.board.size() - 1));
    }

    int inFlight() {
        // The SYN of a passive opener, with data behind it by Fast Open, does not count.
        int syn = !s.board.isEmpty() && s.board.is(s.board.head(), Scoreboard.IS_SYN) ? 1 : 0;
        if (c.sack) return s.board.inFlight() - syn;
        return s.board.size() - syn - sackedOut() - s.board.lostOut + s.board.retransmittedOut;
    }

    boolean isReducing() {
        return state == CWR || state == RECOVERY;
    }

    /// Takes the SACK blocks of a segment; `priorUna` is [Sender#sndUna] before its acknowledgment.
    void sack(TcpOptions o, int ack, int priorUna, long now) {
        acked.newlySacked = 0;
        acked.originalSacked = false;
        acked.sackSeenDuplicate = false;
        acked.sackRtt = -1;
        acked.reorderedSack = false;
        acked.highestBefore = highestSacked;
        acked.anyBefore = anySacked;
        if (o.sackBlocks == 0) return;
        int first = 0;
        if (isDuplicate(o, ack)) {
            first = 1;
            acked.sackSeenDuplicate = true;
            dsackDups++;
            rack().duplicateSeen();
            if (hasUndoMarker
                    && undoRetransmits > 0
                    && SeqNum.atMost(o.sackEnd[0], priorUna)
                    && SeqNum.after(o.sackEnd[0], undoMarker)) {
                undoRetransmits--;
            }
        }
        for (int i = first; i < o.sackBlocks; i++) {
            int from = o.sackStart[i];
            int to = o.sackEnd[i];
            // Only what is sent and unacknowledged can be news (RFC 2018, 5).
            if (SeqNum.atLeast(from, to) || SeqNum.after(to, s.sndNxt)) continue;
            if (SeqNum.before(from, s.sndUna)) from = s.sndUna;
            if (SeqNum.before(from, to)) sackBlock(from, to, now);
        }
    }

    private boolean isDuplicate(TcpOptions o, int ack) {
        if (SeqNum.before(o.sackStart[0], ack)) return true;
        return o.sackBlocks > 1
                && SeqNum.atLeast(o.sackStart[0], o.sackStart[1])
                && SeqNum.atMost(o.sackEnd[0], o.sackEnd[1]);
    }

    private void sackBlock(int from, int to, long now) {
        int record = s.board.find(from);
        if (record != s.board.tail() && SeqNum.before(s.board.seq(record), from)) record++;
        for (; record != s.board.tail() && SeqNum.atMost(s.board.end(record), to); record++) {
            if (s.board.is(record, Scoreboard.SACKED)) continue;
            boolean again = s.board.is(record, Scoreboard.EVER_RETRANSMITTED);
            rack().delivered(record, now);
            if (!again) {
                if (acked.anyBefore && SeqNum.before(s.board.seq(record), acked.highestBefore)) {
                    noteReordering(s.board.seq(record));
                }
                if (SeqNum.atMost(s.board.end(record), highSeq)) acked.originalSacked = true;
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
        if (!acked.reorderedSack || SeqNum.before(seq, acked.lowestNewlySacked))
            acked.lowestNewlySacked = seq;
        acked.reorderedSack = true;
    }

    /// The distance of a segment that came late, in segments (RFC 4653's and RACK's measure).
    private void updateReordering(int lowSeq) {
        int metric = highestSacked - lowSeq;
        if (metric > 0 && (long) metric > (long) reordering * s.mss) {
            reordering = Math.min((metric + s.mss - 1) / s.mss, MAX_REORDERING);
        }
        reordSeen++;
    }

    /// What the SACK blocks of a segment and the removal of acknowledged records found.
    static final class Acked {
        int newlySacked;
        boolean originalSacked;
        boolean sackSeenDuplicate;
        long sackRtt;
        int lowestNewlySacked;
        boolean reorderedSack;

        /// [#highestSacked] and whether there was one, before this segment.
        int highestBefore;

        boolean anyBefore;
        int segments;
        int octets;
        long firstSentAt;
        long lastSentAt;
        boolean hasSample;
        boolean retransmittedAcked;
        boolean originalAcked;
        boolean synAcked;
        int lowestReordered;
        boolean reordered;
        int sackedBefore;
    }

    /// Of the segment that is looked at: one for all connections.
    final Acked acked;

    /// Takes the records up to `ack` off the s.board.
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
            if (s.board.is(record, Scoreboard.IS_SYN)) a.synAcked = true;
            if (!sacked) {
                delivered++;
                rack().delivered(record, now);
            } else {
                a.sackedBefore++;
            }
            if (s.board.is(record, Scoreboard.EVER_RETRANSMITTED)) {
                a.retransmittedAcked = true;
            } else if (!sacked) {
                if (!a.hasSample) a.firstSentAt = s.board.sentAt(record);
                a.lastSentAt = s.board.sentAt(record);
                a.hasSample = true;
                if (SeqNum.atMost(s.board.end(record), highSeq)) a.originalAcked = true;
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
        if (s.board.sackedOut == 0) anySacked = false;
    }

    /// The state machine, after [#sack] and [#clean]. `advanced`: [Sender#sndUna] moved; `isDup`:
    /// the ACK says nothing but that something arrived. Returns whether lost segments may be sent.
    void react(Segment seg, boolean advanced, boolean isDup, int priorUna, long now) {
        int lostBefore = s.board.lostOut;
        int deliveredNow = acked.newlySacked + acked.segments - acked.sackedBefore;
        if (!c.sack) {
            // Each duplicate told of one segment already.
            deliveredNow = advanced ? Math.max(acked.segments - dupAcks, 1) : isDup ? 1 : 0;
        }
        if (c.sack && (acked.reorderedSack || acked.reordered)) {
            int low = acked.reorderedSack ? acked.lowestNewlySacked : acked.lowestReordered;
            if (acked.reordered) low = SeqNum.min(low, acked.lowestReordered);
            updateReordering(low);
        }
        rack().updateWindow(priorUna);
        boolean ece = c.ecn && seg.has(TcpWire.ECE);
        if (tlpOut) tlpAcked(seg.ack, isDup);
        if (s.board.isEmpty()) dupAcks = 0;
        if (state != OPEN && SeqNum.atLeast(s.sndUna, highSeq) && leave()) {
            finish(ece, deliveredNow, lostBefore, advanced, now);
            return;
        }
        switch (state) {
            case RECOVERY -> inRecovery(advanced, isDup, now);
            case LOSS -> inLoss(advanced, isDup, now);
            default -> normally(advanced, isDup, ece, now);
        }
        finish(ece, deliveredNow, lostBefore, advanced, now);
    }

    private void finish(boolean ece, int deliveredNow, int lostBefore, boolean advanced, long now) {
        rack().finish();
        if (isReducing()) {
            boolean newlyLost = s.board.lostOut > lostBefore;
            reduction().step(deliveredNow, inFlight(), advanced && !newlyLost);
        } else if (deliveredNow > 0 && !(ece && state == OPEN)) {
            boolean mayGrow = reordering > c.stack.parameters.reordering || acked.segments > 0;
            if (mayGrow) s.control().onAck(s.window, deliveredNow, now);
        }
    }

    /// Everything that was sent when the state was entered is acknowledged. Returns whether that is
    /// all there is to do.
    private boolean leave() {
        if (state == CWR) {
            if (s.sndUna == highSeq) return false;
            endReduction();
            state = OPEN;
        } else if (state == RECOVERY) {
            dupAcks = 0;
            if (mayUndo()) {
                undo(true);
            } else {
                // Without SACK a late duplicate of the last segment could start it all again.
                if (!c.sack && s.sndUna == highSeq) return true;
                endReduction();
            }
            hasUndoMarker = false;
            open();
        }
        return false;
    }

    private void open() {
        state = OPEN;
        if (sackedOut() > 0 || s.board.lostOut > 0) state = DISORDER;
    }

    private void inRecovery(boolean advanced, boolean isDup, long now) {
        if (!advanced) {
            if (!c.sack && isDup) dupAcks++;
        } else {
            // A partial acknowledgment (RFC 6582, 3.2 step 3).
            if (!c.sack) dupAcks = Math.max(0, dupAcks - acked.segments + 1);
            if (hasUndoMarker && isDelayedOriginal()) {
                undo(true);
                hasUndoMarker = false;
                open();
            }
        }
        identifyLoss(advanced, now);
    }

    private void inLoss(boolean advanced, boolean isDup, long now) {
        boolean recovered = SeqNum.atLeast(s.sndUna, highSeq);
        if ((advanced || recovered) && hasUndoMarker && isDelayedOriginal()) {
            undoLoss();
            return;
        }
        if (frto) {
            // RFC 5682, 3.1 step 2 and 3: an original that arrives after all.
            if ((acked.originalSacked || (acked.originalAcked && !acked.retransmittedAcked))
                    && advanced) {
                undoLoss();
                return;
            }
            if (SeqNum.after(s.sndNxt, highSeq)) {
                if (acked.newlySacked > 0 || isDup) frto = false;
            } else if (advanced && !recovered) {
                highSeq = s.sndNxt;
                if (s.unsent() > 0 && SeqNum.after(s.windowEnd(), s.sndNxt)) {
                    s.sendNewFirst = true;
                    return;
                }
            }
            frto = false;
        }
        if (recovered) {
            if (mayUndo()) {
                undoLoss();
                return;
            }
            hasUndoMarker = false;
            retransmits = 0;
            open();
            return;
        }
        if (!c.sack) {
            if (SeqNum.after(s.sndNxt, highSeq) && isDup) {
                dupAcks++;
            } else if (advanced) {
                dupAcks = 0;
            }
        }
        identifyLoss(advanced, now);
    }

    private void normally(boolean advanced, boolean isDup, boolean ece, long now) {
        if (!c.sack) {
            if (advanced) dupAcks = 0;
            if (isDup) dupAcks++;
        }
        identifyLoss(advanced, now);
        if (!isTimeToRecover()) {
            if (ece && state != CWR) enterCwr();
            if (state != CWR) open();
            return;
        }
        if (s.isProbeLost()) {
            s.firstRetransmission = true;
            open();
            return;
        }
        enterRecovery(ece);
        identifyLoss(advanced, now);
    }

    private boolean isTimeToRecover() {
        if (s.board.lostOut > 0) return true;
        if (c.sack && c.stack.parameters.rack) return false;
        return sackedOut() >= reordering;
    }

    private void enterRecovery(boolean ece) {
        if (state < CWR) startReduction();
        state = RECOVERY;
        highSeq = s.sndNxt;
        hasUndoMarker = !ece;
        undoMarker = s.sndUna;
        undoRetransmits = s.board.retransmittedOut > 0 ? s.board.retransmittedOut : 0;
        hasRetransmitStamp = false;
        s.firstRetransmission = true;
    }

    /// RFC 3168, 6.1.2, and other reasons to slow down without a loss.
    void enterCwr() {
        if (state >= CWR) return;
        hasUndoMarker = false;
        startReduction();
        state = CWR;
        highSeq = s.sndNxt;
    }

    private void startReduction() {
        priorCwnd = s.window.cwnd;
        priorSsthresh = s.window.ssthresh;
        tlpOut = false;
        s.window.forgetCredit();
        reduction().start(s.window.cwnd);
        // RFC 3168, 6.1.2: the peer learns that the window was reduced, for whatever reason.
        if (c.ecn) s.sendCwr = true;
        s.window.ssthresh = s.control().onLoss(s.window);
    }

    private void endReduction() {
        if (s.window.ssthresh < CongestionWindow.INFINITE) s.window.cwnd = s.window.ssthresh;
    }

    private boolean isDelayedOriginal() {
        return hasRetransmitStamp
                && c.receiver.timestamps
                && c.segment().options.hasTimestamps
                && c.segment().options.tsEcr - firstRetransmitTsVal < 0;
    }

    private boolean mayUndo() {
        return hasUndoMarker && (undoRetransmits == 0 || isDelayedOriginal());
    }

    private void undo(boolean cwndToo) {
        if (cwndToo) {
            s.window.cwnd = s.control().onUndo(s.window, priorCwnd);
            if (priorSsthresh > s.window.ssthresh) s.window.ssthresh = priorSsthresh;
        }
    }

    private void undoLoss() {
        s.board.forgetLosses();
        undo(true);
        hasUndoMarker = false;
        frto = false;
        retransmits = 0;
        s.rtt.backoff = 0;
        open();
    }

    /// Marks what is lost.
    void identifyLoss(boolean advanced, long now) {
        if (s.board.isEmpty()) return;
        if (!c.sack) {
            boolean three = state < RECOVERY && dupAcks >= reordering;
            if (three || (state == RECOVERY && advanced)) markHead();
            return;
        }
        if (!c.stack.parameters.rack) {
            markByCount();
            return;
        }
        rack().detect(now);
    }

    private void markHead() {
        int head = s.board.head();
        if (!s.board.is(head, Scoreboard.LOST) || s.board.is(head, Scoreboard.RETRANSMITTED)) {
            s.board.markLost(head);
        }
    }

    /// RFC 6675, 4: lost is what has three SACKed segments behind it.
    private void markByCount() {
        int behind = s.board.sackedOut;
        for (int r = s.board.head(); r != s.board.tail() && behind >= reordering; r++) {
            if (s.board.is(r, Scoreboard.SACKED)) {
                behind--;
            } else if (!s.board.is(r, Scoreboard.LOST)) {
                s.board.markLost(r);
            }
        }
    }

    /// The reordering timer has gone off.
    void reorderingExpired(long now) {
        int before = inFlight();
        rack().detectNow(now);
        if (inFlight() != before) {
            if (state != RECOVERY && state != LOSS) {
                enterRecovery(false);
            }
            if (isReducing()) reduction().step(1, inFlight(), false);
        }
    }

    /// RFC 6298, 5.4 to 5.7; RFC 5681, 3.1.
    void timeout(long now) {
        boolean newLoss = state <= DISORDER || SeqNum.after(s.sndUna, highSeq);
        boolean again = state == LOSS && retransmits > 0;
        if (state <= DISORDER
                || SeqNum.atLeast(s.sndUna, highSeq)
                || (state == LOSS && retransmits == 0)) {
            priorSsthresh = s.window.ssthresh;
            priorCwnd = s.window.cwnd;
            s.window.ssthresh = s.control().onLoss(s.window);
            s.control().onTimeout(s.window, now);
            hasUndoMarker = true;
            undoMarker = s.sndUna;
            undoRetransmits = s.board.retransmittedOut;
            hasRetransmitStamp = false;
        }
        if (!c.sack) dupAcks = 0;
        for (int r = s.board.head(); r != s.board.tail(); r++) {
            if (!s.board.is(r, Scoreboard.SACKED)) s.board.markLost(r);
        }
        s.window.cwnd = inFlight() + 1;
        s.window.forgetCredit();
        state = LOSS;
        highSeq = s.sndNxt;
        tlpOut = false;
        frto = c.stack.parameters.rack && (newLoss || again);
        c.timers.reorderingAt = 0;
    }

    /// The peer SACKed the first segment that it then did not keep.
    void forgetRenegedSacks() {
        s.board.forgetSacks();
        anySacked = false;
    }

    void noteRetransmission(int record, long now, int tsVal) {
        if (!hasRetransmitStamp) {
            hasRetransmitStamp = true;
            firstRetransmitTsVal = tsVal;
        }
        undoRetransmits++;
        totalRetransmits++;
        octetsRetransmitted += s.board.end(record) - s.board.seq(record);
        s.board.markRetransmitted(record, now);
    }

    void tlpSent(boolean retransmission) {
        tlpOut = true;
        tlpHighSeq = s.sndNxt;
        tlpRetransmitted = retransmission;
    }

    /// RFC 8985, 7.4.2: did the probe repair a loss, or was there none?
    private void tlpAcked(int ack, boolean isDup) {
        if (SeqNum.before(ack, tlpHighSeq)) return;
        if (!tlpRetransmitted || acked.sackSeenDuplicate) {
            tlpOut = false;
        } else if (SeqNum.after(ack, tlpHighSeq)) {
            tlpOut = false;
            if (state < CWR) {
                startReduction();
                endReduction();
            }
        } else if (isDup && acked.newlySacked == 0) {
            tlpOut = false;
        }
    }

    int newlySacked() {
        return acked.newlySacked;
    }

    long sackRtt() {
        return acked.sackRtt;
    }

    boolean sawDuplicate() {
        return acked.sackSeenDuplicate;
    }
}
