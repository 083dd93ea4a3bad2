// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// CUBIC (RFC 9438) with HyStart. The window follows `C (t - K)^3 + W_max`, computed in the fixed
/// point of its authors' implementation, so that windows can be compared number by number: `C` is
/// 410/1024, beta 717/1024, time counts in units of 1/1024 s.
final class Cubic implements CongestionControl {
    private static final int SCALE = 1024;
    private static final int BETA = 717;
    private static final int C = 410;
    private static final long CUBE_FACTOR = (1L << 40) / C;

    /// `8 (1 + beta) / (3 (1 - beta))`: segments per growth of the Reno-friendly window, times 8.
    private static final int FRIENDLY = 8 * (SCALE + BETA) / 3 / (SCALE - BETA);

    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int LOW_WINDOW = 16;
    private static final int MIN_SAMPLES = 8;
    private static final long ACK_TRAIN_GAP = 2 * MILLISECOND;
    private static final long MIN_DELAY_THRESHOLD = 4 * MILLISECOND;
    private static final long MAX_DELAY_THRESHOLD = 16 * MILLISECOND;

    private final boolean hystart;

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
    private boolean found;
    private long roundStart;
    private long lastAck;
    private int roundEnd;
    private long roundDelay = Long.MAX_VALUE;
    private int samples;

    Cubic(boolean hystart) {
        this.hystart = hystart;
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
        found = false;
        segmentsPerGrowth = 0;
        startRound(w, now);
    }

    @Override
    public void onRestart(CongestionWindow w, long lastSent, long now) {
        // Idle time is no time of growth.
        long delta = now - lastSent;
        if (epochStart != 0 && delta > 0) epochStart = Math.min(epochStart + delta, now);
    }

    @Override
    public boolean isForgettable() {
        return lastMaxCwnd == 0 && epochStart == 0 && !found;
    }

    @Override
    public void onRoundTrip(CongestionWindow w, long rtt, long now) {
        if (epochStart != 0 && now - epochStart < SECOND) return;
        if (minDelay == 0 || rtt < minDelay) minDelay = rtt;
        if (hystart && !found && w.inSlowStart() && w.cwnd() >= LOW_WINDOW) {
            hystart(w, rtt, now);
        }
    }

    private void startRound(CongestionWindow w, long now) {
        roundStart = now;
        lastAck = now;
        roundEnd = w.sndNxt();
        roundDelay = Long.MAX_VALUE;
        samples = 0;
    }

    private void hystart(CongestionWindow w, long rtt, long now) {
        if (SeqNum.after(w.sndUna(), roundEnd)) startRound(w, now);
        if (now - lastAck <= ACK_TRAIN_GAP) {
            lastAck = now;
            // Nothing is paced, so half the delay is what a train of ACKs may take.
            if (now - roundStart > minDelay / 2) exitSlowStart(w);
        }
        roundDelay = Math.min(roundDelay, rtt);
        if (samples < MIN_SAMPLES) {
            samples++;
            return;
        }
        long threshold = Math.clamp(minDelay >> 3, MIN_DELAY_THRESHOLD, MAX_DELAY_THRESHOLD);
        if (roundDelay > minDelay + threshold) exitSlowStart(w);
    }

    private void exitSlowStart(CongestionWindow w) {
        found = true;
        w.exitSlowStart();
    }

    @Override
    public void onAck(CongestionWindow w, int ackedNow, long now) {
        if (!w.isLimited()) return;
        int rest = ackedNow;
        if (w.inSlowStart()) {
            rest = w.slowStart(rest);
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
            if (epochStart == 0) startEpoch(cwnd, ackedNow, now);
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
        if (lastMaxCwnd == 0 && segmentsPerGrowth > 20) segmentsPerGrowth = 20;
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
