// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// What a timeout means: all that is on its way is lost (RFC 6298, 5.4 to 5.7; RFC 5681, 3.1),
/// unless what comes next tells that it was for nothing (F-RTO, RFC 5682). Made at the first one.
final class Timeouts {
    private final TcpConnection c;
    private final Sender s;
    private final Recovery recovery;

    /// It may still have been for nothing.
    private boolean isInDoubt;

    /// How many there were, and in how many rows.
    int count;

    int rows;

    Timeouts(TcpConnection c, Sender s, Recovery recovery) {
        this.c = c;
        this.s = s;
        this.recovery = recovery;
    }

    void begin() {
        count++;
        if (recovery.retransmits == 0) {
            rows++;
        }
        for (int r = s.board.head(); r != s.board.tail(); r++) {
            if (!s.board.is(r, Scoreboard.SACKED)) {
                s.board.markLost(r);
            }
        }
        s.window.cwnd = recovery.inFlight() + 1;
        s.window.forgetCredit();
        c.timers.reorderingAt = 0;
    }

    /// RFC 5682, 2.1: not where the timeout comes amidst another repair.
    void doubt(boolean mayBeForNothing) {
        isInDoubt = c.stack.parameters.rack && mayBeForNothing;
    }

    /// What an acknowledgment says of the timeout.
    enum Verdict {
        /// It was for nothing.
        UNFOUNDED,
        /// New data are sent next, and what comes of them tells.
        OPEN,
        FOUNDED
    }

    /// RFC 5682, 3.1. `recovered`: all that was sent before is acknowledged.
    Verdict judge(boolean advanced, boolean isDup, boolean recovered) {
        if (!isInDoubt) return Verdict.FOUNDED;
        Acked acked = recovery.deliveries.acked;
        // Step 3.b: an original that arrives after all. Without SACK it could have been there
        // before what was sent again.
        boolean original = acked.originalAcked && (c.sack || !acked.retransmittedAcked);
        if (acked.originalSacked || original) return Verdict.UNFOUNDED;
        if (SeqNum.after(s.sndNxt, recovery.highSeq)) {
            if (acked.newlySacked > 0 || isDup) {
                isInDoubt = false;
            }
        } else if (advanced && !recovered) {
            recovery.highSeq = s.sndNxt;
            if (s.buffer.unsent() > 0 && SeqNum.after(s.windowEnd(), s.sndNxt)) {
                s.sendNewFirst = true;
                return Verdict.OPEN;
            }
        }
        isInDoubt = false;
        return Verdict.FOUNDED;
    }

    void end() {
        isInDoubt = false;
    }
}
