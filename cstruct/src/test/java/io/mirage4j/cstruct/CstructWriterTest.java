// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class CstructWriterTest {
    @Property
    void everyWidthAndOrderIsThatOfTheWindow(
            @ForAll long v, @ForAll double d, @ForAll Ground ground) {
        Cstruct model = Cstruct.create(100);
        model.putU8(0, (int) v);
        model.putU16be(1, (int) v);
        model.putU16le(3, (int) v);
        model.putU24be(5, (int) v);
        model.putU24le(8, (int) v);
        model.putU32be(11, (int) v);
        model.putU32le(15, (int) v);
        model.putU40be(19, v);
        model.putU40le(24, v);
        model.putU48be(29, v);
        model.putU48le(35, v);
        model.putU64be(41, v);
        model.putU64le(49, v);
        model.putF32be(57, (float) d);
        model.putF32le(61, (float) d);
        model.putF64be(65, d);
        model.putF64le(73, d);
        for (CstructWriter writer :
                List.of(
                        CstructWriter.over(ground.zeros(100)),
                        CstructWriter.growable(0, 100, ground::zeros))) {
            writer.appendU8((int) v);
            writer.appendU16be((int) v);
            writer.appendU16le((int) v);
            writer.appendU24be((int) v);
            writer.appendU24le((int) v);
            writer.appendU32be((int) v);
            writer.appendU32le((int) v);
            writer.appendU40be(v);
            writer.appendU40le(v);
            writer.appendU48be(v);
            writer.appendU48le(v);
            writer.appendU64be(v);
            writer.appendU64le(v);
            writer.appendF32be((float) d);
            writer.appendF32le((float) d);
            writer.appendF64be(d);
            writer.appendF64le(d);
            assertThat(writer.written()).isEqualTo(model.sub(0, 81));
            assertThat(writer.remaining()).isEqualTo(19);
        }
    }

    @Property
    void whatIsReservedIsFilledLater(@ForAll long v, @ForAll Ground ground) {
        Cstruct model = Cstruct.create(60);
        model.putU8(0, (int) v);
        model.putU16be(1, (int) v);
        model.putU16le(3, (int) v);
        model.putU24be(5, (int) v);
        model.putU24le(8, (int) v);
        model.putU32be(11, (int) v);
        model.putU32le(15, (int) v);
        model.putU48be(19, v);
        model.putU48le(25, v);
        model.putU64be(31, v);
        model.putU64le(39, v);
        model.putU40be(47, v);
        model.putU40le(52, v);
        model.putU16be(57, 0x0102);
        CstructWriter writer = CstructWriter.growable(1, 60, ground::zeros);
        assertThat(writer.reserve(1)).isZero();
        assertThat(writer.reserve(59)).isEqualTo(1);
        assertThat(writer.written()).isEqualTo(Cstruct.create(60));
        writer.putU8(0, (int) v);
        writer.putU16be(1, (int) v);
        writer.putU16le(3, (int) v);
        writer.putU24be(5, (int) v);
        writer.putU24le(8, (int) v);
        writer.putU32be(11, (int) v);
        writer.putU32le(15, (int) v);
        writer.putU48be(19, v);
        writer.putU48le(25, v);
        writer.putU64be(31, v);
        writer.putU64le(39, v);
        writer.putU40be(47, v);
        writer.putU40le(52, v);
        writer.put(57, Hex.of("0102"));
        assertThat(writer.written()).isEqualTo(model);
    }

    /// Every window that was given out is checked again after all that came later.
    @Property
    void whatAGrowableWriterGaveOutNeverChanges(
            @ForAll Random random,
            @ForAll @IntRange(max = 40) int initial,
            @ForAll @IntRange(min = 1, max = 100) int steps) {
        CstructWriter writer = CstructWriter.growable(initial, 10_000);
        byte[] model = new byte[0];
        List<ReadOnlyCstruct> given = new ArrayList<>();
        List<byte[]> asGiven = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    byte[] octets = new byte[random.nextInt(30)];
                    random.nextBytes(octets);
                    writer.append(octets);
                    model = append(model, octets);
                }
                case 1 -> {
                    int count = random.nextInt(5);
                    writer.appendFill(count, 0x17);
                    byte[] octets = new byte[count];
                    Arrays.fill(octets, (byte) 0x17);
                    model = append(model, octets);
                }
                case 2 -> {
                    if (model.length > 0) {
                        int at = random.nextInt(model.length);
                        writer.putU8(at, step);
                        model[at] = (byte) step;
                    }
                }
                case 3 -> {
                    int length = model.length - random.nextInt(model.length + 1) / 4;
                    writer.truncate(length);
                    model = Arrays.copyOf(model, length);
                }
                case 4 -> {
                    if (random.nextInt(8) == 0) {
                        writer.reset();
                        model = new byte[0];
                    }
                }
                default -> {
                    given.add(writer.written());
                    asGiven.add(model.clone());
                }
            }
            assertThat(writer.length()).isEqualTo(model.length);
            assertThat(writer.peek().toByteArray()).isEqualTo(model);
        }
        for (int i = 0; i < given.size(); i++) {
            assertThat(given.get(i).toByteArray()).isEqualTo(asGiven.get(i));
        }
    }

    private static byte[] append(byte[] left, byte[] right) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(left);
        all.writeBytes(right);
        return all.toByteArray();
    }

    @Property
    void windowsArraysAndTextAreAppended(
            @ForAll @Size(max = 100) byte[] octets, @ForAll Ground ground) {
        CstructWriter writer = CstructWriter.growable(3, 1000);
        writer.append(ground.window(octets));
        writer.append(octets);
        writer.append(octets, octets.length / 2, octets.length / 3);
        writer.append(Rope.of(ground.window(octets)).append(ground.window(octets)));
        writer.append(writer.peek());
        int before = 4 * octets.length + octets.length / 3;
        byte[] written = writer.written().toByteArray();
        assertThat(written).hasSize(2 * before);
        assertThat(Arrays.copyOfRange(written, before, 2 * before))
                .isEqualTo(Arrays.copyOf(written, before));
        assertThat(Arrays.copyOf(written, octets.length)).isEqualTo(octets);
        assertThat(writer.peek().sub(3 * octets.length + octets.length / 3, octets.length))
                .isEqualTo(Cstruct.of(octets));
        writer.reset();
        writer.appendText("hörbar", UTF_8);
        assertThat(writer.written().text(UTF_8)).isEqualTo("hörbar");
    }

    @Test
    void memoryDoublesUpToTheLimit() {
        List<Integer> asked = new ArrayList<>();
        CstructWriter writer =
                CstructWriter.growable(
                        10,
                        50,
                        length -> {
                            asked.add(length);
                            return Cstruct.create(length);
                        });
        for (int i = 0; i < 50; i++) {
            writer.appendU8(i);
        }
        assertThat(asked).containsExactly(10, 20, 40, 50);
        assertThatThrownBy(() -> writer.appendU8(0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("writer is full: 50 written + 1 > limit 50");
    }

    @Test
    void whatDoesNotFitLeavesTheWriterAsItWas() {
        CstructWriter writer = CstructWriter.over(Cstruct.create(10));
        writer.appendU64be(1);
        assertThatThrownBy(() -> writer.appendU32be(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("writer is full: 8 written + 4 > limit 10");
        assertThatThrownBy(() -> writer.append(Rope.of(Cstruct.create(2), Cstruct.create(1))))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("writer is full: 8 written + 3 > limit 10");
        assertThatThrownBy(() -> writer.reserve(Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> writer.reserve(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count -1 < 0");
        assertThatThrownBy(() -> writer.append(new byte[4], 3, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 3 + length 2 > 4");
        assertThat(writer.length()).isEqualTo(8);
        writer.appendU16be(3);
        assertThat(writer.written()).isEqualTo(Hex.of("0000000000000001 0003"));
    }

    @Test
    void aWindowThatIsGoneIsNotAppended() {
        Arena arena = Arena.ofConfined();
        Cstruct gone = Cstruct.allocate(arena, 8, 1);
        arena.close();
        CstructWriter writer = CstructWriter.over(Cstruct.create(16));
        writer.appendU16be(1);
        assertThatThrownBy(() -> writer.append(gone)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.append(List.of(Cstruct.create(3), gone)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(writer.length()).isEqualTo(2);
    }

    @Test
    void whatCanNotBeWrittenIsNotCounted() {
        Arena arena = Arena.ofConfined();
        CstructWriter writer = CstructWriter.over(Cstruct.allocate(arena, 64, 1));
        writer.appendU16be(1);
        arena.close();
        List<Runnable> appends =
                List.of(
                        () -> writer.appendU8(1),
                        () -> writer.appendU16be(1),
                        () -> writer.appendU16le(1),
                        () -> writer.appendU24be(1),
                        () -> writer.appendU24le(1),
                        () -> writer.appendU32be(1),
                        () -> writer.appendU32le(1),
                        () -> writer.appendU40be(1),
                        () -> writer.appendU40le(1),
                        () -> writer.appendU48be(1),
                        () -> writer.appendU48le(1),
                        () -> writer.appendU64be(1),
                        () -> writer.appendU64le(1),
                        () -> writer.appendF32be(1),
                        () -> writer.appendF32le(1),
                        () -> writer.appendF64be(1),
                        () -> writer.appendF64le(1),
                        () -> writer.append(Cstruct.create(1)),
                        () -> writer.append(List.of(Cstruct.create(1))),
                        () -> writer.append(new byte[1]),
                        () -> writer.append(new byte[2], 1, 1),
                        () -> writer.appendText("a", UTF_8),
                        () -> writer.appendFill(1, 1),
                        () -> writer.alignTo(4),
                        () -> writer.reserve(1));
        for (Runnable append : appends) {
            assertThatThrownBy(append::run).isInstanceOf(IllegalStateException.class);
            assertThat(writer.length()).isEqualTo(2);
        }
    }

    @Test
    void onlyWhatIsWrittenCanBeFilled() {
        CstructWriter writer = CstructWriter.over(Cstruct.create(10));
        writer.appendU16be(1);
        assertThatThrownBy(() -> writer.putU16be(1, 7))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 1 + length 2 > 2");
        assertThatThrownBy(() -> writer.putU8(-1, 7)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> writer.truncate(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aWindowOverGivenMemorySeesWhatIsWrittenLater() {
        Cstruct memory = Cstruct.create(4);
        CstructWriter writer = CstructWriter.over(memory);
        int at = writer.reserve(2);
        ReadOnlyCstruct written = writer.written();
        writer.putU16be(at, 0x0102);
        assertThat(written).isEqualTo(Hex.of("0102")).isNotInstanceOf(Cstruct.class);
        assertThat(memory).isEqualTo(Hex.of("01020000"));
    }

    @Test
    void reservedOctetsAreZeroWhateverStoodThere() {
        Cstruct memory = Cstruct.create(4);
        memory.fill(0xff);
        CstructWriter writer = CstructWriter.over(memory);
        writer.reserve(3);
        assertThat(memory).isEqualTo(Hex.of("000000ff"));
    }

    @Test
    void paddingEndsAtAMultiple() {
        CstructWriter writer = CstructWriter.growable(0, 100);
        writer.alignTo(4);
        assertThat(writer.length()).isZero();
        writer.appendU8(1);
        writer.alignTo(4);
        writer.alignTo(4);
        assertThat(writer.written()).isEqualTo(Hex.of("01000000"));
        assertThatThrownBy(() -> writer.alignTo(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alignment 0 < 1");
    }

    @Test
    void growableMemoryMayBeNative() {
        try (Arena arena = Arena.ofConfined()) {
            CstructWriter writer =
                    CstructWriter.growable(8, 64, length -> Cstruct.allocate(arena, length, 8));
            for (int i = 0; i < 8; i++) {
                writer.appendU64be(i);
            }
            assertThat(writer.written().isNative()).isTrue();
            assertThat(writer.written().u64be(56)).isEqualTo(7);
        }
    }

    @Test
    void wrongSizesAreRefusedWithTheValues() {
        assertThatThrownBy(() -> CstructWriter.growable(5, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initial length 5 not in 0..4");
        assertThatThrownBy(() -> CstructWriter.growable(-1, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CstructWriter.growable(2, 4, length -> Cstruct.create(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("source gave 1 octets where 2 were asked for");
    }
}
