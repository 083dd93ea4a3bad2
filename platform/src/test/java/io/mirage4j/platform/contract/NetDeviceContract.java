// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What every [NetDevice] does, shown on two that are joined by a cable without loss.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class NetDeviceContract {
    /// IEEE 802's local experimental EtherType.
    private static final int ETHER_TYPE = 0x88b5;

    /// Two ports and nobody else on the cable, or nobody who sends [#ETHER_TYPE].
    public record Ports(NetDevice near, NetDevice far) {}

    private NetDevice near;
    private NetDevice far;

    /// Ports with room for at least two frames on the way.
    protected abstract Ports open() throws Exception;

    @BeforeEach
    final void openBothPorts() throws Exception {
        Ports ports = open();
        near = ports.near();
        far = ports.far();
    }

    @Test
    void thePortsDifferAndAreNoGroup() {
        assertThat(near.mac()).isNotEqualTo(far.mac());
        assertThat(near.mac().isMulticast()).isFalse();
        assertThat(near.mtu()).isGreaterThanOrEqualTo(1280); // what IPv6 needs
    }

    @Test
    void aSlotFitsTheLargestFrame() {
        assertThat(near.hasRoom()).isTrue();
        assertThat(near.slot().length())
                .isGreaterThanOrEqualTo(near.mtu() + NetDevice.HEADER_OCTETS);
    }

    @Test
    void framesArriveWholeAndInOrder() throws IOException {
        for (int i = 0; i < 3000; i++) {
            int len = 60 + i % (near.mtu() + NetDevice.HEADER_OCTETS - 59);
            send(near, far, len, i);
            near.flush();
            expect(far, len, i);
        }
    }

    @Test
    void bothDirectionsAreTheirOwn() throws IOException {
        send(near, far, 60, 1);
        send(far, near, 61, 2);
        near.flush();
        far.flush();
        expect(near, 61, 2);
        expect(far, 60, 1);
    }

    @Test
    void aBatchArrives() throws IOException {
        int sent = 0;
        while (sent < 50 && near.hasRoom()) {
            send(near, far, 100, sent++);
        }
        near.flush();
        for (int i = 0; i < sent; i++) {
            expect(far, 100, i);
        }
    }

    @Test
    void theSameSlotIsGivenUntilItIsCommitted() throws IOException {
        near.slot().putU8(59, 0x11);
        near.slot().putU8(59, 0x22);
        assertThat(near.slot().u8(59)).isEqualTo(0x22);
    }

    @Test
    void lengthsThatAreNoFrameAreRefused() {
        int most = near.mtu() + NetDevice.HEADER_OCTETS;
        near.slot();
        for (int len : new int[] {-1, 0, 13, most + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> near.commit(len))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("length " + len);
        }
    }

    @Test
    void aFrameMayBeChangedByWhoeverGotIt() throws IOException {
        send(near, far, 60, 1);
        near.flush();
        Cstruct frame = awaitFrame(far);
        frame.fill(0);
        send(near, far, 60, 2);
        near.flush();
        expect(far, 60, 2);
    }

    @Test
    void aBatchHoldsItsFramesUntilTheNext() throws IOException {
        FrameBatch batch = FrameBatch.create(4);
        int sent = 0;
        for (int expected = 0; expected < 200; ) {
            while (sent < 200 && near.hasRoom()) {
                send(near, far, 60 + sent % 9, sent++);
            }
            near.flush();
            int count = far.poll(batch);
            assertThat(count).isEqualTo(batch.size()).isBetween(0, 4);
            for (int i = 0; i < count; i++) {
                Cstruct frame = batch.frame(i);
                if (frame.u16be(12) == ETHER_TYPE) {
                    assertThat(frame.length()).isEqualTo(60 + expected % 9);
                    assertThat(frame.u32be(14)).isEqualTo(expected++);
                }
            }
        }
    }

    @Test
    void whatIsNotOfferedIsRefused() {
        for (var note : List.of(partial(), segments(FrameNote.Segments.TCP4))) {
            var needed =
                    note.segments() == FrameNote.Segments.NONE
                            ? Offload.CHECKSUM
                            : Offload.TCP4_SEGMENTS;
            if (!near.sendOffloads().contains(needed)) {
                assertThatThrownBy(() -> near.commit(60, note))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        // There is nothing to cut from whose checksum is done.
        var uncut = new FrameNote().segments(FrameNote.Segments.TCP6, 74, 1000);
        assertThatThrownBy(() -> near.commit(60, uncut))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVerifiedFrameIsAPlainOneToTheSender() throws IOException {
        var note = new FrameNote().verifiedChecksum();
        fill(near, far, 60, 7);
        near.commit(60, note);
        near.flush();
        expect(far, 60, 7);
    }

    @Test
    void theReceiverGetsWhatItTakes() throws IOException {
        Set<Offload> wanted = EnumSet.allOf(Offload.class);
        assertThat(wanted).containsAll(far.receiveOffloads(wanted));
        assertThat(far.receiveOffloads(Set.of())).isEmpty();
        send(near, far, 60, 1);
        near.flush();
        expect(far, 60, 1);
    }

    private static FrameNote partial() {
        return new FrameNote().partialChecksum(34, 16);
    }

    private static FrameNote segments(FrameNote.Segments kind) {
        return partial().segments(kind, 54, 1000);
    }

    private static void send(NetDevice from, NetDevice to, int len, int number) throws IOException {
        fill(from, to, len, number);
        from.commit(len);
    }

    private static void fill(NetDevice from, NetDevice to, int len, int number) {
        Cstruct slot = from.slot();
        slot.fill(0, len, number);
        to.mac().write(slot, 0);
        from.mac().write(slot, 6);
        slot.putU16be(12, ETHER_TYPE);
        slot.putU32be(14, number);
    }

    private static void expect(NetDevice at, int len, int number) throws IOException {
        Cstruct frame = awaitFrame(at);
        assertThat(frame.length()).isEqualTo(len);
        assertThat(frame.u32be(14)).isEqualTo(number);
        for (int off = 18; off < len; off++) {
            assertThat(frame.u8(off)).isEqualTo(number & 0xff);
        }
    }

    private static Cstruct awaitFrame(NetDevice at) throws IOException {
        while (true) {
            Cstruct frame = at.poll();
            if (frame == null) {
                Thread.onSpinWait();
            } else if (frame.u16be(12) == ETHER_TYPE) {
                return frame;
            }
        }
    }
}
