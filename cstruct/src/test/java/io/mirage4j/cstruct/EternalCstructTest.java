// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Memory that no arena can close, reached by its address.
class EternalCstructTest extends CstructContract {
    private static final int MANY = 2000;

    @Override
    Cstruct memory(int length) {
        return Cstruct.allocate(length, 8);
    }

    @Test
    void theTestsAreGivenNativeAccessSoThatTheyReachItByAddress() {
        assertThat(NativeMemory.isReachedByAddress()).isTrue();
    }

    @Test
    void aPieceOfAWindowKeepsTheMemoryOfTheWhole() {
        Cstruct[] pieces = new Cstruct[MANY];
        for (int i = 0; i < MANY; i++) {
            pieces[i] = Cstruct.allocate(4096, 8).sub(8 * (i % 512), 8);
            pieces[i].putU64be(0, i);
            if (i % 500 == 0) {
                System.gc(); // what only a cleaner holds is freed, and allocated again
            }
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(pieces[i].u64be(0)).isEqualTo(i);
        }
    }

    @Test
    void itsSegmentIsTheSameMemory() {
        Cstruct piece = Cstruct.allocate(64, 8).sub(10, 4);
        MemorySegment segment = piece.asSegment();
        piece.putU32be(0, 0x01020304);
        assertThat(segment.byteSize()).isEqualTo(4);
        assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4);
        assertThat(Cstruct.of(segment)).isEqualTo(piece);
    }

    @Test
    void globalMemoryIsEternalToo() {
        Cstruct window = Cstruct.allocate(Arena.global(), 16, 8).sub(4, 12);
        assertThat(window.base).isEqualTo(window.asSegment().address());
        window.putU16be(10, 0xbeef);
        assertThat(window.asByteBuffer().getShort(10)).isEqualTo((short) 0xbeef);
    }

    @Test
    void memoryThatAnArenaMayCloseIsNot() {
        assertThat(Cstruct.allocate(Arena.ofAuto(), 16, 8).base).isNegative();
        assertThat(Cstruct.allocate(Arena.ofShared(), 16, 8).sub(3, 2).base).isNegative();
        assertThat(Cstruct.allocate(Arena.ofConfined(), 16, 8).base).isNegative();
    }

    @Test
    void copiesGoToAndFromEveryGround() {
        for (Ground from : Ground.values()) {
            for (Ground to : Ground.values()) {
                Cstruct source = from.window((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
                Cstruct target = to.zeros(4);
                source.copyTo(1, target, 1, 3);
                assertThat(target.toByteArray()).as(from + " to " + to).containsExactly(0, 2, 3, 4);
            }
        }
    }

    /// Short copies go word by word, long ones and those that overlap do not.
    @Test
    void copiesOfEachLengthAndDistanceAreThoseOfAnArray() {
        byte[] octets = new byte[400];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (31 * i);
        }
        Cstruct memory = Cstruct.allocate(octets.length, 8);
        for (int len = 0; len <= 140; len++) {
            for (int to = 0; to <= 260; to++) {
                memory.put(0, octets);
                byte[] expected = octets.clone();
                System.arraycopy(octets, 130, expected, to, len);
                memory.copyTo(130, memory, to, len);
                assertThat(memory.mismatch(Cstruct.of(expected)))
                        .as("%d to %d", len, to)
                        .isNegative();
            }
        }
    }
}
