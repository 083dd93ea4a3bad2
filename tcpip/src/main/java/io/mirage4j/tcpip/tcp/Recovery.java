// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

/// What is lost, when that is known, and what follows from it: the states between the first sign of
/// a loss and its repair, with NewReno's partial acknowledgments where the peer has no SACK (RFC
/// 6582, 6675).
///
/// What has arrived is [Deliveries]' to find, what is lost of the rest [Rack]'s; the window's side
/// of it is [Reduction]'s, that of a timeout [Timeouts]', and [Undo] tells whether there was no
/// loss.
final class Recovery {
    /// The states of Linux's congestion machine, which tools know by these numbers.
    static final int OPEN = 0;

    static final int DISORDER = 1;
    static final int CWR = 2;
    static final int RECOVERY = 3;
    static final int LOSS = 4;

    private final TcpConnection c;
    private final Sender s;
    final Deliveries deliveries;
    private @Nullable Reduction reduction;
    private @Nullable Rack rack;
    private @Nullable Undo undo;
    private @Nullable TailLossProbe probe;
    private @Nullable Timeouts timeouts;

    int state = OPEN;

    /// [Sender#sndNxt] when the state was entered: acknowledged to there, it is over.
    int highSeq;

    /// Duplicate ACKs in the place of SACKed segments, where the peer has no SACK.
    private int dupAcks;

    int retransmits;
    int totalRetransmits;
    long octetsRetransmitted;

    Recovery(TcpConnection c, Sender s) {
        this.c = c;
        this.s = s;
        deliveries = new Deliveries(c, s, this);
    }

    private Reduction reduction() {
        if (reduction == null) {
            reduction = new Reduction(s);
        }
        return reduction;
    }

    Rack rack() {
        if (rack == null) {
            rack = new Rack(c, s, this);
        }
        return rack;
    }

    Undo undo() {
        if (undo == null) {
            undo = new Undo(c, s);
        }
        return undo;
    }

    TailLossProbe probe() {
        if (probe == null) {
            probe = new TailLossProbe(c, s);
        }
        return probe;
    }

    Timeouts timeouts() {
        if (timeouts == null) {
            timeouts = new Timeouts(c, s, this);
        }
        return timeouts;
    }

    /// How often the timeout has passed, and in how many rows.
    int timeoutCount() {
        return timeouts == null ? 0 : timeouts.count;
    }

    int timeoutRows() {
        return timeouts == null ? 0 : timeouts.rows;
    }

    /// A tail loss probe is on its way, and nothing has answered it.
    boolean isProbing() {
        return probe != null && probe.isOut;
    }

    /// Nothing is on its way: what a reduction and RACK knew of that goes.
    void trim() {
        if (!isReducing()) {
            reduction = null;
        }
        if (rack != null && rack.isForgettable()) {
            rack = null;
        }
        if (undo != null && !undo.isArmed) {
            undo = null;
        }
        if (!isProbing()) {
            probe = null;
        }
    }

