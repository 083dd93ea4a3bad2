// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

/// So many a second on average, so many at once. Nothing here allocates.
public final class TokenBucket {
    private static final long SECOND = 1_000_000_000;

    private final long costNanos;
    private final long fullNanos;

    /// What has been saved up, as time; not above `fullNanos`.
    private long savedNanos;

    private long last = Long.MIN_VALUE;

    public TokenBucket(int perSecond, int burst) {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "rate " + perSecond + " and burst " + burst + " are not both 1 or more");
        }
        costNanos = SECOND / perSecond;
        fullNanos = costNanos * burst;
        savedNanos = fullNanos;
    }

    /// Takes one if there is one.
    public boolean take(long nowNanos) {
        if (last != Long.MIN_VALUE) {
            long passed = Math.min(nowNanos - last, fullNanos);
            savedNanos = Math.min(fullNanos, savedNanos + passed);
        }
        last = nowNanos;
        if (savedNanos < costNanos) return false;
        savedNanos -= costNanos;
        return true;
    }
}
