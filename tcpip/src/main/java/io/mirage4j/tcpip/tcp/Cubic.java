// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// CUBIC (RFC 9438). The window follows `C (t - K)^3 + W_max`, computed in the fixed point of its
/// authors' implementation, so that windows can be compared number by number: `C` is 410/1024, beta
/// 717/1024, time counts in units of 1/1024 s.
final class Cubic implements CongestionControl {
    private static final int SCALE = 1024;
    private static final int BETA = 717;
    private static final int C = 410;
    private static final long CUBE_FACTOR = (1L << 40) / C;

    /// `8 (1 + beta) / (3 (1 - beta))`: segments per growth of the Reno-friendly window, times 8.
    private static final int FRIENDLY = 8 * (SCALE + BETA) / 3 / (SCALE - BETA);

    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final SlowStart slowStart;

    private int segmentsPerGrowth;
    private int lastMaxCwnd;
    private int lastCwnd;
    private long lastTime;
    private int originPoint;
    private int k;
    private long epochStart;
    private int acked;
    private int friendlyCwnd;

    private long minDelay;

    Cubic(SlowStart slowStart) {
        this.slowStart = slowStart;
    }

    @Override
    public int onLoss(CongestionWindow w) {
        epochStart = 0;
        int cwnd = w.cwnd();
        // RFC 9438, 4.7: fast convergence.
        lastMaxCwnd =
                cwnd < lastMaxCwnd ? (int) ((long) cwnd * (SCALE + BETA) / (2 * SCALE)) : cwnd;
        return Math.max((int) ((long) cwnd * BETA / SCALE), 2);
    }

    @Override
    public void onTimeout(CongestionWindow w, long now) {
        lastMaxCwnd = 0;
        lastCwnd = 0;
        lastTime = 0;
        originPoint = 0;
        k = 0;
        minDelay = 0;
        epochStart = 0;
        acked = 0;
        friendlyCwnd = 0;
        segmentsPerGrowth = 0;
        slowStart.restart(w, now);
    }

    @Override
    public void onRestart(CongestionWindow w, long lastSent, long now) {
        // Idle time is no time of growth.
        long delta = now - lastSent;
        if (epochStart != 0 && delta > 0) {
            epochStart = Math.min(epochStart + delta, now);
        }
    }

    @Override
    public boolean isForgettable() {
        return lastMaxCwnd == 0 && epochStart == 0 && !slowStart.hasEnded();
    }

    @Override
    public void onRoundTrip(CongestionWindow w, long rtt, long now) {
        if (epochStart != 0 && now - epochStart < SECOND) return;
        if (minDelay == 0 || rtt < minDelay) {
            minDelay = rtt;
        }
        slowStart.onRoundTrip(w, rtt, minDelay, now);
    }

    @Override
    public void onAck(CongestionWindow w, int ackedNow, long now) {
        if (!w.isLimited()) return;
        int rest = ackedNow;
        if (w.inSlowStart()) {
            rest = slowStart.onAck(w, rest);
            if (rest == 0) return;
        }
        update(w.cwnd(), rest, now);
        w.additiveIncrease(segmentsPerGrowth, rest);
    }

    private void update(int cwnd, int ackedNow, long now) {
        acked += ackedNow;
        if (lastCwnd == cwnd && now - lastTime <= SECOND / 32) return;
        if (epochStart == 0 || now != lastTime) {
            lastCwnd = cwnd;
            lastTime = now;
            if (epochStart == 0) {
                startEpoch(cwnd, ackedNow, now);
            }
            follow(cwnd, now);
        }
        beFriendly(cwnd);
    }

    private void startEpoch(int cwnd, int ackedNow, long now) {
        epochStart = now;
        acked = ackedNow;
        friendlyCwnd = cwnd;
        if (lastMaxCwnd <= cwnd) {
            k = 0;
            originPoint = cwnd;
        } else {
            k = (int) Math.cbrt((double) CUBE_FACTOR * (lastMaxCwnd - cwnd));
            originPoint = lastMaxCwnd;
        }
    }

    private void follow(int cwnd, long now) {
        long millis = (now - epochStart) / MILLISECOND + minDelay / MILLISECOND;
        long t = (millis << 10) / 1000;
        long offset = Math.min(Math.abs(t - k), 1 << 17);
        int delta = (int) Math.min((C * offset * offset * offset) >> 40, 1 << 28);
        int target = t < k ? originPoint - delta : originPoint + delta;
        segmentsPerGrowth = target > cwnd ? cwnd / (target - cwnd) : 100 * cwnd;
        if (lastMaxCwnd == 0 && segmentsPerGrowth > 20) {
            segmentsPerGrowth = 20;
        }
    }

    /// RFC 9438, 4.3: never slower than Reno would be.
    private void beFriendly(int cwnd) {
        int delta = Math.max(1, (int) (((long) cwnd * FRIENDLY) >> 3));
        while (acked > delta) {
            acked -= delta;
            friendlyCwnd++;
        }
        if (friendlyCwnd > cwnd) {
            segmentsPerGrowth = Math.min(segmentsPerGrowth, cwnd / (friendlyCwnd - cwnd));
        }
        segmentsPerGrowth = Math.max(segmentsPerGrowth, 2);
    }
}
