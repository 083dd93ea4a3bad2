// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

class ByteBufWindowTest {
    private static ByteBuf buffer() {
        return PooledByteBufAllocator.DEFAULT.directBuffer().writeInt(0x01020304);
    }

    @Test
    void retainingTakesAReferenceAndClosingGivesItBackOnce() {
        ByteBuf buf = buffer();
        ByteBufWindow held = ByteBufWindow.retain(buf);
        assertThat(buf.refCnt()).isEqualTo(2);
        assertThat(buf.release()).isFalse();
        assertThat(held.window().u32be(0)).isEqualTo(0x01020304);
        held.close();
        held.close();
        assertThat(buf.refCnt()).isZero();
    }

    @Test
    void closingTwiceDoesNotReleaseTheReferenceOfAnother() {
        ByteBuf buf = buffer();
        ByteBufWindow one = ByteBufWindow.retain(buf);
        ByteBufWindow other = ByteBufWindow.retain(buf);
        one.close();
        one.close();
        assertThat(buf.refCnt()).isEqualTo(2);
        other.close();
        buf.release();
        assertThat(buf.refCnt()).isZero();
    }

    @Test
    void adoptingTakesOverTheCallersReference() {
        ByteBuf buf = buffer();
        try (ByteBufWindow held = ByteBufWindow.adopt(buf)) {
            assertThat(held.windows().length()).isEqualTo(4);
            assertThat(buf.refCnt()).isEqualTo(1);
        }
        assertThat(buf.refCnt()).isZero();
    }

    @Test
    void aClosedOneGivesNoWindow() {
        ByteBufWindow held = ByteBufWindow.adopt(buffer());
        held.close();
        assertThatThrownBy(held::window)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
        assertThatThrownBy(held::windows).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsRefusedLeavesTheReferencesAsTheyWere() {
        ByteBuf readOnly = buffer().asReadOnly();
        assertThatThrownBy(() -> ByteBufWindow.retain(readOnly))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteBufWindow.adopt(readOnly))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(readOnly.refCnt()).isEqualTo(1);
        readOnly.release();
    }

    @Test
    void aCompositeIsHeldWithAllItsParts() {
        ByteBuf left = buffer();
        ByteBuf right = buffer();
        CompositeByteBuf both = Unpooled.compositeBuffer().addComponents(true, left, right);
        try (ByteBufWindow held = ByteBufWindow.adopt(both)) {
            assertThat(held.windows().windows()).hasSize(2);
            assertThatThrownBy(held::window).isInstanceOf(IllegalArgumentException.class);
            assertThat(left.refCnt()).isEqualTo(1);
        }
        assertThat(left.refCnt()).isZero();
        assertThat(right.refCnt()).isZero();
    }

    @Test
    void threadsThatCloseAtOnceReleaseOnce() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            ByteBuf buf = buffer();
            ByteBufWindow held = ByteBufWindow.retain(buf);
            CountDownLatch ready = new CountDownLatch(2);
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            ready.countDown();
                                            while (ready.getCount() > 0) {
                                                Thread.onSpinWait();
                                            }
                                            held.close();
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(buf.refCnt()).isEqualTo(1);
            buf.release();
        }
    }

    @Test
    void anEmptyBufferIsAnEmptyWindow() {
        try (ByteBufWindow held = ByteBufWindow.adopt(Unpooled.EMPTY_BUFFER)) {
            assertThat(held.window()).isEqualTo(Cstruct.empty());
        }
    }
}
