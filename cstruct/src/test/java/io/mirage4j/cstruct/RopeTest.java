// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

class RopeTest {
    /// A rope beside the text that it should have.
    private record Pair(Rope rope, String text) {}

    private static String text(Rope rope) {
        StringBuilder all = new StringBuilder();
        rope.forEach(w -> all.append(w.text(java.nio.charset.StandardCharsets.ISO_8859_1)));
        return all.toString();
    }

    @Property(tries = 300)
    void ropesBehaveAsStringsUnderRandomSteps(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 300) int steps) {
        List<Pair> pairs = new ArrayList<>(List.of(new Pair(Rope.empty(), "")));
        Ground[] grounds = Ground.values();
        for (int step = 0; step < steps; step++) {
            Pair one = pairs.get(random.nextInt(pairs.size()));
            Pair other = pairs.get(random.nextInt(pairs.size()));
            String part = "abcdefgh".substring(random.nextInt(9));
            ReadOnlyCstruct window =
                    grounds[random.nextInt(grounds.length)].window(
                            part.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            int at = random.nextInt(one.text.length() + 1);
            int len = random.nextInt(one.text.length() - at + 1);
            Pair made =
                    switch (random.nextInt(6)) {
                        case 0, 1 -> new Pair(one.rope.append(window), one.text + part);
                        case 2 -> new Pair(one.rope.prepend(window), part + one.text);
                        case 3 ->
                                one.text.length() + other.text.length() > 2000
                                        ? one
                                        : new Pair(
                                                one.rope.append(other.rope), one.text + other.text);
                        case 4 -> new Pair(one.rope.sub(at, len), one.text.substring(at, at + len));
                        default -> {
                            Rope.Split split = one.rope.split(at);
                            assertThat(text(split.head())).isEqualTo(one.text.substring(0, at));
                            yield new Pair(split.tail(), one.text.substring(at));
                        }
                    };
            assertThat(made.rope.length()).isEqualTo(made.text.length());
            assertThat(text(made.rope)).isEqualTo(made.text);
            assertThat(made.rope).noneMatch(ReadOnlyCstruct::isEmpty);
            pairs.add(made);
        }
        for (Pair pair : pairs) {
            assertThat(pair.rope.copiedOctets()).isZero();
        }
        Pair last = pairs.getLast();
        for (int at = 0; at < last.text.length(); at++) {
            assertThat(last.rope.u8(at)).isEqualTo(last.text.charAt(at));
        }
        Rope flat = Rope.of(ReadOnlyCstruct.of(last.text));
        assertThat(last.rope).isEqualTo(flat).hasSameHashCodeAs(flat);
        assertThat(last.rope.flatten()).isEqualTo(flat.flatten());
        assertThat(last.rope.append(ReadOnlyCstruct.of("x"))).isNotEqualTo(flat);
        assertThat(last.rope.prepend(ReadOnlyCstruct.of("y")))
                .isNotEqualTo(flat.prepend(ReadOnlyCstruct.of("z")));
    }

    @Property
    void numbersAreReadAcrossWindows(@ForAll Random random, @ForAll Ground ground) {
        byte[] octets = new byte[40];
        random.nextBytes(octets);
        Cstruct flat = ground.window(octets);
        Rope rope = Rope.empty();
        for (int at = 0; at < 40; ) {
            int len = Math.min(40 - at, 1 + random.nextInt(5));
            rope = rope.append(flat.sub(at, len));
            at += len;
        }
        for (int at = 0; at <= 32; at++) {
            assertThat(rope.u16be(at)).isEqualTo(flat.u16be(at));
            assertThat(rope.u16le(at)).isEqualTo(flat.u16le(at));
            assertThat(rope.u32be(at)).isEqualTo(flat.u32be(at));
            assertThat(rope.u32le(at)).isEqualTo(flat.u32le(at));
            assertThat(rope.u64be(at)).isEqualTo(flat.u64be(at));
            assertThat(rope.u64le(at)).isEqualTo(flat.u64le(at));
        }
    }

    /// The lines of the class comment.
    @Test
    void theWindowsAreWrittenWithoutACopy() throws Exception {
        var octets = new ByteArrayOutputStream();
        WritableByteChannel channel = Channels.newChannel(octets);
        ReadOnlyCstruct header = Hex.of("01");
        ReadOnlyCstruct body = Hex.of("0203");
        ReadOnlyCstruct trailer = Hex.of("04");

        Rope message = Rope.of(header).append(body).append(trailer);
        for (ReadOnlyCstruct window : message) {
            channel.write(window.asByteBuffer());
        }
        assertThat(message.copiedOctets()).isZero();
        assertThat(octets.toByteArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aMillionAppendsAreReadSplitAndJoined() {
        Rope rope = Rope.empty();
        for (int i = 0; i < 1_000_000; i++) {
            rope = rope.append(Cstruct.of(new byte[] {(byte) i}));
        }
        assertThat(rope.length()).isEqualTo(1_000_000);
        Rope joined = Rope.empty();
        Rope rest = rope;
        while (!rest.isEmpty()) {
            Rope.Split split = rest.split(Math.min(9_999, rest.length()));
            joined = joined.append(split.head());
            rest = split.tail();
        }
        for (int at = 0; at < 1_000_000; at += 997) {
            assertThat(joined.u8(at)).isEqualTo(at & 0xff);
        }
        assertThat(joined).isEqualTo(rope);
        assertThat(rope.copiedOctets()).isZero();
        assertThat(rope.flatten().length()).isEqualTo(1_000_000);
        assertThat(joined.copiedOctets()).isZero();
        assertThat(rope.copiedOctets()).isEqualTo(1_000_000);
    }

    @Test
    void aMillionPrependsAreAsMany() {
        Rope rope = Rope.empty();
        for (int i = 0; i < 1_000_000; i++) {
            rope = rope.prepend(Cstruct.of(new byte[] {(byte) i}));
        }
        assertThat(rope.u8(0)).isEqualTo(999_999 & 0xff);
        assertThat(rope.u8(999_999)).isZero();
    }

    @Test
    void aLengthThatWouldOverflowIsRefusedWithTheValues() {
        Rope rope = Rope.of(Cstruct.of(MemorySegment.NULL.reinterpret(1 << 30)));
        for (int doubled = 0; doubled < 32; doubled++) {
            rope = rope.append(rope);
        }
        Rope huge = rope;
        assertThat(huge.length()).isEqualTo(1L << 62);
        assertThatThrownBy(() -> huge.append(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "rope of 4611686018427387904 + 4611686018427387904 octets"
                                + " > 9223372036854775807");
        Rope most = huge.append(huge.sub(0, (1L << 62) - 1));
        assertThat(most.length()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> most.append(Cstruct.create(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> most.prepend(Cstruct.create(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(most.split(1L << 61).tail().length()).isEqualTo(Long.MAX_VALUE - (1L << 61));
        assertThatThrownBy(huge::flatten)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rope of 4611686018427387904 octets > 2147483647 of a window");
    }

    @Test
    void oneWindowIsFlatAlready() {
        Cstruct window = Cstruct.create(8);
        Rope rope = Rope.of(window).append(Cstruct.empty());
        ReadOnlyCstruct flat = rope.flatten();
        window.putU8(0, 7);
        assertThat(flat.u8(0)).isEqualTo(7);
        assertThat(flat).isNotInstanceOf(Cstruct.class);
        assertThat(rope.copiedOctets()).isZero();
        assertThat(Rope.empty().flatten().isEmpty()).isTrue();
    }

    @Test
    void copiesCountForAllRopesOfOneOrigin() {
        Rope whole = Rope.of(ReadOnlyCstruct.of("abc"), ReadOnlyCstruct.of("def"));
        Rope part = whole.sub(1, 4);
        Cstruct target = Cstruct.create(10);
        part.copyTo(1, target, 2, 3);
        assertThat(target.text(2, 3, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("cde");
        assertThat(whole.copiedOctets()).isEqualTo(3);
        assertThat(part.copiedOctets()).isEqualTo(3);
    }

    @Test
    void whatIsOutsideIsRefusedWithTheValues() {
        Rope rope = Rope.of(Cstruct.create(3), Cstruct.create(4));
        assertThatThrownBy(() -> rope.u32be(4))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 4 + length 4 > 7");
        assertThatThrownBy(() -> rope.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rope.split(8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rope.sub(Long.MAX_VALUE, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rope.copyTo(0, Cstruct.create(3), 0, 4))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 0 + length 4 > 3");
        Iterator<ReadOnlyCstruct> windows = Rope.empty().iterator();
        assertThatThrownBy(windows::next).isInstanceOf(NoSuchElementException.class);
    }
}
