// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// RFC 5681 and 6582: half the window at a loss, one segment more a round trip.
final class NewReno implements CongestionControl {
    private final SlowStart slowStart;
    private long minDelay = Long.MAX_VALUE;

    NewReno(SlowStart slowStart) {
        this.slowStart = slowStart;
    }

    @Override
    public int onLoss(CongestionWindow window) {
        return Math.max(window.cwnd() >> 1, 2);
    }

    @Override
    public boolean isForgettable() {
        return !slowStart.hasEnded();
    }

    @Override
    public void onRoundTrip(CongestionWindow window, long rtt, long now) {
        minDelay = Math.min(minDelay, rtt);
        slowStart.onRoundTrip(window, rtt, minDelay, now);
    }

    @Override
    public void onTimeout(CongestionWindow window, long now) {
        slowStart.restart(window, now);
    }

    @Override
    public void onAck(CongestionWindow window, int acked, long now) {
        if (!window.isLimited()) return;
        int rest = window.inSlowStart() ? slowStart.onAck(window, acked) : acked;
        if (rest > 0) {
            window.additiveIncrease(window.cwnd(), rest);
        }
    }
}