    /// Segments went out, new or again.
    void sent(int segments) {
        if (reduction != null) {
            reduction.sent(segments);
        }
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

    /// The state machine, after [Deliveries#sack] and [Deliveries#clean]. `advanced`:
    /// [Sender#sndUna] moved; `isDup`: the ACK says nothing but that something arrived. Returns
    /// whether lost segments may be sent.
    void react(Segment seg, boolean advanced, boolean isDup, int priorUna, long now) {
        int lostBefore = s.board.lostOut;
        Acked acked = deliveries.acked;
        int deliveredNow = acked.newlySacked + acked.segments - acked.sackedBefore;
        if (!c.sack) {
            // Each duplicate told of one segment already.
            deliveredNow = advanced ? Math.max(acked.segments - dupAcks, 1) : isDup ? 1 : 0;
        }
        if (c.sack) {
            deliveries.measureReordering();
        }
        rack().updateWindow(priorUna);
        boolean ece = c.ecn && seg.has(TcpWire.ECE);
        if (ece) {
            deliveries.deliveredMarked += deliveredNow;
        }
        if (probe != null && probe.isOut) {
            probe.acked(seg.ack, isDup);
        }
        if (s.board.isEmpty()) {
            dupAcks = 0;
        }
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

    /// Nothing is lost or out of order, and nothing that could be tells otherwise soon.
    boolean isCalm() {
        return state == OPEN
                && c.sack
                && s.board.sackedOut + s.board.lostOut + s.board.retransmittedOut == 0
                && !isProbing();
    }

    /// As [#react], where it [#isCalm] and all that was sent has been acknowledged.
    void allArrived(int priorUna, long now) {
        dupAcks = 0;
        if (deliveries.acked.reordered) {
            deliveries.measureReordering();
        }
        rack().updateWindow(priorUna);
        rack().finish();
        s.control().onAck(s.window, deliveries.acked.segments, now);
    }

    private void finish(boolean ece, int deliveredNow, int lostBefore, boolean advanced, long now) {
        rack().finish();
        if (isReducing()) {
            boolean newlyLost = s.board.lostOut > lostBefore;
            reduction().step(deliveredNow, inFlight(), advanced && !newlyLost);
        } else if (deliveredNow > 0 && !(ece && state == OPEN)) {
            boolean mayGrow =
                    deliveries.reordering > c.stack.parameters.reordering
                            || deliveries.acked.segments > 0;
            if (mayGrow) {
                s.control().onAck(s.window, deliveredNow, now);
            }
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
                undo().restore();
            } else {
                // Without SACK a late duplicate of the last segment could start it all again.
                if (!c.sack && s.sndUna == highSeq) return true;
                endReduction();
            }
            disarmUndo();
            open();
        }
        return false;
    }

    private void open() {
        state = OPEN;
        if (sackedOut() > 0 || s.board.lostOut > 0) {
            state = DISORDER;
        }
    }

    private void inRecovery(boolean advanced, boolean isDup, long now) {
        if (!advanced) {
            if (!c.sack && isDup) {
                dupAcks++;
            }
        } else {
            // A partial acknowledgment (RFC 6582, 3.2 step 3).
            if (!c.sack) {
                dupAcks = Math.max(0, dupAcks - deliveries.acked.segments + 1);
            }
            if (isOriginalDelayed()) {
                undo().restore();
                disarmUndo();
                open();
            }
        }
        identifyLoss(advanced, now);
    }

    private void inLoss(boolean advanced, boolean isDup, long now) {
        boolean recovered = SeqNum.atLeast(s.sndUna, highSeq);
        if ((advanced || recovered) && isOriginalDelayed()) {
            undoLoss();
            return;
        }
        switch (timeouts().judge(advanced, isDup, recovered)) {
            case UNFOUNDED -> {
                undoLoss();
                return;
            }
            case OPEN -> {
                return;
            }
            case FOUNDED -> {}
        }
        if (recovered) {
            if (mayUndo()) {
                undoLoss();
                return;
            }
            disarmUndo();
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
            if (advanced) {
                dupAcks = 0;
            }
            if (isDup) {
                dupAcks++;
            }
        }
        identifyLoss(advanced, now);
        if (!isTimeToRecover()) {
            if (ece && state != CWR) {
                enterCwr();
            }
            if (state != CWR) {
                open();
            }
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
        return sackedOut() >= deliveries.reordering;
    }

    private void enterRecovery(boolean ece) {
        if (state < CWR) {
            startReduction();
        }
        state = RECOVERY;
        highSeq = s.sndNxt;
        undo().start(!ece);
        s.firstRetransmission = true;
    }

    /// RFC 3168, 6.1.2, and other reasons to slow down without a loss.
    void enterCwr() {
        if (state >= CWR) return;
        disarmUndo();
        startReduction();
        state = CWR;
        highSeq = s.sndNxt;
    }

    /// A probe has found a loss and repaired it: the window pays for it, and that is all.
    void reduceOnce() {
        if (state >= CWR) return;
        startReduction();
        endReduction();
    }

    private void startReduction() {
        undo().save();
        if (probe != null) {
            probe.isOut = false;
        }
        s.window.forgetCredit();
        reduction().start(s.window.cwnd);
        // RFC 3168, 6.1.2: the peer learns that the window was reduced, for whatever reason.
        if (c.ecn) {
            s.sendCwr = true;
        }
        s.window.ssthresh = s.control().onLoss(s.window);
    }

    private void endReduction() {
        if (s.window.ssthresh < CongestionWindow.INFINITE) {
            s.window.cwnd = s.window.ssthresh;
        }
    }

    private boolean mayUndo() {
        return undo != null && undo.isFounded();
    }

    private boolean isOriginalDelayed() {
        return undo != null && undo.isArmed && undo.isOriginalDelayed();
    }

    private void disarmUndo() {
        if (undo != null) {
            undo.isArmed = false;
        }
    }

    private void undoLoss() {
        s.board.forgetLosses();
        undo().restore();
        disarmUndo();
        timeouts().end();
        retransmits = 0;
        s.rtt.backoff = 0;
        open();
    }

    /// Marks what is lost.
    void identifyLoss(boolean advanced, long now) {
        if (s.board.isEmpty()) return;
        if (!c.sack) {
            boolean three = state < RECOVERY && dupAcks >= deliveries.reordering;
            if (three || (state == RECOVERY && advanced)) {
                markHead();
            }
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
        for (int r = s.board.head(); r != s.board.tail() && behind >= deliveries.reordering; r++) {
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
            if (isReducing()) {
                reduction().step(1, inFlight(), false);
            }
        }
    }

    /// RFC 6298, 5.4 to 5.7; RFC 5681, 3.1.
    void timeout(long now) {
        boolean newLoss = state <= DISORDER || SeqNum.after(s.sndUna, highSeq);
        boolean again = state == LOSS && retransmits > 0;
        if (state <= DISORDER
                || SeqNum.atLeast(s.sndUna, highSeq)
                || (state == LOSS && retransmits == 0)) {
            undo().save();
            s.window.ssthresh = s.control().onLoss(s.window);
            s.control().onTimeout(s.window, now);
            undo().start(true);
        }
        if (!c.sack) {
            dupAcks = 0;
        }
        timeouts().begin();
        state = LOSS;
        highSeq = s.sndNxt;
        if (probe != null) {
            probe.isOut = false;
        }
        timeouts().doubt(newLoss || again);
    }

    /// The peer SACKed the first segment that it then did not keep.
    void forgetRenegedSacks() {
        s.board.forgetSacks();
        deliveries.forgetSacks();
    }

    void noteRetransmission(int record, long now, int tsVal) {
        undo().retransmitted(tsVal);
        totalRetransmits++;
        octetsRetransmitted += s.board.end(record) - s.board.seq(record);
        s.board.markRetransmitted(record, now);
    }
}
