// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Spreads what a window allows over the round trip: twice as fast as that needs while the window
/// doubles, 1.2 times as fast later.
final class Pacer {
    /// Bursts of up to this: timers are no finer.
    private static final long BURST_NANOS = 1_000_000L;

    private final Sender s;
    private final TcpParameters p;
    private long next;

    Pacer(Sender s, TcpParameters p) {
        this.s = s;
        this.p = p;
    }

    private boolean isOn() {
        // Nothing is known of the path before the first window has come back.
        return p.pacing && s.rtt.srtt != 0 && s.dataSegmentsOut >= p.initialWindowSegments;
    }

    /// When more may go out; in the past if it may now.
    long readyAt() {
        return isOn() ? next - BURST_NANOS : Long.MIN_VALUE;
    }

    void sent(int octets, long now) {
        if (!isOn()) return;
        next = Math.max(next, now) + octets * s.rtt.srtt / perRound(s);
    }

    private static long perRound(Sender s) {
        long percent = s.window.inSlowStart() ? 200 : 120;
        return Math.max(1, (long) s.window.cwnd * s.mss * percent / 100);
    }

    /// How fast `s` sends where it is paced; 0: nothing is known of the path.
    static long octetsPerSecond(Sender s) {
        return s.rtt.srtt == 0 ? 0 : perRound(s) * 1_000_000_000L / s.rtt.srtt;
    }
}
