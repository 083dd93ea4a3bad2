// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// HyStart++ (RFC 9406): where the round trip grows, slow start becomes conservative (CSS) for five
/// rounds, a quarter as fast; where it shrinks again meanwhile, the growth was a false alarm.
///
/// ```
///   slow start -- round trip up --> CSS -- 5 rounds --> congestion avoidance
///        ^--- round trip down -------|
/// ```
final class HyStartPlusPlus implements SlowStart {
    // RFC 9406, 4.3.
    private static final long MIN_RTT_THRESH = 4_000_000L;
    private static final long MAX_RTT_THRESH = 16_000_000L;
    private static final int MIN_RTT_DIVISOR = 8;
    private static final int N_RTT_SAMPLE = 8;
    private static final int CSS_GROWTH_DIVISOR = 4;
    private static final int CSS_ROUNDS = 5;
    private static final int L_UNPACED = 8;

    private static final long UNKNOWN = Long.MAX_VALUE;

    /// The most segments that one ACK lets the window grow by.
    private final int limit;

    private long lastRoundMinRtt = UNKNOWN;
    private long currentRoundMinRtt = UNKNOWN;
    private int rttSampleCount;
    private int windowEnd;
    private boolean hasRound;

    /// Unknown: not in CSS.
    private long cssBaselineMinRtt = UNKNOWN;

    private int cssRounds;
    private int cssCredit;
    private boolean ended;

    HyStartPlusPlus(boolean paced) {
        limit = paced ? Integer.MAX_VALUE : L_UNPACED;
    }

    @Override
    public void onRoundTrip(CongestionWindow w, long rtt, long minDelay, long now) {
        // Section 4.2: for the first slow start only; later ones know where to stop.
        if (w.ssthresh() != CongestionWindow.INFINITE) return;
        if (!hasRound || SeqNum.atLeast(w.sndUna(), windowEnd)) {
            startRound(w);
        }
        if (ended) return;
        currentRoundMinRtt = Math.min(currentRoundMinRtt, rtt);
        if (++rttSampleCount < N_RTT_SAMPLE) return;
        if (isConservative()) {
            if (currentRoundMinRtt < cssBaselineMinRtt) {
                cssBaselineMinRtt = UNKNOWN;
            }
        } else if (lastRoundMinRtt != UNKNOWN) {
            long threshold =
                    Math.clamp(lastRoundMinRtt / MIN_RTT_DIVISOR, MIN_RTT_THRESH, MAX_RTT_THRESH);
            if (currentRoundMinRtt >= lastRoundMinRtt + threshold) {
                cssBaselineMinRtt = currentRoundMinRtt;
                cssRounds = 0;
            }
        }
    }

    private void startRound(CongestionWindow w) {
        // The round in the middle of which CSS began counts too.
        if (isConservative() && ++cssRounds >= CSS_ROUNDS) {
            ended = true;
            w.exitSlowStart();
        }
        hasRound = true;
        windowEnd = w.sndNxt();
        lastRoundMinRtt = currentRoundMinRtt;
        currentRoundMinRtt = UNKNOWN;
        rttSampleCount = 0;
    }

    /// In conservative slow start.
    boolean isConservative() {
        return cssBaselineMinRtt != UNKNOWN;
    }

    @Override
    public int onAck(CongestionWindow w, int acked) {
        boolean first = w.ssthresh() == CongestionWindow.INFINITE;
        if (!first) return w.slowStart(acked);
        int segments = Math.min(acked, limit);
        if (isConservative()) {
            cssCredit += segments;
            segments = cssCredit / CSS_GROWTH_DIVISOR;
            cssCredit %= CSS_GROWTH_DIVISOR;
        }
        return w.slowStart(segments);
    }

    @Override
    public void restart(CongestionWindow w, long now) {}

    @Override
    public boolean hasEnded() {
        return ended || isConservative();
    }
}
