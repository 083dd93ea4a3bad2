// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// RACK (RFC 8985): lost is what was sent long enough before something that arrived. The steps are
/// those of its section 6.2.
final class Rack {
    /// Timers are no finer than this, and the last segment may be a moment late.
    private static final long MARGIN_NANOS = 2_000_000L;

    private static final int MAX_STEPS = 255;

    private final TcpConnection c;
    private final Sender s;
    private final Recovery recovery;

    /// Of the delivered segment that was sent last: when, its end, its round trip.
    private long sentAt;

    private int end;
    private long rtt;

    private boolean advanced;
    private int windowSteps = 1;
    private int roundEnd;
    private boolean duplicateInRound;

    Rack(TcpConnection c, Sender s, Recovery recovery) {
        this.c = c;
        this.s = s;
        this.recovery = recovery;
    }

    /// Steps 1 to 3: a segment was delivered.
    void delivered(int record, long now) {
        long sample = now - s.board.sentAt(record);
        // Faster than any round trip: the first transmission arrived, not the second.
        if (s.board.is(record, Scoreboard.EVER_RETRANSMITTED) && sample < s.rtt.min) return;
        advanced = true;
        rtt = sample;
        if (isSentAfter(s.board.sentAt(record), sentAt, s.board.end(record), end)) {
            sentAt = s.board.sentAt(record);
            end = s.board.end(record);
        }
    }

    private static boolean isSentAfter(long a, long b, int endA, int endB) {
        return a > b || (a == b && SeqNum.after(endA, endB));
    }

    /// The ACK with its deliveries is through.
    void finish() {
        advanced = false;
    }

    /// If the ACK delivered something: marks what is lost, and plans when to look again.
    void detect(long now) {
        if (advanced) {
            detectNow(now);
        }
    }

    /// Step 5.
    void detectNow(long now) {
        long window = reorderingWindow();
        long wait = 0;
        int next;
        for (int r = s.board.oldest(); r != -1; r = next) {
            next = s.board.laterThan(r);
            if (!isSentAfter(sentAt, s.board.sentAt(r), end, s.board.end(r))) break;
            long remaining = rtt + window - (now - s.board.sentAt(r));
            if (remaining <= 0) {
                s.board.markLost(r);
            } else {
                wait = Math.max(wait, remaining);
            }
        }
        c.timers.reorderingAt = wait > 0 ? now + wait + MARGIN_NANOS : 0;
    }

    /// Step 4: how much later than its turn a segment may come.
    private long reorderingWindow() {
        boolean seen = recovery.deliveries.reordSeen > 0;
        boolean sure =
                recovery.state >= Recovery.RECOVERY
                        || s.board.sackedOut >= recovery.deliveries.reordering;
        if (!seen && sure) return 0;
        long quarter = s.rtt.min == Long.MAX_VALUE ? 0 : s.rtt.min / 4;
        return Math.min(quarter * windowSteps, s.rtt.srtt);
    }

    /// The peer has something twice: we were too fast.
    void duplicateSeen() {
        duplicateInRound = true;
    }

    /// Once a round trip the window grows by what was seen in it.
    void updateWindow(int priorUna) {
        if (!duplicateInRound || SeqNum.before(priorUna, roundEnd)) return;
        duplicateInRound = false;
        windowSteps = Math.min(MAX_STEPS, windowSteps + 1);
        roundEnd = s.sndNxt;
    }

    /// Whether a new one would do as well once nothing is on its way.
    boolean isForgettable() {
        return windowSteps == 1 && !duplicateInRound;
    }
}
