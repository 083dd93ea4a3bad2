// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.FrameNote.Segments;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.contract.NetDeviceContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.FutureTask;

class MemoryLinkTest {
    @Nested
    class OfTwoFrames extends NetDeviceContract {
        @Override
        protected Ports open() {
            MemoryLink link = MemoryLink.create(2);
            return new Ports(link.left(), link.right());
        }
    }

    @Nested
    class OfManyFrames extends NetDeviceContract {
        @Override
        protected Ports open() {
            MemoryLink link = MemoryLink.create(256, 9000);
            return new Ports(link.right(), link.left());
        }
    }

    @Nested
    class OfLongFrames extends NetDeviceContract {
        @Override
        protected Ports open() throws IOException {
            MemoryLink link = MemoryLink.createLong(4);
            link.right().receiveOffloads(EnumSet.allOf(Offload.class));
            return new Ports(link.left(), link.right());
        }
    }

    private final MemoryLink link = MemoryLink.create(4);
    private final NetDevice left = link.left();
    private final NetDevice right = link.right();

    @Test
    void aFullLinkHasNoRoomUntilAFrameIsDoneWith() throws IOException {
        for (int i = 0; i < 4; i++) {
            send(i);
        }
        assertThat(left.hasRoom()).isFalse();
        assertThatThrownBy(left::slot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room: 4 frames are under way");
        assertThatThrownBy(() -> left.commit(60)).isInstanceOf(IllegalStateException.class);
        assertThat(right.poll()).isNotNull();
        assertThat(left.hasRoom()).as("while the other end holds the frame").isFalse();
        assertThat(right.poll()).isNotNull();
        assertThat(left.hasRoom()).isTrue();
    }

    @Test
    void aLongFrameGoesUncutToWhoTakesIt() throws IOException {
        MemoryLink longLink = MemoryLink.createLong(2);
        NetDevice sender = longLink.left();
        NetDevice receiver = longLink.right();
        var note = new FrameNote().partialChecksum(34, 16).segments(Segments.TCP4, 54, 1460);
        assertThatThrownBy(() -> sender.commit(MemoryLink.LONG_FRAME, note))
                .hasMessageContaining("is not offered by []");
        assertThat(receiver.receiveOffloads(EnumSet.of(Offload.CHECKSUM, Offload.TCP4_SEGMENTS)))
                .isEqualTo(sender.sendOffloads())
                .hasSize(2);
        sender.commit(MemoryLink.LONG_FRAME, note);
        var received = new FrameNote();
        assertThat(receiver.poll(received).length()).isEqualTo(MemoryLink.LONG_FRAME);
        assertThat(received).hasToString("PARTIAL(34+16) TCP4(54+n*1460)");
        assertThatThrownBy(() -> sender.commit(MemoryLink.LONG_FRAME))
                .hasMessage("length 65549 is not in 14..1514");
        assertThat(receiver.poll(received)).isNull();
        assertThat(received.isPlain()).isTrue();
    }

    @Test
    void segmentsAreNotTakenWithoutTheirChecksumNorOnShortLinks() throws IOException {
        var wanted = EnumSet.of(Offload.TCP4_SEGMENTS, Offload.UDP_SEGMENTS);
        assertThat(MemoryLink.createLong(2).left().receiveOffloads(wanted)).isEmpty();
        assertThat(right.receiveOffloads(EnumSet.allOf(Offload.class)))
                .containsExactly(Offload.CHECKSUM);
    }

    @Test
    void aFrameIsValidUntilTheNextPoll() throws IOException {
        send(7);
        Cstruct frame = right.poll();
        for (int i = 0; i < 3; i++) {
            send(99);
        }
        assertThat(frame).isNotNull();
        assertThat(frame.u8(20)).isEqualTo(7);
    }

    @Test
    void anEmptyLinkPollsNull() throws IOException {
        assertThat(right.poll()).isNull();
        send(1);
        assertThat(right.poll()).isNotNull();
        assertThat(right.poll()).isNull();
        assertThat(right.poll()).isNull();
    }

    @Test
    void twoThreadsMayHoldTheEnds() throws Exception {
        int frames = 200_000;
        var sender =
                new FutureTask<>(
                        () -> {
                            for (int i = 0; i < frames; i++) {
                                while (!left.hasRoom()) {
                                    Thread.onSpinWait();
                                }
                                Cstruct slot = left.slot();
                                slot.putU32be(14, i);
                                slot.putU32be(56, ~i);
                                left.commit(60 + i % 7);
                            }
                            return frames;
                        });
        Thread.ofPlatform().start(sender);
        for (int i = 0; i < frames; ) {
            Cstruct frame = right.poll();
            if (frame == null) {
                Thread.yield();
                continue;
            }
            assertThat(frame.length()).isEqualTo(60 + i % 7);
            assertThat(frame.u32be(14)).isEqualTo(i);
            assertThat(frame.u32be(56)).isEqualTo(~i);
            i++;
        }
        assertThat(sender.get()).isEqualTo(frames);
    }

    @Test
    void aCapacityThatIsNoPowerOfTwoIsRefused() {
        assertThatThrownBy(() -> MemoryLink.create(3)).hasMessage("frames 3 is no power of two");
        assertThatThrownBy(() -> MemoryLink.create(0)).hasMessage("frames 0 is no power of two");
    }

    private void send(int octet) throws IOException {
        left.slot().fill(octet);
        left.commit(60);
    }
}
