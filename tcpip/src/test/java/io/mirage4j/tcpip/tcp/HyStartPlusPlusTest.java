// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// RFC 9406, round by round.
class HyStartPlusPlusTest {
    private static final long MILLISECOND = 1_000_000;
    private static final int SAMPLES = 10;

    private final CongestionWindow window = new CongestionWindow();
    private final HyStartPlusPlus hystart = new HyStartPlusPlus(false);

    @BeforeEach
    void begin() {
        window.reset(10, 65_535);
    }

    /// All ACKs of a round whose segments took so long; returns by how much the window grew.
    private int round(long millis) {
        int before = window.cwnd();
        for (int i = 0; i < SAMPLES; i++) {
            // The first ACK of a round is the one that ends the round before.
            if (i == 0) {
                window.sndNxt += 1000;
            }
            window.sndUna = i == 0 ? window.sndNxt - 1000 : window.sndUna + 1;
            hystart.onRoundTrip(window, millis * MILLISECOND, MILLISECOND, 0);
            if (window.inSlowStart()) {
                hystart.onAck(window, 1);
            }
        }
        return window.cwnd() - before;
    }

    @Test
    void theWindowDoublesWhileTheRoundTripStays() {
        for (int i = 0; i < 20; i++) assertThat(round(50 + i % 3)).isEqualTo(SAMPLES);
        assertThat(hystart.isConservative()).isFalse();
        assertThat(window.inSlowStart()).isTrue();
    }

    @Test
    void oneAckCountsForEightSegmentsAtMost() {
        hystart.onAck(window, 100);
        assertThat(window.cwnd()).isEqualTo(18);
        new HyStartPlusPlus(true).onAck(window, 100);
        assertThat(window.cwnd()).isEqualTo(118);
    }

    @Test
    void aLongerRoundTripMakesItConservativeForFiveRoundsAndThenEndsIt() {
        round(50);
        round(60);
        assertThat(hystart.isConservative()).isTrue();
        for (int i = 0; i < 4; i++) {
            assertThat(round(60)).isBetween(2, 3);
            assertThat(window.inSlowStart()).as("round %d", i).isTrue();
        }
        round(60);
        assertThat(window.inSlowStart()).isFalse();
        assertThat(window.ssthresh()).isEqualTo(window.cwnd());
    }

    @Test
    void aRoundTripThatShrinksAgainWasAFalseAlarm() {
        round(50);
        round(60);
        round(52);
        assertThat(hystart.isConservative()).isFalse();
        assertThat(round(52)).isEqualTo(SAMPLES);
    }

    @Test
    void lessThanFourMillisecondsAreNoise() {
        round(1);
        round(4);
        assertThat(hystart.isConservative()).isFalse();
        round(8);
        assertThat(hystart.isConservative()).isTrue();
    }

    @Test
    void whatIsFoundOutAfterALossIsOfNoConcern() {
        window.ssthresh = 100;
        round(50);
        round(90);
        assertThat(hystart.isConservative()).isFalse();
    }
}
