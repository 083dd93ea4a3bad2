// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.FrameNote.Segments;
import io.mirage4j.platform.Offload;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

class VirtioNetTest {
    private static final int MTU = 1 << 3;
    private static final int MAC = 1 << 5;
    private static final int EVENT_IDX = 1 << 29;
    private static final int QUEUE = 8;
    private static final int HEADER = 12;

    // The half above has the same bits: that of CSUM is VERSION_1 there.
    private static final int GUEST_CSUM = 1 << 1;
    private static final int GUEST_TSO4 = 1 << 7;
    private static final int HOST_TSO4 = 1 << 11;
    private static final int HOST_ECN = 1 << 13;
    private static final int MRG_RXBUF = 1 << 15;

    private PciMachine machine =
            new PciMachine(PciMachine.NETWORK, PciMachine.VERSION | MAC | EVENT_IDX, QUEUE);
    private static final FrameNote PLAIN = new FrameNote();

    private final Cstruct frame = Cstruct.create(70_000);
    private final FrameNote note = new FrameNote();
    private VirtioNet nic;
    private DeviceSide receive;
    private DeviceSide transmit;

    @BeforeEach
    void start() throws IOException {
        machine.about().put(0, new byte[] {2, 0, 0, 0, 0, 9});
        open();
    }

    private void open(Offload... taken) throws IOException {
        nic = new VirtioNet(machine, PciMachine.FUNCTION, 1, "service", Set.of(taken));
        receive = DeviceSide.of(nic.receiver().queue);
        transmit = DeviceSide.of(nic.sender().queue);
    }

    private void deliver(int octets, int first) {
        var request = receive.next();
        Cstruct memory = request.parts().getFirst().memory();
        memory.fill(HEADER, Math.clamp(octets, 0, memory.length() - HEADER), first);
        receive.give(request.id(), HEADER + octets);
    }

    @Test
    void addressAndMtuAreTheDevices() throws IOException {
        assertThat(nic.mac()).isEqualTo(0x02_00_00_00_00_09L);
        assertThat(nic.mtu()).isEqualTo(1500);
        var other = new PciMachine(PciMachine.NETWORK, PciMachine.VERSION | MTU, QUEUE);
        other.about().putU16le(10, 1280);
        assertThat(new VirtioNet(other, PciMachine.FUNCTION, 2, "x", Set.of()).mtu())
                .isEqualTo(1280);
    }

    @Test
    void framesComeInInOrderAndBuffersGoBack() throws IOException {
        for (int i = 1; i <= 1000; i++) {
            deliver(60 + i % 1400, i & 0x7f);
            assertThat(nic.read(frame, note)).isEqualTo(60 + i % 1400);
            assertThat(frame.u8(0)).isEqualTo(i & 0x7f);
            assertThat(nic.read(frame, note)).isEqualTo(-1);
        }
        assertThat(receive.usedEvent()).as("wants the next one told").isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {-HEADER, -1, 0, 13, 1515})
    void whatIsNoFrameIsDroppedAndCounted(int octets) throws IOException {
        deliver(octets, 1);
        deliver(60, 2);
        assertThat(nic.read(frame, note)).isEqualTo(60);
        assertThat(nic.dropped()).isEqualTo(1);
    }

    @Test
    void aBrokenReceiveQueueIsTold() {
        receive.give(QUEUE, 100);
        assertThatThrownBy(() -> nic.read(frame, note))
                .isInstanceOf(IOException.class)
                .hasMessage("virtio device service: its receive queue is broken");
    }

    @Test
    void aFrameGoesOutBehindAnEmptyHeader() throws IOException {
        frame.fill(7);
        assertThat(nic.write(frame, 100, PLAIN)).isTrue();
        assertThat(transmit.hasRequest()).isFalse();
        nic.flush();
        var part = transmit.next().parts().getFirst();
        assertThat(part.writable()).isFalse();
        assertThat(part.memory().length()).isEqualTo(HEADER + 100);
        assertThat(part.memory().toByteArray(0, HEADER)).containsOnly(0);
        assertThat(part.memory().toByteArray(HEADER, 100)).containsOnly(7);
    }

    @Test
    void withoutRoomAFrameIsRefusedUntilTheDeviceIsDone() throws IOException {
        for (int i = 0; i < QUEUE; i++) {
            assertThat(nic.write(frame, 1514, PLAIN)).isTrue();
        }
        assertThat(nic.write(frame, 1514, PLAIN)).isFalse();
        assertThat(transmit.hasRequest()).as("what waits is let go").isTrue();
        transmit.give(transmit.next().id(), 0);
        assertThat(nic.write(frame, 1514, PLAIN)).isTrue();
        assertThat(nic.write(frame, 1514, PLAIN)).isFalse();
    }

    @Test
    void aDeviceThatWritesToWhatIsSentBreaksItsQueue() throws IOException {
        nic.write(frame, 1514, PLAIN);
        nic.flush();
        transmit.give(transmit.next().id(), 1);
        assertThatThrownBy(() -> nic.write(frame, 1514, PLAIN)).isInstanceOf(IOException.class);
    }

