// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.PagePool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Under Netty's paranoid leak detection, which also changes the class of the buffers.
class NettyPagesTest {
    private static ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

    @BeforeAll
    static void watchEveryBuffer() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterAll
    static void watchAsBefore() {
        ResourceLeakDetector.setLevel(before);
    }

    static List<ByteBufAllocator> allocators() {
        return List.of(new PooledByteBufAllocator(true), new UnpooledByteBufAllocator(true));
    }

    @ParameterizedTest
    @MethodSource("allocators")
    void pagesAreAlignedAndApart(ByteBufAllocator allocator) {
        // Something before, so that alignment is not luck.
        ByteBuf odd = allocator.directBuffer(100);
        try (PagePool pool =
                PagePool.of(new NettyPages(allocator), 64, PagePool.OnRelease.POISON)) {
            PagePool.Owner owner = pool.owner("owner");
            List<Cstruct> pages = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Cstruct page = Objects.requireNonNull(owner.take(1));
                assertThat(page.asSegment().address() % PagePool.PAGE).isZero();
                page.fill(i);
                pages.add(page);
            }
            assertThat(owner.take(1)).isNull();
            for (int i = 0; i < 64; i++) {
                assertThat(pages.get(i).u8(0)).isEqualTo(i);
                assertThat(pages.get(i).u8(4095)).isEqualTo(i);
                owner.release(pages.get(i));
            }
            pool.assertNoLeaks();
        }
        odd.release();
    }

    @Test
    void closingThePoolGivesTheMemoryBackToNetty() {
        PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
        PagePool pool = PagePool.of(new NettyPages(allocator), 16, PagePool.OnRelease.KEEP);
        assertThat(allocator.pinnedDirectMemory()).isGreaterThanOrEqualTo(16 * PagePool.PAGE);
        pool.close();
        pool.close();
        assertThat(allocator.pinnedDirectMemory()).isZero();
    }

    @Test
    void moreThanAWindowCanHaveIsRefused() {
        assertThatThrownBy(
                        () ->
                                new NettyPages(PooledByteBufAllocator.DEFAULT)
                                        .allocate(Integer.MAX_VALUE - 4095))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2147479552 octets and a page for alignment are not in 0..2147483647");
    }
}
