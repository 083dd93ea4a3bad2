// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.CstructVector;
import io.mirage4j.cstruct.Ground;
import io.mirage4j.cstruct.Hex;
import io.mirage4j.cstruct.PagePool;
import io.mirage4j.cstruct.PageSource;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.util.Objects;

class ByteBufsTest {
    /// The kinds of buffers that Netty makes.
    enum Kind {
        POOLED_DIRECT(PooledByteBufAllocator.DEFAULT, true),
        POOLED_HEAP(PooledByteBufAllocator.DEFAULT, false),
        UNPOOLED_DIRECT(UnpooledByteBufAllocator.DEFAULT, true),
        UNPOOLED_HEAP(UnpooledByteBufAllocator.DEFAULT, false);

        private final ByteBufAllocator allocator;
        private final boolean direct;

        Kind(ByteBufAllocator allocator, boolean direct) {
            this.allocator = allocator;
            this.direct = direct;
        }

        /// A buffer in which `octets` are readable, with others before and room behind.
        ByteBuf buffer(byte... octets) {
            int capacity = octets.length + 10;
            ByteBuf buf =
                    direct ? allocator.directBuffer(capacity) : allocator.heapBuffer(capacity);
            return buf.writeShort(-1).writeBytes(octets).skipBytes(2);
        }
    }

    @Property
    void aWindowIsOverTheReadableOctets(
            @ForAll @Size(min = 1, max = 50) byte[] octets, @ForAll Kind kind) {
        ByteBuf buf = kind.buffer(octets);
        Cstruct window = ByteBufs.window(buf);
        assertThat(window.toByteArray()).isEqualTo(octets);
        assertThat(window.isNative()).isEqualTo(kind.direct);
        window.putU8(0, window.u8(0) + 1);
        assertThat(buf.getByte(2)).isEqualTo((byte) (octets[0] + 1));
        buf.setByte(2, 7);
        assertThat(window.u8(0)).isEqualTo(7);
        ByteBuf slice = buf.slice(buf.readerIndex() + octets.length - 1, 1);
        ByteBufs.window(slice).putU8(0, 9);
        assertThat(window.u8(octets.length - 1)).isEqualTo(9);
        assertThat(buf.refCnt()).isEqualTo(1);
        assertThat(buf.release()).isTrue();
    }

    @Property
    void aCompositeIsAWindowForEachPart(
            @ForAll @Size(max = 20) byte[] left,
            @ForAll @Size(max = 20) byte[] right,
            @ForAll Kind one,
            @ForAll Kind other) {
        CompositeByteBuf both = PooledByteBufAllocator.DEFAULT.compositeBuffer();
        both.addComponents(true, one.buffer(left), other.buffer(right));
        byte[] expected = ByteBufUtil.getBytes(both);
        CstructVector<Cstruct> windows = ByteBufs.windows(both);
        assertThat(windows.toByteArray()).isEqualTo(expected);
        assertThat(ByteBufs.readOnlyWindows(both).toByteArray()).isEqualTo(expected);
        if (left.length > 0 && right.length > 0) {
            assertThat(windows.windows()).hasSize(2);
            assertThatThrownBy(() -> ByteBufs.window(both))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not one window: use windows()");
            windows.windows().get(1).putU8(0, 0x77);
            assertThat(both.getByte(left.length)).isEqualTo((byte) 0x77);
            if (left.length > 1) {
                both.skipBytes(1);
                assertThat(ByteBufs.windows(both).length()).isEqualTo(expected.length - 1);
            }
        }
        assertThat(both.release()).isTrue();
    }

    @Test
    void nothingReadableIsAnEmptyWindow() {
        assertThat(ByteBufs.window(Unpooled.EMPTY_BUFFER).isEmpty()).isTrue();
        for (Kind kind : Kind.values()) {
            ByteBuf buf = kind.buffer();
            assertThat(ByteBufs.window(buf).isEmpty()).isTrue();
            buf.release();
        }
    }