    @Test
    void moreThanAFrameIsTheCallersFault() {
        assertThatThrownBy(() -> nic.write(Cstruct.create(2000), 1515, PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame of 1515 octets > 1514");
    }

    @Test
    void aPartialChecksumTravelsInTheHeader() throws IOException {
        assertThat(nic.sendOffloads()).containsExactly(Offload.CHECKSUM);
        assertThat(nic.write(frame, 100, new FrameNote().partialChecksum(34, 6))).isTrue();
        nic.flush();
        Cstruct sent = transmit.next().parts().getFirst().memory();
        assertThat(sent.toByteArray(0, HEADER))
                .containsExactly(1, 0, 0, 0, 0, 0, 34, 0, 6, 0, 0, 0);
    }

    @Test
    void aLongFrameGoesOutInSeveralBuffersToBeCut() throws IOException {
        machine = able(HOST_TSO4 | HOST_ECN);
        open();
        assertThat(nic.sendOffloads()).contains(Offload.TCP4_SEGMENTS);
        int longest = nic.longestToSend();
        assertThat(longest).isBetween(1515, QUEUE * 1600);
        for (int i = 0; i < longest; i++) {
            frame.putU8(i, i % 251);
        }
        var cut = new FrameNote().partialChecksum(34, 16).segments(Segments.TCP4, 54, 1446);
        for (int round = 0; round < 100; round++) {
            assertThat(nic.write(frame, longest, cut)).isTrue();
            assertThat(nic.write(frame, 60, PLAIN)).as("all buffers are taken").isFalse();
            var request = transmit.next();
            assertThat(joined(request)).isEqualTo(frame.toByteArray(0, longest));
            assertThat(request.parts().getFirst().memory().toByteArray(0, 10))
                    .containsExactly(1, 1, 54, 0, 1446 & 0xff, 1446 >> 8, 34, 0, 16, 0);
            transmit.give(request.id(), 0);
        }
    }

    /// The octets of a frame, without the header.
    private static byte[] joined(DeviceSide.Request request) {
        var all = new ByteArrayOutputStream();
        request.parts().forEach(part -> all.writeBytes(part.memory().toByteArray()));
        byte[] octets = all.toByteArray();
        return Arrays.copyOfRange(octets, HEADER, octets.length);
    }

    private static PciMachine able(int features) {
        return new PciMachine(
                PciMachine.NETWORK, PciMachine.VERSION | MAC | EVENT_IDX | features, QUEUE);
    }

    @Test
    void whatIsLeftUndoneIsAskedForOnlyIfTheOwnerTakesIt() throws IOException {
        machine = able(GUEST_CSUM | GUEST_TSO4 | MRG_RXBUF);
        open();
        assertThat(nic.receiveOffloads()).isEmpty();
        assertThat(nic.longestToReceive()).isEqualTo(1514);
        open(Offload.CHECKSUM);
        assertThat(nic.receiveOffloads()).containsExactly(Offload.CHECKSUM);
        assertThat(nic.longestToReceive()).isEqualTo(1514);
        open(Offload.values());
        assertThat(nic.receiveOffloads())
                .containsExactlyInAnyOrder(Offload.CHECKSUM, Offload.TCP4_SEGMENTS);
        assertThat(nic.longestToReceive()).isEqualTo(65_549);
        machine = able(GUEST_CSUM | GUEST_TSO4);
        open(Offload.values());
        assertThat(nic.receiveOffloads())
                .as("a long frame would find no buffer")
                .containsExactly(Offload.CHECKSUM);
    }

    @Test
    void aLongFrameComesInInSeveralBuffers() throws IOException {
        machine = able(GUEST_CSUM | GUEST_TSO4 | MRG_RXBUF);
        open(Offload.values());
        for (int round = 0; round < 50; round++) {
            int length = deliverMerged(1 + round % QUEUE, 0);
            assertThat(nic.read(frame, note)).isEqualTo(length);
            for (int i = 0; i < length; i++) {
                assertThat(frame.u8(i)).isEqualTo((i + HEADER) % 251);
            }
            assertThat(note.checksum()).isEqualTo(FrameNote.Checksum.PARTIAL);
            assertThat(note.segments()).isEqualTo(Segments.TCP4);
            assertThat(nic.read(frame, note)).isEqualTo(-1);
        }
        assertThat(nic.dropped()).isZero();
    }

    @Test
    void aFrameThatClaimsMoreBuffersThanCameEndsTheDevice() throws IOException {
        machine = able(GUEST_CSUM | GUEST_TSO4 | MRG_RXBUF);
        open(Offload.values());
        deliverMerged(2, 1);
        assertThatThrownBy(() -> nic.read(frame, note))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("without all of its buffers");
    }

    @Test
    void aHeaderThatCanNotBeCostsItsFrameOnly() throws IOException {
        machine = able(GUEST_CSUM | GUEST_TSO4 | MRG_RXBUF);
        open(Offload.values());
        var request = receive.next();
        Cstruct memory = request.parts().getFirst().memory();
        memory.fill(0, HEADER, 0xff);
        memory.putU16le(10, 1);
        receive.give(request.id(), HEADER + 60);
        request = receive.next();
        memory = request.parts().getFirst().memory();
        memory.fill(0, HEADER, 0); // no buffers at all
        receive.give(request.id(), HEADER + 60);
        int length = deliverMerged(1, 0);
        assertThat(nic.read(frame, note)).isEqualTo(length);
        assertThat(nic.dropped()).isEqualTo(2);
    }

    /// A frame over so many buffers, and what it claims beyond them; returns its length.
    private int deliverMerged(int buffers, int lie) {
        int total = 0;
        for (int i = 0; i < buffers; i++) {
            var request = receive.next();
            Cstruct memory = request.parts().getFirst().memory();
            for (int k = 0; k < memory.length(); k++) {
                memory.putU8(k, (total + k) % 251);
            }
            if (i == 0) {
                memory.put(0, new byte[] {1, 1, 54, 0, 100, 5, 34, 0, 16, 0});
                memory.putU16le(10, buffers + lie);
            }
            int octets = i == buffers - 1 ? 700 : memory.length();
            receive.give(request.id(), octets);
            total += octets;
        }
        return total - HEADER;
    }
}
