// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/// With frames of a length octet, which counts itself, and text.
class FramesTest {
    private static Frames<String> frames(String hex) {
        return frames(Hex.of(hex));
    }

    private static Frames<String> frames(ReadOnlyCstruct window) {
        return Frames.in(window, w -> w.u8(0), frame -> Hex.emit(frame.shift(1)));
    }

    @Property
    void framesComeBackAsTheyWent(
            @ForAll @Size(max = 20) List<@Size(max = 100) byte[]> payloads, @ForAll Ground ground) {
        CstructWriter writer = CstructWriter.growable(0, 20 * 101);
        List<String> expected = new ArrayList<>();
        for (byte[] payload : payloads) {
            writer.appendU8(payload.length + 1);
            writer.append(payload);
            expected.add(Hex.emit(Cstruct.of(payload)));
        }
        Frames<String> frames = frames(ground.window(writer.written().toByteArray()));
        List<String> got = new ArrayList<>();
        frames.forEachRemaining(got::add);
        assertThat(got).isEqualTo(expected);
        assertThat(frames.rest().isEmpty()).isTrue();
    }

    @Test
    void aFrameLongerThanTheRestEndsTheWalk() {
        Frames<String> frames = frames("02 aa 03 bb");
        assertThat(frames.next()).isEqualTo("aa");
        assertThat(frames.hasNext()).isFalse();
        assertThat(frames.rest()).isEqualTo(Hex.of("03bb"));
        assertThatThrownBy(frames::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no frame: 2 octets are left");
    }

    @Test
    void aFrameOfNothingEndsTheWalkInsteadOfStandingStill() {
        Frames<String> frames = frames("00 aa");
        assertThat(frames.hasNext()).isFalse();
        assertThat(frames.rest().length()).isEqualTo(2);
    }

    @Test
    void foldSeesFramesInOrder() {
        assertThat(frames("02 aa 01 02 bb").fold("", (all, one) -> all + "/" + one))
                .isEqualTo("/aa//bb");
    }
}
