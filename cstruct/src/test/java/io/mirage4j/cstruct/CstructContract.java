// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mirage4j.cstruct.Fields.Reader;
import io.mirage4j.cstruct.Fields.Writer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What a window does, told by a plain `byte[]` that the same is done to. Each kind of memory is a
/// subclass. A window under test lies between two guards of [#GUARD] octets, and the checks look at
/// the guards too: what leaves its window shows.
abstract class CstructContract {
    static final int GUARD = 16;

    /// `length` octets of the memory in question, aligned to 8, anything in them.
    abstract Cstruct memory(int length);

    /// A window, the memory around it, and what should be in it.
    record Subject(Cstruct around, Cstruct window, byte[] model) {
        void isAsTheModel() {
            byte[] expected = new byte[around.length()];
            Arrays.fill(expected, (byte) 0xa5);
            System.arraycopy(model, 0, expected, GUARD, model.length);
            assertThat(around.toByteArray()).isEqualTo(expected);
        }
    }

    private Subject subject(byte[] octets) {
        Cstruct around = memory(octets.length + 2 * GUARD);
        around.fill(0xa5);
        around.put(GUARD, octets);
        return new Subject(around, around.sub(GUARD, octets.length), octets.clone());
    }

    @Provide
    Arbitrary<byte[]> octets() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(70);
    }

    /// Few different octets, so that searches find something and comparisons last.
    @Provide
    Arbitrary<byte[]> dullOctets() {
        return Arbitraries.bytes().between((byte) 0, (byte) 1).array(byte[].class).ofMaxSize(70);
    }

    @Provide
    Arbitrary<byte[]> fewOctets() {
        return Arbitraries.bytes().between((byte) 0, (byte) 1).array(byte[].class).ofMaxSize(11);
    }

    /// Mostly in or near a window, sometimes as far out as an `int` goes.
    @Provide
    Arbitrary<Integer> offsets() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 40)),
                Tuple.of(4, Arbitraries.integers().between(-9, 80)),
                Tuple.of(1, Arbitraries.integers()),
                Tuple.of(
                        1,
                        Arbitraries.integers().between(Integer.MIN_VALUE, Integer.MIN_VALUE + 9)),
                Tuple.of(
                        1,
                        Arbitraries.integers().between(Integer.MAX_VALUE - 9, Integer.MAX_VALUE)));
    }

    private static boolean isInside(int off, int len, int length) {
        return off >= 0 && len >= 0 && (long) off + len <= length;
    }

    /// Runs `access` if the range is inside; otherwise it must be refused with the values.
    private static boolean allowed(int off, int len, int length, ThrowingCallable access) {
        if (isInside(off, len, length)) return true;
        assertThatThrownBy(access)
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("offset " + off + " + length " + len)
                .hasMessageEndingWith(off < 0 || len < 0 ? ", one below 0" : " > " + length);
        return false;
    }

    @Property
    void readersReadWhatTheModelSays(@ForAll("octets") byte[] octets, @ForAll("offsets") int off) {
        Subject s = subject(octets);
        for (Reader reader : Fields.READERS) {
            int size = reader.shape().size();
            for (ReadOnlyCstruct window : List.of(s.window, s.window.readOnly())) {
                if (allowed(off, size, octets.length, () -> reader.ours().from(window, off))) {
                    assertThat(reader.ours().from(window, off))
                            .as("%s at %d", reader.shape().name(), off)
                            .isEqualTo(reader.meaning().apply(reader.shape().bits(octets, off)));
                }
            }
        }
        s.isAsTheModel();
    }

    @Property
    void writersWriteWhatTheModelSays(
            @ForAll("octets") byte[] octets, @ForAll("offsets") int off, @ForAll long v) {
        for (Writer writer : Fields.WRITERS) {
            Subject s = subject(octets);
            int size = writer.shape().size();
            if (allowed(off, size, octets.length, () -> writer.ours().to(s.window, off, v))) {
                writer.ours().to(s.window, off, v);
                writer.shape().write(s.model, off, v);
            }
            s.isAsTheModel();
        }
    }

    @Property
    void floatsKeepTheirBits(
            @ForAll("octets") byte[] octets,
            @ForAll("offsets") int off,
            @ForAll float f,
            @ForAll double d) {
        Subject s = subject(octets);
        if (allowed(off, 4, octets.length, () -> s.window.putF32be(off, f))) {
            s.window.putF32be(off, f);
            assertThat(s.window.u32be(off)).isEqualTo(Float.floatToRawIntBits(f));
            s.window.putF32le(off, f);
            assertThat(s.window.u32le(off)).isEqualTo(Float.floatToRawIntBits(f));
        }
        allowed(off, 4, octets.length, () -> s.window.putF32le(off, f));
        if (allowed(off, 8, octets.length, () -> s.window.putF64be(off, d))) {
            s.window.putF64be(off, d);
            assertThat(s.window.u64be(off)).isEqualTo(Double.doubleToRawLongBits(d));
            s.window.putF64le(off, d);
            assertThat(s.window.u64le(off)).isEqualTo(Double.doubleToRawLongBits(d));
        }
        allowed(off, 8, octets.length, () -> s.window.putF64le(off, d));
        assertThat(s.around.toByteArray(0, GUARD)).containsOnly(0xa5);
        assertThat(s.around.shift(GUARD + octets.length).toByteArray()).containsOnly(0xa5);
    }

    @Property
    void paddedWordsHaveZerosBehindTheEnd(
            @ForAll("octets") byte[] octets, @ForAll("offsets") int off) {
        Subject s = subject(octets);
        allowed(off, 0, octets.length, () -> s.window.u64lePadded(off));
        if (off >= 0 && off <= octets.length) {
            long word = 0;
            for (int i = Math.min(octets.length, off + 8) - 1; i >= off; i--) {
                word = (word << 8) | (octets[i] & 0xff);
            }
            assertThat(s.window.u64lePadded(off)).isEqualTo(word);
        }
    }

    @Property
    void windowsOnlyNarrow(
            @ForAll("octets") byte[] octets,
            @ForAll("offsets") int off,
            @ForAll("offsets") int len,
            @ForAll("offsets") int inner) {
        Subject s = subject(octets);
        for (ReadOnlyCstruct window : List.of(s.window, s.window.readOnly())) {
            if (allowed(off, len, octets.length, () -> window.sub(off, len))) {
                ReadOnlyCstruct sub = window.sub(off, len);
                assertThat(sub.toByteArray()).isEqualTo(Arrays.copyOfRange(octets, off, off + len));
                allowed(inner, 1, len, () -> sub.u8(inner));
                allowed(0, inner, len, () -> sub.sub(0, inner));
            }
            if (allowed(off, 0, octets.length, () -> window.shift(off))) {
                byte[] rest = Arrays.copyOfRange(octets, off, octets.length);
                assertThat(window.shift(off).toByteArray()).isEqualTo(rest);
                assertThat(window.split(off).head()).isEqualTo(window.sub(0, off));
                assertThat(window.split(off).tail()).isEqualTo(window.shift(off));
            }
        }
        assertThatThrownBy(() -> s.window.split(octets.length + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Property
    void fillingStaysInTheRange(
            @ForAll("octets") byte[] octets,
            @ForAll("offsets") int off,
            @ForAll("offsets") int len,
            @ForAll int octet) {
        Subject s = subject(octets);
        if (allowed(off, len, octets.length, () -> s.window.fill(off, len, octet))) {
            s.window.fill(off, len, octet);
            Arrays.fill(s.model, off, off + len, (byte) octet);
        }
        s.isAsTheModel();
        s.window.fill(octet);
        Arrays.fill(s.model, (byte) octet);
        s.isAsTheModel();
    }

    @Property
    void copiesBetweenWindows(
            @ForAll("octets") byte[] octets,
            @ForAll("octets") byte[] other,
            @ForAll("offsets") int off,
            @ForAll("offsets") int targetOff,
            @ForAll("offsets") int len) {
        for (boolean sameKind : new boolean[] {true, false}) {
            Subject from = subject(octets);
            Cstruct target = sameKind ? subject(other).window : Cstruct.of(other.clone());
            byte[] model = other.clone();
            if (allowed(off, len, octets.length, () -> from.window.copyTo(off, target, 0, len))
                    && allowed(
                            targetOff,
                            len,
                            other.length,
                            () -> from.window.copyTo(off, target, targetOff, len))) {
                from.window.copyTo(off, target, targetOff, len);
                System.arraycopy(octets, off, model, targetOff, len);
            }
            assertThat(target.toByteArray()).isEqualTo(model);
            from.isAsTheModel();
        }
    }

    @Property
    void overlappingCopiesGoThroughAThirdPlace(
            @ForAll("octets") byte[] octets,
            @ForAll("offsets") int off,
            @ForAll("offsets") int targetOff,
            @ForAll("offsets") int len) {
        Subject s = subject(octets);
        if (isInside(off, len, octets.length) && isInside(targetOff, len, octets.length)) {
            s.window.copyTo(off, s.window, targetOff, len);
            System.arraycopy(s.model, off, s.model, targetOff, len);
        }
        s.isAsTheModel();
    }

    @Property
    void arraysGoInAndOut(
            @ForAll("octets") byte[] octets,
            @ForAll("octets") byte[] array,
            @ForAll("offsets") int off,
            @ForAll("offsets") int arrayOff,
            @ForAll("offsets") int len) {
        Subject s = subject(octets);
        if (allowed(off, len, octets.length, () -> s.window.toByteArray(off, len))) {
            byte[] part = Arrays.copyOfRange(octets, off, off + len);
            assertThat(s.window.toByteArray(off, len)).isEqualTo(part);
            assertThat(s.window.text(off, len, StandardCharsets.ISO_8859_1))
                    .isEqualTo(new String(part, StandardCharsets.ISO_8859_1));
            byte[] out = array.clone();
            if (allowed(
                    arrayOff, len, array.length, () -> s.window.copyTo(off, out, arrayOff, len))) {
                s.window.copyTo(off, out, arrayOff, len);
                byte[] expected = array.clone();
                System.arraycopy(octets, off, expected, arrayOff, len);
                assertThat(out).isEqualTo(expected);

                s.window.put(off, array, arrayOff, len);
                System.arraycopy(array, arrayOff, s.model, off, len);
            }
            allowed(arrayOff, len, array.length, () -> s.window.put(off, array, arrayOff, len));
        }
        allowed(off, len, octets.length, () -> s.window.text(off, len, StandardCharsets.UTF_8));
        allowed(off, len, octets.length, () -> s.window.copyTo(off, new byte[0], 0, len));
        allowed(off, array.length, octets.length, () -> s.window.put(off, array));
        allowed(off, array.length, octets.length, () -> s.window.put(off, Cstruct.of(array)));
        s.isAsTheModel();
    }

    @Property
    void concatJoinsWindowsOfAnyKind(
            @ForAll("octets") byte[] octets, @ForAll("octets") byte[] other) {
        ReadOnlyCstruct whole =
                Cstruct.concat(List.of(subject(octets).window, Cstruct.of(other).readOnly()));
        byte[] expected = Arrays.copyOf(octets, octets.length + other.length);
        System.arraycopy(other, 0, expected, octets.length, other.length);
        assertThat(whole.toByteArray()).isEqualTo(expected);
    }

    @Property
    void searchFindsWhatAPlainLoopFinds(
            @ForAll("dullOctets") byte[] octets,
            @ForAll("fewOctets") byte[] pattern,
            @ForAll("offsets") int from,
            @ForAll int octet) {
        Subject s = subject(octets);
        for (int wanted : new int[] {0, 1, octet}) {
            assertThat(s.window.indexOf(wanted)).isEqualTo(plainIndexOf(octets, wanted, 0));
            assertThat(s.window.lastIndexOf(wanted)).isEqualTo(plainLastIndexOf(octets, wanted));
            if (allowed(from, 0, octets.length, () -> s.window.indexOf(wanted, from))) {
                assertThat(s.window.indexOf(wanted, from))
                        .isEqualTo(plainIndexOf(octets, wanted, from));
            }
        }
        for (Cstruct p : List.of(Cstruct.of(pattern), subject(pattern).window)) {
            assertThat(s.window.indexOf(p)).isEqualTo(plainIndexOf(octets, pattern, 0));
            if (allowed(from, 0, octets.length, () -> s.window.indexOf(p, from))) {
                assertThat(s.window.indexOf(p, from))
                        .isEqualTo(plainIndexOf(octets, pattern, from));
            }
        }
    }

    /// Octets that differ in one bit from those looked for are where word tricks go wrong.
    @Property
    void searchIsNotFooledByNeighbours(
            @ForAll("octets") byte[] octets, @ForAll byte octet, @ForAll("offsets") int at) {
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] % 3 == 0) {
                octets[i] = (byte) (octet ^ (1 << (i & 7)));
            }
        }
        if (isInside(at, 1, octets.length)) {
            octets[at] = octet;
        }
        Subject s = subject(octets);
        assertThat(s.window.indexOf(octet)).isEqualTo(plainIndexOf(octets, octet, 0));
        assertThat(s.window.lastIndexOf(octet)).isEqualTo(plainLastIndexOf(octets, octet));
    }

    private static int plainIndexOf(byte[] in, int octet, int from) {
        for (int at = from; at < in.length; at++) {
            if (in[at] == (byte) octet) return at;
        }
        return -1;
    }

    private static int plainLastIndexOf(byte[] in, int octet) {
        for (int at = in.length - 1; at >= 0; at--) {
            if (in[at] == (byte) octet) return at;
        }
        return -1;
    }

    private static int plainIndexOf(byte[] in, byte[] pattern, int from) {
        for (int at = from; at + pattern.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + pattern.length, pattern, 0, pattern.length)) return at;
        }
        return -1;
    }

    @Property
    void comparesAsArraysDo(
            @ForAll("dullOctets") byte[] octets, @ForAll("dullOctets") byte[] other) {
        comparesAsArrays(octets, other);
        comparesAsArrays(octets, octets);
        comparesAsArrays(octets, Arrays.copyOf(octets, octets.length / 2));
        byte[] near = octets.clone();
        if (near.length > 0) {
            near[near.length - 1] ^= (byte) 0x80;
        }
        comparesAsArrays(octets, near);
    }

    private void comparesAsArrays(byte[] octets, byte[] other) {
        for (ReadOnlyCstruct b : List.of(subject(other).window, Cstruct.of(other).readOnly())) {
            Cstruct a = subject(octets).window;
            assertThat(a.mismatch(b)).isEqualTo(Arrays.mismatch(octets, other));
            assertThat(Integer.signum(a.compareTo(b)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(octets, other)));
            assertThat(a.equals(b)).isEqualTo(Arrays.equals(octets, other));
            assertThat(a.hashCode()).isEqualTo(Arrays.hashCode(octets));
        }
    }

    @Property
    void checksumIsThatOfThePlainLoop(
            @ForAll("octets") byte[] octets,
            @ForAll("offsets") int off,
            @ForAll("offsets") int len) {
        Subject s = subject(octets);
        if (allowed(
                off,
                len,
                octets.length,
                () -> InternetChecksum.onesComplementSum(s.window, off, len))) {
            long sum = InternetChecksum.onesComplementSum(s.window, off, len);
            assertThat(InternetChecksum.fold(sum)).isEqualTo(PlainChecksum.fold(octets, off, len));
        }
    }

    @Property
    void accessesWithAnOrderTakeTheMachinesOwnOrder(
            @ForAll("octets") byte[] octets, @ForAll("offsets") int off, @ForAll long v) {
        int w = (int) v;
        Subject s = subject(octets);
        Cstruct window = s.window;
        List<ThrowingCallable> ints =
                List.of(
                        () -> window.getIntOpaque(off),
                        () -> window.getIntAcquire(off),
                        () -> window.getIntVolatile(off),
                        () -> window.putIntOpaque(off, w),
                        () -> window.putIntRelease(off, w),
                        () -> window.putIntVolatile(off, w),
                        () -> window.compareAndSetInt(off, 0, w),
                        () -> window.getAndAddInt(off, w));
        List<ThrowingCallable> longs =
                List.of(
                        () -> window.getLongOpaque(off),
                        () -> window.getLongAcquire(off),
                        () -> window.getLongVolatile(off),
                        () -> window.putLongOpaque(off, v),
                        () -> window.putLongRelease(off, v),
                        () -> window.putLongVolatile(off, v),
                        () -> window.compareAndSetLong(off, 0, v),
                        () -> window.getAndAddLong(off, v));
        if (mayBeAtomic(off, 4, octets.length, ints)) {
            ByteBuffer model = ByteBuffer.wrap(s.model).order(ByteOrder.nativeOrder());
            int old = model.getInt(off);
            assertThat(window.getIntOpaque(off)).isEqualTo(old);
            assertThat(window.getIntAcquire(off)).isEqualTo(old);
            assertThat(window.getIntVolatile(off)).isEqualTo(old);
            assertThat(window.getAndAddInt(off, w)).isEqualTo(old);
            assertThat(window.getIntVolatile(off)).isEqualTo(old + w);
            assertThat(window.compareAndSetInt(off, old + w + 1, 7)).isFalse();
            assertThat(window.compareAndSetInt(off, old + w, w)).isTrue();
            model.putInt(off, w);
            s.isAsTheModel();
            window.putIntOpaque(off, old);
            window.putIntRelease(off, window.getIntOpaque(off) + 1);
            window.putIntVolatile(off, window.getIntOpaque(off) + 1);
            model.putInt(off, old + 2);
            s.isAsTheModel();
        }
        if (mayBeAtomic(off, 8, octets.length, longs)) {
            ByteBuffer model = ByteBuffer.wrap(s.model).order(ByteOrder.nativeOrder());
            long old = model.getLong(off);
            assertThat(window.getLongOpaque(off)).isEqualTo(old);
            assertThat(window.getLongAcquire(off)).isEqualTo(old);
            assertThat(window.getLongVolatile(off)).isEqualTo(old);
            assertThat(window.getAndAddLong(off, v)).isEqualTo(old);
            assertThat(window.getLongVolatile(off)).isEqualTo(old + v);
            assertThat(window.compareAndSetLong(off, old + v + 1, 7)).isFalse();
            assertThat(window.compareAndSetLong(off, old + v, v)).isTrue();
            model.putLong(off, v);
            s.isAsTheModel();
            window.putLongOpaque(off, old);
            window.putLongRelease(off, window.getLongOpaque(off) + 1);
            window.putLongVolatile(off, window.getLongOpaque(off) + 1);
            model.putLong(off, old + 2);
        }
        s.isAsTheModel();
    }

    private static boolean mayBeAtomic(
            int off, int size, int length, List<ThrowingCallable> accesses) {
        for (ThrowingCallable access : accesses) {
            if (!allowed(off, size, length, access)) continue;
            if (off % size != 0) {
                assertThatThrownBy(access)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching(
                                "offset "
                                        + off
                                        + " is at address 0x[0-9a-f]+, which is not"
                                        + " aligned to "
                                        + size
                                        + " octets");
            }
        }
        return isInside(off, size, length) && off % size == 0;
    }

    @Property
    void bridgesShareTheMemory(@ForAll("octets") byte[] octets, @ForAll byte octet) {
        Subject s = subject(octets);
        ByteBuffer buffer = s.window.asByteBuffer();
        MemorySegment segment = s.window.asSegment();
        assertThat(buffer.position()).isZero();
        assertThat(buffer.capacity()).isEqualTo(octets.length);
        assertThat(buffer.limit()).isEqualTo(octets.length);
        assertThat(segment.byteSize()).isEqualTo(octets.length);
        assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(octets);
        Cstruct there = Cstruct.of(buffer);
        Cstruct andBack = Cstruct.of(segment);
        assertThat(there.isNative()).isEqualTo(s.window.isNative());
        assertThat(andBack.isNative()).isEqualTo(s.window.isNative());
        for (int i = 0; i < octets.length; i++) {
            s.model[i] = (byte) (octet + i);
            switch (i % 4) {
                case 0 -> buffer.put(i, s.model[i]);
                case 1 -> segment.set(ValueLayout.JAVA_BYTE, i, s.model[i]);
                case 2 -> there.putU8(i, octet + i);
                default -> andBack.putU8(i, octet + i);
            }
        }
        s.isAsTheModel();
    }

    @Property
    void aBufferGivesItsRemainingOctets(
            @ForAll("octets") byte[] octets, @ForAll("offsets") int a, @ForAll("offsets") int b) {
        if (a < 0 || b < a || b > octets.length) return;
        ByteBuffer buffer = subject(octets).window.asByteBuffer().position(a).limit(b);
        assertThat(Cstruct.of(buffer).toByteArray()).isEqualTo(Arrays.copyOfRange(octets, a, b));
        assertThat(Cstruct.of(buffer.slice()).toByteArray())
                .isEqualTo(Arrays.copyOfRange(octets, a, b));
        assertThat(buffer.position()).isEqualTo(a);
    }

    @Example
    void aReadOnlyWindowHasNoWayBack() {
        Subject s = subject(new byte[] {1, 2, 3, 4});
        ReadOnlyCstruct readOnly = s.window.readOnly();
        for (ReadOnlyCstruct window :
                List.of(
                        readOnly,
                        readOnly.sub(1, 2),
                        readOnly.shift(1),
                        readOnly.split(2).head(),
                        readOnly.split(2).tail(),
                        readOnly.readOnly())) {
            assertThat(window).isExactlyInstanceOf(ReadOnlyCstruct.class);
            assertThat(window.asByteBuffer().isReadOnly()).isTrue();
            assertThat(window.asByteBuffer().hasArray()).isFalse();
            assertThat(window.asSegment().isReadOnly()).isTrue();
            assertThat(window.asSegment().heapBase()).isEmpty();
            assertThatThrownBy(() -> Cstruct.of(window.asByteBuffer()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("read-only");
            assertThatThrownBy(() -> Cstruct.of(window.asSegment()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("read-only");
        }
        s.isAsTheModel();
    }

    @Example
    void readOnlyNativeMemoryGivesAReadOnlyWindow() {
        ReadOnlyCstruct readOnly = subject(new byte[] {1, 2, 3, 4}).window.readOnly();
        if (readOnly.isNative()) {
            assertThat(ReadOnlyCstruct.of(readOnly.asByteBuffer())).isEqualTo(readOnly);
            assertThat(ReadOnlyCstruct.of(readOnly.asSegment())).isEqualTo(readOnly);
        } else {
            // Its array can not be had, and there is no reading without it.
            assertThat(catchThrowable(() -> ReadOnlyCstruct.of(readOnly.asByteBuffer())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("copy its octets");
        }
    }

    @Example
    void theDescriptionTellsLengthAndKind() {
        Cstruct window = subject(new byte[5]).window;
        assertThat(window)
                .hasToString("Cstruct[5 " + (window.isNative() ? "native" : "heap") + "]");
    }
}
