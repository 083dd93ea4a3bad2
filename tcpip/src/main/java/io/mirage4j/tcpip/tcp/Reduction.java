// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Proportional Rate Reduction (RFC 6937): during recovery the window shrinks in step with what the
/// peer receives, and slow-starts up to the threshold where more was lost than that.
final class Reduction {
    private final Sender s;
    private int priorCwnd;
    private int delivered;
    private int out;

    Reduction(Sender s) {
        this.s = s;
    }

    void start(int cwnd) {
        priorCwnd = Math.max(1, cwnd);
        delivered = 0;
        out = 0;
    }

    void sent(int segments) {
        out += segments;
    }

    /// `deliveredNow` segments reached the peer; `isSafe`: the ACK moved on and found no new loss.
    void step(int deliveredNow, int inFlight, boolean isSafe) {
        if (deliveredNow <= 0) return;
        delivered += deliveredNow;
        int delta = s.window.ssthresh - inFlight;
        int count;
        if (delta < 0) {
            long proportional = ((long) s.window.ssthresh * delivered + priorCwnd - 1) / priorCwnd;
            count = (int) proportional - out;
        } else {
            count = Math.max(delivered - out, deliveredNow);
            if (isSafe) {
                count++;
            }
            count = Math.min(delta, count);
        }
        // The first retransmission always goes out.
        count = Math.max(count, out > 0 ? 0 : 1);
        s.window.cwnd = inFlight + count;
    }
}
