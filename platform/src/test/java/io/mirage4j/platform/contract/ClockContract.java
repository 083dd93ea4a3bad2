// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.Clock;

import org.junit.jupiter.api.Test;

/// What every [Clock] does.
public abstract class ClockContract {
    protected abstract Clock open();

    @Test
    void timeIsNeverNegativeAndNeverGoesBack() {
        Clock clock = open();
        long before = 0;
        for (int i = 0; i < 100_000; i++) {
            long now = clock.nanoTime();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void theWallIsBetweenTheYears2000And2200() {
        assertThat(open().wallTime()).isBetween("2000-01-01T00:00:00Z", "2200-01-01T00:00:00Z");
    }
}
