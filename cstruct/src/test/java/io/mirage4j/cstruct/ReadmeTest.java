// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The lines of use in `README.md`, as they stand there.
class ReadmeTest {
    @Test
    void theLinesOfUseDoWhatTheySay() {
        Cstruct frame = Cstruct.create(64);
        frame.putU16be(12, 0x0800);
        Cstruct header = frame.shift(14);
        header.putU8(0, 0x45);
        header.putU16be(
                10, InternetChecksum.finish(InternetChecksum.onesComplementSum(header, 0, 20)));
        ReadOnlyCstruct shown = header.readOnly();

        assertThat(frame.u8(14)).isEqualTo(0x45);
        assertThat(InternetChecksum.isValid(InternetChecksum.onesComplementSum(shown, 0, 20)))
                .isTrue();
    }
}
