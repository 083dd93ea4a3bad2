// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// HyStart as Linux has it: slow start ends at once where the round trip grows, or where the ACKs
/// of a round come as a train that is as long as half of the smallest round trip.
final class HyStart implements SlowStart {
    private static final long MILLISECOND = 1_000_000L;
    private static final int LOW_WINDOW = 16;
    private static final int MIN_SAMPLES = 8;
    private static final long ACK_TRAIN_GAP = 2 * MILLISECOND;
    private static final long MIN_DELAY_THRESHOLD = 4 * MILLISECOND;
    private static final long MAX_DELAY_THRESHOLD = 16 * MILLISECOND;

    private boolean found;
    private long roundStart;
    private long lastAck;
    private int roundEnd;
    private long roundDelay = Long.MAX_VALUE;
    private int samples;

    @Override
    public void onRoundTrip(CongestionWindow w, long rtt, long minDelay, long now) {
        if (found || !w.inSlowStart() || w.cwnd() < LOW_WINDOW) return;
        if (SeqNum.after(w.sndUna(), roundEnd)) {
            startRound(w, now);
        }
        if (now - lastAck <= ACK_TRAIN_GAP) {
            lastAck = now;
            // Nothing is paced, so half the delay is what a train of ACKs may take.
            if (now - roundStart > minDelay / 2) {
                exit(w);
            }
        }
        roundDelay = Math.min(roundDelay, rtt);
        if (samples < MIN_SAMPLES) {
            samples++;
            return;
        }
        long threshold = Math.clamp(minDelay >> 3, MIN_DELAY_THRESHOLD, MAX_DELAY_THRESHOLD);
        if (roundDelay > minDelay + threshold) {
            exit(w);
        }
    }

    private void startRound(CongestionWindow w, long now) {
        roundStart = now;
        lastAck = now;
        roundEnd = w.sndNxt();
        roundDelay = Long.MAX_VALUE;
        samples = 0;
    }

    private void exit(CongestionWindow w) {
        found = true;
        w.exitSlowStart();
    }

    @Override
    public int onAck(CongestionWindow w, int acked) {
        return w.slowStart(acked);
    }

    @Override
    public void restart(CongestionWindow w, long now) {
        found = false;
        startRound(w, now);
    }

    @Override
    public boolean hasEnded() {
        return found;
    }
}
