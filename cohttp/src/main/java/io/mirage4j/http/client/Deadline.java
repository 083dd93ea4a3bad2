// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.TimedOutException;

/// When an exchange has to be over.
record Deadline(Clock clock, long at, long total) {
    static Deadline in(long nanos, Clock clock) {
        return new Deadline(clock, clock.nanoTime() + nanos, nanos);
    }

    /// The time for a step that may take `most`.
    ///
    /// @throws TimedOutException if none is left
    long left(long most) throws TimedOutException {
        long left = at - clock.nanoTime();
        if (left <= 0) throw new TimedOutException("no time is left of " + total + " ns");
        return Math.min(left, most);
    }
}
