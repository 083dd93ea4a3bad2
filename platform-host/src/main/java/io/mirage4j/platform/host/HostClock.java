// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host;

import io.mirage4j.platform.Clock;

/// The clocks of the JVM. What [#nanoTime] counts from is when the object was made.
public final class HostClock implements Clock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long origin = System.nanoTime();

    @Override
    public long nanoTime() {
        return System.nanoTime() - origin;
    }

    @Override
    public long wallNanos() {
        return System.currentTimeMillis() * NANOS_PER_MILLI;
    }
}
