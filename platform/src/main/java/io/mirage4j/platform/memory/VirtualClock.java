// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.Clock;

import java.time.Instant;

/// A clock that stands still until it is moved. It starts at 0, and on the wall at
/// 2000-01-01T00:00Z. Any thread may read; one moves it.
public final class VirtualClock implements Clock {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private volatile long now;

    /// What the wall shows more than `now`.
    private volatile long wallOffset =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * NANOS_PER_SECOND;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long wallNanos() {
        return wallOffset + now;
    }

    /// Lets `nanos` pass, on the wall too.
    ///
    /// @throws IllegalArgumentException if that is less than 0
    public void advance(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("advance by " + nanos + " < 0");
        long before = now;
        now = Math.addExact(before, nanos);
    }

    /// Lets time pass until it is `nanos`. Nothing happens if it is that late already, so that a
    /// deadline that is overdue can be given as it is.
    public void advanceTo(long nanos) {
        advance(Math.max(0, nanos - now));
    }

    /// Sets the wall clock, which may go back.
    public void setWall(Instant time) {
        long nanos =
                Math.addExact(
                        Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND),
                        time.getNano());
        wallOffset = nanos - now;
    }
}
