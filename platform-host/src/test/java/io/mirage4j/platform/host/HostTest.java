// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.contract.ClockContract;
import io.mirage4j.platform.contract.EntropyContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

class HostTest {
    @Nested
    class TheClock extends ClockContract {
        @Override
        protected Clock open() {
            return new HostClock();
        }

        @Test
        void showsTheTimeOfTheSystem() {
            assertThat(open().wallTime()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        }
    }

    @Nested
    class TheEntropy extends EntropyContract {
        @Override
        protected Entropy open() {
            return new HostEntropy();
        }

        @Test
        void differsFromGeneratorToGenerator() {
            assertThat(open().nextLong()).isNotEqualTo(open().nextLong());
        }
    }

    @Test
    void theConsoleWritesUtf8WhateverTheStreamsCharset() {
        var written = new ByteArrayOutputStream();
        var console = new HostConsole(new PrintStream(written, false, StandardCharsets.US_ASCII));
        console.println("Grüße");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("Grüße\n");
    }
}
