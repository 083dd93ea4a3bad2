// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.time.Instant;

/// The time, asked for at the edges only: a core is told it.
public interface Clock {
    /// Nanoseconds since some moment before this clock was first asked. Never negative, never goes
    /// back, and wraps after 292 years, so that deadlines compare as numbers.
    long nanoTime();

    /// Nanoseconds since 1970-01-01T00:00Z without leap seconds. May jump when somebody sets it.
    long wallNanos();

    /// [#wallNanos] as a value.
    default Instant wallTime() {
        long nanos = wallNanos();
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
