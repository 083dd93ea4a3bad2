// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class CstructVectorTest {
    @Provide
    Arbitrary<List<Cstruct>> windows() {
        Arbitrary<byte[]> octets = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Arbitraries.of(Ground.values())
                .flatMap(ground -> octets.map(ground::window))
                .list()
                .ofMaxSize(10);
    }

    private static byte[] octetsOf(List<Cstruct> windows) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        windows.forEach(w -> all.writeBytes(w.toByteArray()));
        return all.toByteArray();
    }

    @Property
    void itReadsAsTheOctetsInOneArray(
            @ForAll("windows") List<Cstruct> windows, @ForAll Random random) {
        byte[] model = octetsOf(windows);
        CstructVector<Cstruct> vector = CstructVector.of(windows);
        assertThat(vector.length()).isEqualTo(model.length);
        assertThat(vector.isEmpty()).isEqualTo(model.length == 0);
        assertThat(vector.toByteArray()).isEqualTo(model);
        assertThat(vector).noneMatch(ReadOnlyCstruct::isEmpty);
        for (int i = 0; i < model.length; i++) {
            assertThat(vector.u8(i)).isEqualTo(model[i] & 0xff);
        }
        int off = random.nextInt(model.length + 1);
        int len = random.nextInt(model.length - off + 1);
        byte[] part = Arrays.copyOfRange(model, off, off + len);
        assertThat(vector.sub(off, len).toByteArray()).isEqualTo(part);
        assertThat(vector.shift(off).toByteArray())
                .isEqualTo(Arrays.copyOfRange(model, off, model.length));
        Cstruct target = Cstruct.create(len + 2);
        vector.copyTo(off, target, 1, len);
        assertThat(target.toByteArray(1, len)).isEqualTo(part);
        assertThat(target.u8(0) + target.u8(len + 1)).isZero();
    }

    @Property
    void itWritesAsIntoOneArray(@ForAll("windows") List<Cstruct> windows, @ForAll Random random) {
        byte[] model = octetsOf(windows);
        CstructVector<Cstruct> vector = CstructVector.of(windows);
        int off = random.nextInt(model.length + 1);
        byte[] source = new byte[random.nextInt(model.length - off + 1)];
        random.nextBytes(source);
        System.arraycopy(source, 0, model, off, source.length);
        CstructVector.put(vector, off, Cstruct.of(source));
        assertThat(octetsOf(windows)).isEqualTo(model);
        CstructVector.fill(vector, 0x1ff);
        Arrays.fill(model, (byte) 0xff);
        assertThat(octetsOf(windows)).isEqualTo(model);
    }

    @Property
    void itIsDrainedInChunksOfAnySize(
            @ForAll("windows") List<Cstruct> windows, @ForAll Random random) {
        ByteArrayOutputStream drained = new ByteArrayOutputStream();
        CstructVector<Cstruct> rest = CstructVector.of(windows);
        while (!rest.isEmpty()) {
            Cstruct chunk = Cstruct.create(1 + random.nextInt(7));
            int count = rest.copyTo(chunk);
            drained.writeBytes(chunk.toByteArray(0, count));
            rest = rest.shift(count);
        }
        assertThat(drained.toByteArray()).isEqualTo(octetsOf(windows));
    }

    @Property
    void equalityIsOfOctets(@ForAll("windows") List<Cstruct> windows) {
        CstructVector<Cstruct> vector = CstructVector.of(windows);
        CstructVector<Cstruct> flat = CstructVector.of(Cstruct.of(octetsOf(windows)));
        assertThat(vector).isEqualTo(flat).hasSameHashCodeAs(flat);
        if (!flat.isEmpty()) {
            flat.windows().getFirst().putU8(0, flat.u8(0) + 1);
            assertThat(vector).isNotEqualTo(flat);
        }
    }

    @Test
    void theListOfItsWindowsIsUnmodifiable() {
        CstructVector<Cstruct> vector = CstructVector.of(Cstruct.create(3), Cstruct.create(4));
        for (CstructVector<Cstruct> any :
                List.of(vector, vector.sub(1, 5), vector.sub(0, 0), vector.shift(2))) {
            assertThatThrownBy(() -> any.windows().replaceAll(_ -> Cstruct.create(100)))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> any.windows().set(0, Cstruct.create(100)))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void windowsOfManyGibibytesAddUp() {
        Cstruct huge = Cstruct.of(MemorySegment.NULL.reinterpret(Integer.MAX_VALUE));
        CstructVector<Cstruct> vector = CstructVector.of(Collections.nCopies(1000, huge));
        assertThat(vector.length()).isEqualTo(1000L * Integer.MAX_VALUE);
        assertThat(vector.shift(999L * Integer.MAX_VALUE + 1).length())
                .isEqualTo(Integer.MAX_VALUE - 1);
        assertThatThrownBy(vector::toByteArray)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vector of 2147483647000 octets > 2147483647 of an array");
    }

    @Test
    void whatIsOutsideIsRefusedWithTheValues() {
        CstructVector<Cstruct> vector = CstructVector.of(Cstruct.create(3), Cstruct.create(4));
        assertThatThrownBy(() -> vector.sub(5, 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 5 + length 3 > 7");
        assertThatThrownBy(() -> vector.sub(Long.MAX_VALUE, Long.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.sub(1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.shift(8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.u8(7)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.copyTo(0, Cstruct.create(3), 1, 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 1 + length 3 > 3");
        assertThatThrownBy(() -> CstructVector.put(vector, 5, Cstruct.create(3)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
