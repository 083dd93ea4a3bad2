// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.contract.NetDeviceContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class FaultyLinkTest {
    private static final int FRAMES = 10_000;

    @Nested
    class WithoutFaults extends NetDeviceContract {
        @Override
        protected Ports open() {
            var link = FaultyLink.create(new VirtualClock(), 1, LinkFaults.NONE);
            return new Ports(link.left(), link.right());
        }
    }

    private final VirtualClock clock = new VirtualClock();

    @Test
    void theSameSeedIsTheSameFate() throws IOException {
        var faults = LinkFaults.NONE.loss(0.1).duplication(0.1).corruption(0.1).reordering(0.1);
        assertThat(received(1, faults)).isEqualTo(received(1, faults));
        assertThat(received(1, faults)).isNotEqualTo(received(2, faults));
    }

    @Test
    void oneFaultMoreLeavesTheOthersWhereTheyWere() throws IOException {
        var lossy = received(3, LinkFaults.NONE.loss(0.2));
        var both = received(3, LinkFaults.NONE.loss(0.2).duplication(0.3));
        assertThat(both.stream().distinct()).containsExactlyElementsOf(lossy);
    }

    @Test
    void eachShareIsKept() throws IOException {
        var link =
                FaultyLink.create(
                        clock,
                        4,
                        LinkFaults.NONE
                                .loss(0.1)
                                .duplication(0.2)
                                .corruption(0.3)
                                .reordering(0.05));
        sendAll(link.left());
        FaultyLink.Counts counts = link.counts();
        assertThat(counts.sent()).isEqualTo(FRAMES);
        assertThat(counts.lost()).isBetween(900L, 1100L);
        assertThat(counts.doubled()).isBetween(1600L, 2000L);
        assertThat(counts.corrupted()).isBetween(2500L, 2900L);
        assertThat(counts.reordered()).isBetween(350L, 550L);
    }

    @Test
    void allSharesAtTheirEnds() throws IOException {
        assertThat(received(5, LinkFaults.NONE.loss(1))).isEmpty();
        assertThat(received(5, LinkFaults.NONE.duplication(1))).hasSize(2 * FRAMES);
        assertThat(received(5, LinkFaults.NONE)).hasSize(FRAMES).isSorted();
    }

    @Test
    void aCorruptedFrameDiffersInOneBit() throws IOException {
        var link = FaultyLink.create(clock, 6, LinkFaults.NONE.corruption(1));
        for (int i = 0; i < 100; i++) {
            link.left().slot().fill(0);
            link.left().commit(60);
            Cstruct frame = link.right().poll();
            int bits = 0;
            for (int off = 0; off < 60; off++) {
                bits += Integer.bitCount(frame.u8(off));
            }
            assertThat(bits).isOne();
        }
    }

    @Test
    void aFrameArrivesAfterItsDelayAndNotBefore() throws IOException {
        var link = FaultyLink.create(clock, 7, LinkFaults.NONE.delayNanos(1000));
        assertThat(link.nextDeadline()).isEqualTo(Engine.NEVER);
        link.left().commit(60);
        assertThat(link.nextDeadline()).isEqualTo(1000);
        clock.advance(999);
        assertThat(link.right().poll()).isNull();
        clock.advanceTo(link.nextDeadline());
        assertThat(link.right().poll()).isNotNull();
        assertThat(link.nextDeadline()).isEqualTo(Engine.NEVER);
    }

    @Test
    void jitterKeepsTheOrderAndReorderingDoesNot() throws IOException {
        assertThat(received(8, LinkFaults.NONE.jitterNanos(1_000_000))).isSorted();
        var reordered = received(8, LinkFaults.NONE.reordering(0.1));
        assertThat(reordered).hasSize(FRAMES);
        assertThat(reordered.stream().sorted().toList()).isNotEqualTo(reordered);
    }

    @Test
    void aSlowLinkTakesItsTimeAndDropsWhatDoesNotFit() throws IOException {
        var faults = LinkFaults.NONE.octetsPerSecond(1000).queueOctets(500);
        var link = FaultyLink.create(clock, 9, faults);
        for (int i = 0; i < 20; i++) {
            link.left().commit(100);
        }
        assertThat(link.nextDeadline()).isEqualTo(100_000_000);
        assertThat(link.counts().overflowed()).isEqualTo(15);
        clock.advance(1_000_000_000);
        assertThat(received(link.right())).hasSize(5);
    }

    @Test
    void theDirectionsAreTheirOwnAndCanBeChanged() throws IOException {
        var link = FaultyLink.create(clock, 10, LinkFaults.NONE.loss(1), LinkFaults.NONE, 9000);
        link.left().commit(60);
        link.right().commit(9014);
        assertThat(link.right().poll()).isNull();
        assertThat(link.left().poll().length()).isEqualTo(9014);
        link.eastward(LinkFaults.NONE);
        link.westward(LinkFaults.NONE.loss(1));
        link.left().commit(60);
        link.right().commit(60);
        assertThat(link.right().poll()).isNotNull();
        assertThat(link.left().poll()).isNull();
    }

    @Test
    void sharesAndTimesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> LinkFaults.NONE.loss(1.1)).hasMessage("loss 1.1 is not in 0..1");
        assertThatThrownBy(() -> LinkFaults.NONE.reordering(Double.NaN))
                .hasMessage("reordering NaN is not in 0..1");
        assertThatThrownBy(() -> LinkFaults.NONE.delayNanos(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Long> received(long seed, LinkFaults faults) throws IOException {
        var link = FaultyLink.create(clock, seed, faults);
        sendAll(link.left());
        clock.advance(10_000_000_000L);
        return received(link.right());
    }

    private void sendAll(NetDevice port) throws IOException {
        for (int i = 0; i < FRAMES; i++) {
            port.slot().fill(0, 60, 0);
            port.slot().putU32be(14, i);
            port.commit(60);
            clock.advance(10_000);
        }
    }

    private static List<Long> received(NetDevice port) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Cstruct frame; (frame = port.poll()) != null; ) {
            numbers.add((long) frame.u32be(14));
        }
        return numbers;
    }
}
