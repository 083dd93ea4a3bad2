// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.Clock;

/// The clocks of the board: the monotonic one counts from when the host or the processor started.
final class BoardClock implements Clock {
    private final Calls calls;

    BoardClock(Calls calls) {
        this.calls = calls;
    }

    @Override
    public long nanoTime() {
        return calls.clockMonotonic();
    }

    @Override
    public long wallNanos() {
        return calls.clockWall();
    }
}
