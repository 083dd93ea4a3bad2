// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// When to acknowledge: at once while the sender starts slowly or something is missing, else every
/// second full segment, or after a delay that an answer may use (RFC 9293, 3.8.6.3). `linux` learns
/// whether a conversation goes back and forth; `freebsd` counts segments.
final class AckPolicy {
    private static final long MIN_DELAY = 40_000_000L;
    private static final int MAX_QUICK = 16;

    /// Something is to be acknowledged.
    boolean scheduled;

    /// And not later than with this segment.
    boolean now;

    /// The delayed acknowledgment is due then; 0: none is planned.
    long dueAt;

    private long delay;
    private int quick;
    private boolean conversing;
    private boolean pushed;
    private boolean pushedTwice;
    private long lastData;
    private boolean anyData;

    /// The size of full segments, as far as seen.
    int rcvMss = 536;

    void dataArrived(Receiver r, long rto, boolean push, int length, int segmentSize, long time) {
        scheduled = true;
        int size = segmentSize > 0 ? Math.min(segmentSize, length) : length;
        if (size >= rcvMss) {
            rcvMss = Math.min(size, Math.max(r.advertisedMss, 88));
            if (push) {
                pushed = true;
            }
        } else if (length > 0) {
            if (pushed) {
                pushedTwice = true;
            }
            pushed = true;
        }
        if (delay == 0) {
            startQuick(r, MAX_QUICK);
            delay = MIN_DELAY;
        } else {
            long gap = time - lastData;
            if (gap <= MIN_DELAY / 2) {
                delay = delay / 2 + MIN_DELAY / 2;
            } else if (gap < delay) {
                delay = Math.min(delay / 2 + gap, rto);
            } else if (gap > rto) {
                startQuick(r, MAX_QUICK);
            }
        }
        lastData = time;
        anyData = true;
    }

    private void startQuick(Receiver r, int most) {
        int segments = Math.max(2, r.rcvWnd / (2 * rcvMss));
        quick = Math.max(quick, Math.min(segments, most));
    }

    /// Something is missing, or came twice: the sender wants to know.
    void enterQuick(Receiver r) {
        startQuick(r, MAX_QUICK);
        conversing = false;
        delay = MIN_DELAY;
        scheduled = true;
        now = true;
    }

    /// Our SYN was answered while data wait to be sent: they carry the acknowledgment.
    void waitForData(Receiver r, long time) {
        startQuick(r, MAX_QUICK);
        delay = MIN_DELAY;
        scheduled = true;
        lastData = time;
        anyData = true;
        dueAt = time + 5 * MIN_DELAY;
    }

    void dataSent(long time) {
        if (anyData && time - lastData < delay) {
            conversing = true;
        }
    }

    void ackSent() {
        scheduled = false;
        now = false;
        dueAt = 0;
        pushed = false;
        pushedTwice = false;
        if (quick > 0 && --quick == 0) {
            delay = MIN_DELAY;
        }
    }

    boolean isQuick() {
        return quick > 0 && !conversing;
    }

    boolean isConversing() {
        return conversing;
    }

    /// The application has read everything: Linux answers a pushed segment then.
    boolean isDueAfterRead() {
        return scheduled && (pushedTwice || (pushed && !conversing));
    }

    void delay(TcpParameters p, long time) {
        if (dueAt == 0) {
            dueAt = time + p.delayedAckNanos;
        }
    }

    /// The delay was in vain.
    void delayExpired(long rto) {
        if (conversing) {
            conversing = false;
            delay = MIN_DELAY;
        } else {
            delay = Math.min(delay << 1, rto);
        }
    }

    long delayNanos() {
        return delay;
    }

    long lastDataAt() {
        return lastData;
    }
}
