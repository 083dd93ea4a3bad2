// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// RFC 5681 and 6582: half the window at a loss, one segment more a round trip.
final class NewReno implements CongestionControl {
    @Override
    public int onLoss(CongestionWindow window) {
        return Math.max(window.cwnd() >> 1, 2);
    }

    @Override
    public boolean isForgettable() {
        return true;
    }

    @Override
    public void onAck(CongestionWindow window, int acked, long now) {
        if (!window.isLimited()) return;
        int rest = window.inSlowStart() ? window.slowStart(acked) : acked;
        if (rest > 0) window.additiveIncrease(window.cwnd(), rest);
    }
}
