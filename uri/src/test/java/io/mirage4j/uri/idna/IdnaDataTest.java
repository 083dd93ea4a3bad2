// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdnaDataTest {
    @Test
    void theTablesAreWhatTheGeneratorPrints() {
        assertThat(IdnaData.UNICODE_VERSION).isEqualTo(IdnaDataGenerator.unicodeVersion());
        assertThat(
                        new IdnaDataGenerator.Tables(
                                IdnaData.PALETTE, IdnaData.RANGES, IdnaData.COMPOSITIONS))
                .isEqualTo(IdnaDataGenerator.tables());
    }

    @Test
    void theTablesStayBelowTheLimitOfAClassFile() {
        assertThat(IdnaData.RANGES.length()).isLessThan(65_535);
        assertThat(IdnaData.COMPOSITIONS.length()).isLessThan(65_535);
    }
}
