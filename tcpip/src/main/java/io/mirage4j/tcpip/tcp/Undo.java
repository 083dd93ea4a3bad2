// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Whether the window was reduced for nothing, since what counted as lost had only been late: by
/// the echo of a timestamp that is older than the retransmission (Eifel, RFC 3522), or because the
/// peer reports all that was sent again as duplicates (RFC 3708).
final class Undo {
    private final TcpConnection c;
    private final Sender s;

    /// There is something to undo.
    boolean isArmed;

    /// [Sender#sndUna] when it began, and how many retransmissions since are not known to have been
    /// for nothing.
    private int marker;

    private int retransmits;

    private int priorCwnd;
    private int priorSsthresh;
    private boolean hasStamp;

    /// The timestamp of the first retransmission.
    private int stamp;

    Undo(TcpConnection c, Sender s) {
        this.c = c;
        this.s = s;
    }

    /// Keeps what the window is before it is reduced.
    void save() {
        priorCwnd = s.window.cwnd;
        priorSsthresh = s.window.ssthresh;
    }

    void start(boolean armed) {
        isArmed = armed;
        marker = s.sndUna;
        retransmits = s.board.retransmittedOut;
        hasStamp = false;
    }

    void retransmitted(int tsVal) {
        if (!hasStamp) {
            hasStamp = true;
            stamp = tsVal;
        }
        retransmits++;
    }

    /// The peer had what ends at `end` already.
    void duplicateSeen(int end, int priorUna) {
        boolean ours = SeqNum.atMost(end, priorUna) && SeqNum.after(end, marker);
        if (isArmed && retransmits > 0 && ours) {
            retransmits--;
        }
    }

    /// The segment that is looked at answers what was sent first, not what was sent again.
    boolean isOriginalDelayed() {
        return hasStamp
                && c.receiver.timestamps
                && c.segment().options.hasTimestamps
                && c.segment().options.tsEcr - stamp < 0;
    }

    boolean isFounded() {
        return isArmed && (retransmits == 0 || isOriginalDelayed());
    }

    /// Makes the window what it was.
    void restore() {
        s.window.cwnd = s.control().onUndo(s.window, priorCwnd);
        if (priorSsthresh > s.window.ssthresh) {
            s.window.ssthresh = priorSsthresh;
        }
    }
}
