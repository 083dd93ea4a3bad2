// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// How the window grows before the path is known, and when that ends without a loss.
interface SlowStart {
    /// A sample of the round trip; `minDelay` is the smallest so far.
    void onRoundTrip(CongestionWindow w, long rtt, long minDelay, long now);

    /// Grows for `acked` segments; returns how many are left once the threshold is reached.
    int onAck(CongestionWindow w, int acked);

    /// A timeout: it begins anew.
    void restart(CongestionWindow w, long now);

    /// Whether it found the end by itself.
    boolean hasEnded();

    /// What the parameters ask for.
    static SlowStart of(TcpParameters p) {
        return switch (p.slowStart) {
            case PLAIN -> Doubling.UNTIL_LOSS;
            case HYSTART -> new HyStart();
            case HYSTART_PLUS_PLUS -> new HyStartPlusPlus(p.pacing);
        };
    }

    /// RFC 5681: until something is lost.
    enum Doubling implements SlowStart {
        UNTIL_LOSS;

        @Override
        public void onRoundTrip(CongestionWindow w, long rtt, long minDelay, long now) {}

        @Override
        public int onAck(CongestionWindow w, int acked) {
            return w.slowStart(acked);
        }

        @Override
        public void restart(CongestionWindow w, long now) {}

        @Override
        public boolean hasEnded() {
            return false;
        }
    }
}
