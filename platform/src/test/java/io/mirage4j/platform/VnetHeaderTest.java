// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.Hex;
import io.mirage4j.platform.FrameNote.Segments;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VnetHeaderTest {
    private final FrameNote note = new FrameNote();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00 0000 0000 0000 0000", // plain
                "01 00 0000 0000 2200 1000", // its checksum is to be finished
                "01 01 3600 b405 2200 1000", // and it is to be cut
                "01 84 4a00 a005 3600 1000", // with a mark of congestion
                "01 05 2a00 b004 2200 0600",
                "01 01 0000 b405 2200 1000", // the length of its headers is not told
            })
    void whatIsReadIsWrittenAgain(String header) {
        assertThat(VnetHeader.read(Hex.of(header), 0, note)).isTrue();
        Cstruct written = Cstruct.create(VnetHeader.OCTETS);
        VnetHeader.write(written, 0, note);
        assertThat(written).isEqualTo(Hex.of(header));
    }

    @Test
    void headersWhoseLengthIsNotToldHaveNone() {
        assertThat(VnetHeader.read(Hex.of("01 01 0000 b405 2200 1000"), 0, note)).isTrue();
        assertThat(note.segments()).isEqualTo(Segments.TCP4);
        assertThat(note.headerOctets()).isZero();
        assertThat(note.segmentOctets()).isEqualTo(1460);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 01 3600 0000 2200 1000", // pieces of nothing
                "01 03 3600 b405 2200 1000", // fragments of UDP, which nobody asked for
                "01 80 3600 b405 2200 1000", // congestion of what is not cut
            })
    void whatCanNotBeIsRefused(String header) {
        assertThat(VnetHeader.read(Hex.of(header), 0, note)).isFalse();
    }
}