    @Test
    void aReadOnlyBufferGivesWindowsWithoutWriters() {
        for (Kind kind : Kind.values()) {
            ByteBuf buf = kind.buffer((byte) 1, (byte) 2).asReadOnly();
            assertThatThrownBy(() -> ByteBufs.window(buf))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is read-only: use readOnlyWindows");
            if (kind.direct) {
                CstructVector<ReadOnlyCstruct> windows = ByteBufs.readOnlyWindows(buf);
                assertThat(windows.toByteArray()).containsExactly(1, 2);
                assertThat(windows.windows().getFirst()).isNotInstanceOf(Cstruct.class);
            } else {
                assertThatThrownBy(() -> ByteBufs.readOnlyWindows(buf))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            buf.release();
        }
    }

    @Test
    void aReleasedBufferGivesNoWindow() {
        ByteBuf buf = Kind.POOLED_DIRECT.buffer((byte) 1);
        buf.release();
        assertThatThrownBy(() -> ByteBufs.window(buf))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been released");
        assertThatThrownBy(() -> ByteBufs.readOnlyWindows(buf))
                .isInstanceOf(IllegalStateException.class);
    }

    @Property
    void aBufferOverAWindowIsTheSameMemory(
            @ForAll @Size(min = 1, max = 50) byte[] octets, @ForAll Ground ground) {
        Cstruct window = ground.window(octets);
        for (ByteBuf buf :
                new ByteBuf[] {
                    ByteBufs.wrap(window),
                    ByteBufs.wrap(window.readOnly()),
                    ByteBufs.wrap(window, () -> {})
                }) {
            assertThat(ByteBufUtil.getBytes(buf)).isEqualTo(window.toByteArray());
            window.putU8(0, window.u8(0) + 1);
            assertThat(buf.getUnsignedByte(0)).isEqualTo((short) window.u8(0));
            if (!buf.isReadOnly()) {
                buf.setByte(octets.length - 1, 0x33);
                assertThat(window.u8(octets.length - 1)).isEqualTo(0x33);
                assertThatThrownBy(() -> buf.setByte(octets.length, 0))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThat(ByteBufs.window(buf)).isEqualTo(window);
            }
            assertThat(buf.release()).isTrue();
        }
        ByteBuf readOnly = ByteBufs.wrap(window.readOnly());
        assertThatThrownBy(() -> readOnly.setByte(0, 0)).isInstanceOf(Exception.class);
        assertThat(readOnly.isReadOnly()).isTrue();
    }

    @Property
    void theLastReleaseOfAWrappedWindowIsTold(@ForAll Ground ground) {
        int[] told = new int[1];
        ByteBuf buf = ByteBufs.wrap(ground.window(new byte[8]), () -> told[0]++);
        ByteBuf slice = buf.retainedSlice(2, 3);
        assertThat(buf.release()).isFalse();
        assertThat(told[0]).isZero();
        assertThat(slice.release()).isTrue();
        assertThat(told[0]).isEqualTo(1);
        assertThatThrownBy(buf::release).isInstanceOf(RuntimeException.class);
        assertThat(told[0]).isEqualTo(1);
    }

    @Test
    void aPageGoesBackToItsPoolWhenNettyIsDoneWithIt() {
        try (Arena arena = Arena.ofShared();
                PagePool pool = PagePool.of(PageSource.of(arena), 2, PagePool.OnRelease.POISON)) {
            PagePool.Owner owner = pool.owner("netfront 0");
            Cstruct page = Objects.requireNonNull(owner.take(1));
            ByteBuf buf = ByteBufs.wrap(page, () -> owner.release(page));
            buf.clear().writeInt(0x01020304);
            assertThat(page.sub(0, 4)).isEqualTo(Hex.of("01020304"));
            assertThat(owner.held()).isEqualTo(1);
            buf.release();
            pool.assertNoLeaks();
        }
    }
}
