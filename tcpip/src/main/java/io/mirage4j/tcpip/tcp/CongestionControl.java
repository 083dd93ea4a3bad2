// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// How a window grows and by how much a loss shrinks it. One object a connection; loss recovery
/// itself (RFC 6937) is the same for all.
public interface CongestionControl {
    /// The slow-start threshold after a congestion event.
    int onLoss(CongestionWindow window);

    /// `acked` segments were delivered outside of recovery.
    void onAck(CongestionWindow window, int acked, long nowNanos);

    /// A sample of the round trip, before [#onAck].
    default void onRoundTrip(CongestionWindow window, long rttNanos, long nowNanos) {}

    /// A retransmission timeout: nothing of the path is known any more.
    default void onTimeout(CongestionWindow window, long nowNanos) {}

    /// The loss did not happen: the window is restored to `cwnd`.
    default int onUndo(CongestionWindow window, int priorCwnd) {
        return Math.max(window.cwnd(), priorCwnd);
    }

    /// Sends again after having had nothing to send since `lastSent`.
    default void onRestart(CongestionWindow window, long lastSentNanos, long nowNanos) {}

    /// Whether a new one would do as well: asked while nothing is on its way, so that an idle
    /// connection need not keep what has learnt nothing.
    default boolean isForgettable() {
        return false;
    }
}
