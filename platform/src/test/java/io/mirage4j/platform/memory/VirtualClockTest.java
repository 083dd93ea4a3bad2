// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.contract.ClockContract;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class VirtualClockTest extends ClockContract {
    private final VirtualClock clock = new VirtualClock();

    @Override
    protected Clock open() {
        return clock;
    }

    @Test
    void itStandsStillUntilItIsMoved() {
        assertThat(clock.nanoTime()).isZero();
        clock.advance(5);
        assertThat(clock.nanoTime()).isEqualTo(5);
        assertThat(clock.wallTime()).isEqualTo("2000-01-01T00:00:00.000000005Z");
    }

    @Test
    void aDeadlineThatHasPassedMovesNothing() {
        clock.advanceTo(100);
        clock.advanceTo(50);
        assertThat(clock.nanoTime()).isEqualTo(100);
    }

    @Test
    void theWallCanBeSetAndGoesOnFromThere() {
        clock.advance(7);
        Instant past = Instant.parse("1969-12-31T23:59:59.999999999Z");
        clock.setWall(past);
        assertThat(clock.wallNanos()).isEqualTo(-1);
        assertThat(clock.wallTime()).isEqualTo(past);
        clock.advance(1);
        assertThat(clock.wallTime()).isEqualTo(Instant.EPOCH);
        assertThat(clock.nanoTime()).isEqualTo(8);
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(-1)).hasMessage("advance by -1 < 0");
        clock.advance(1);
        assertThatThrownBy(() -> clock.advance(Long.MAX_VALUE))
                .isInstanceOf(ArithmeticException.class);
    }
}
