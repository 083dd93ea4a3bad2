// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// How many segments may be on their way, and what a [CongestionControl] needs to know to decide.
public final class CongestionWindow {
    /// [#ssthresh] before the first loss.
    public static final int INFINITE = 0x7fffffff;

    int cwnd;
    int ssthresh = INFINITE;
    private int creditedSegments;
    private int limit = 65_535;

    /// The most segments in flight since `usageSeq`, and whether the window was what held more
    /// back.
    private int maxSegmentsOut;

    private boolean limited;
    private int usageSeq;

    int sndUna;
    int sndNxt;

    public int cwnd() {
        return cwnd;
    }

    public int ssthresh() {
        return ssthresh;
    }

    public boolean inSlowStart() {
        return cwnd < ssthresh;
    }

    /// The first sequence number not acknowledged and the next to be sent: they tell rounds apart.
    public int sndUna() {
        return sndUna;
    }

    public int sndNxt() {
        return sndNxt;
    }

    /// Ends slow start here.
    public void exitSlowStart() {
        ssthresh = cwnd;
    }

    /// Whether the window is used well enough that it may grow (RFC 7661's question, answered as
    /// Linux does).
    public boolean isLimited() {
        return limited || (inSlowStart() && cwnd < 2L * maxSegmentsOut);
    }

    /// RFC 5681, 3.1, by segments: returns how many of `acked` are left when the threshold is
    /// reached.
    public int slowStart(int acked) {
        int grown = Math.min(cwnd + acked, ssthresh);
        int rest = acked - (grown - cwnd);
        cwnd = Math.min(grown, limit);
        return rest;
    }

    /// One more segment for each `perSegments` acknowledged.
    public void additiveIncrease(int perSegments, int acked) {
        if (creditedSegments >= perSegments) {
            creditedSegments = 0;
            cwnd++;
        }
        creditedSegments += acked;
        if (creditedSegments >= perSegments) {
            int delta = creditedSegments / perSegments;
            creditedSegments -= delta * perSegments;
            cwnd += delta;
        }
        cwnd = Math.min(cwnd, limit);
    }

    void reset(int segments, int limit) {
        cwnd = segments;
        this.limit = limit;
    }

    void forgetCredit() {
        creditedSegments = 0;
    }

    /// Notes, after sending, how well the window is used.
    void validate(boolean limitedNow, int segmentsOut) {
        if (SeqNum.atLeast(sndUna, usageSeq)
                || limitedNow
                || (!limited && segmentsOut > maxSegmentsOut)) {
            limited = limitedNow;
            maxSegmentsOut = segmentsOut;
            usageSeq = sndNxt;
        }
    }

    void startUsage() {
        usageSeq = sndNxt;
    }
}
