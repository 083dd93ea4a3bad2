// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.HttpDate;
import io.mirage4j.platform.Clock;

/// The value of Date, made once a second. Nothing here allocates in between.
final class CurrentDate {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private record Made(long second, String text) {}

    private final Clock clock;
    private volatile Made made = new Made(Long.MIN_VALUE, "");

    CurrentDate(Clock clock) {
        this.clock = clock;
    }

    String text() {
        long second = Math.floorDiv(clock.wallNanos(), NANOS_PER_SECOND);
        Made made = this.made;
        if (made.second != second) {
            made = this.made = new Made(second, HttpDate.emit(second));
        }
        return made.text;
    }
}
