// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.Hex;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.FrameNote.Checksum;
import io.mirage4j.platform.FrameNote.Segments;

import org.junit.jupiter.api.Test;

class FrameNoteTest {
    @Test
    void aNewNoteIsPlainAndClearingMakesOne() {
        var note = new FrameNote();
        assertThat(note.isPlain()).isTrue();
        note.partialChecksum(34, 16).segments(Segments.TCP4, 54, 1460);
        assertThat(note.isPlain()).isFalse();
        assertThat(note.clear().isPlain()).isTrue();
        assertThat(note.segmentOctets()).isZero();
    }

    @Test
    void aCopySaysTheSame() {
        var note =
                new FrameNote()
                        .partialChecksum(54, 6)
                        .segments(Segments.UDP, 62, 1200)
                        .congestionWindowReduced(true);
        var copy = new FrameNote().copyFrom(note);
        assertThat(copy).hasToString("PARTIAL(54+6) UDP(62+n*1200)");
        assertThat(copy.congestionWindowReduced()).isTrue();
        note.clear();
        assertThat(copy.checksumStart()).isEqualTo(54);
    }

    @Test
    void aPartialChecksumIsCompletedOverWhatFollows() {
        // A pseudo header's sum in the field, then a UDP datagram that must sum up to all ones.
        Cstruct frame = Cstruct.create(14 + 20 + 8 + 5);
        frame.putU16be(34, 1024);
        frame.putU16be(36, 53);
        frame.putU16be(38, 13);
        frame.putU16be(40, 0x1234);
        frame.putText(42, "hello", java.nio.charset.StandardCharsets.US_ASCII);
        var note = new FrameNote().partialChecksum(34, 6);
        assertThat(note.completeChecksum(frame)).isTrue();
        assertThat(note.checksum()).isEqualTo(Checksum.COMPLETE);
        long whole = InternetChecksum.onesComplementSum(frame, 34, 13) + 0x1234;
        assertThat(InternetChecksum.isValid(whole)).isTrue();
    }

    @Test
    void aChecksumThatComesOutAsZeroTravelsAsAllOnes() {
        Cstruct frame = Cstruct.create(42);
        frame.putU16be(40, 0xffff);
        assertThat(new FrameNote().partialChecksum(34, 6).completeChecksum(frame)).isTrue();
        assertThat(Hex.emit(frame.sub(40, 2))).isEqualTo("ffff");
    }

    @Test
    void aChecksumBehindTheFramesEndIsToldAndLeftAlone() {
        Cstruct frame = Cstruct.create(41);
        for (int start : new int[] {34, 41, 65_535}) {
            var note = new FrameNote().partialChecksum(start, 6);
            assertThat(note.completeChecksum(frame)).isFalse();
            assertThat(note.checksum()).isEqualTo(Checksum.PARTIAL);
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        var note = new FrameNote();
        assertThatThrownBy(() -> note.partialChecksum(-1, 16)).hasMessageContaining("start -1");
        assertThatThrownBy(() -> note.partialChecksum(0, 65_536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> note.segments(Segments.TCP4, 54, 0))
                .hasMessage("header 54 < 0 or segment 0 < 1");
        assertThatThrownBy(() -> note.segments(Segments.TCP4, -1, 1460))
                .hasMessage("header -1 < 0 or segment 1460 < 1");
    }

    @Test
    void aBatchHandsOutOnlyWhatItHolds() {
        FrameBatch batch = FrameBatch.create(1);
        assertThatThrownBy(() -> batch.frame(0)).isInstanceOf(IndexOutOfBoundsException.class);
        batch.nextNote().clear().verifiedChecksum();
        batch.add(Cstruct.create(60));
        assertThat(batch.isFull()).isTrue();
        assertThat(batch.note(0).checksum()).isEqualTo(Checksum.VERIFIED);
        assertThatThrownBy(batch::nextNote).isInstanceOf(IndexOutOfBoundsException.class);
        batch.clear();
        assertThat(batch.size()).isZero();
        assertThatThrownBy(() -> FrameBatch.create(0)).hasMessage("capacity 0 < 1");
    }
}
