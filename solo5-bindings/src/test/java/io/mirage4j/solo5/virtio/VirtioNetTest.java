// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

class VirtioNetTest {
    private static final int MTU = 1 << 3;
    private static final int MAC = 1 << 5;
    private static final int EVENT_IDX = 1 << 29;
    private static final int QUEUE = 8;
    private static final int HEADER = 12;

    private final PciMachine machine =
            new PciMachine(PciMachine.NETWORK, PciMachine.VERSION | MAC | EVENT_IDX, QUEUE);
    private final Cstruct frame = Cstruct.create(1514);
    private VirtioNet nic;
    private DeviceSide receive;
    private DeviceSide transmit;

    @BeforeEach
    void start() throws IOException {
        machine.about().put(0, new byte[] {2, 0, 0, 0, 0, 9});
        nic = new VirtioNet(machine, PciMachine.FUNCTION, 1, "service");
        receive = DeviceSide.of(nic.receive);
        transmit = DeviceSide.of(nic.transmit);
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
        assertThat(new VirtioNet(other, PciMachine.FUNCTION, 2, "x").mtu()).isEqualTo(1280);
    }

    @Test
    void framesComeInInOrderAndBuffersGoBack() throws IOException {
        for (int i = 1; i <= 1000; i++) {
            deliver(60 + i % 1400, i & 0x7f);
            assertThat(nic.read(frame)).isEqualTo(60 + i % 1400);
            assertThat(frame.u8(0)).isEqualTo(i & 0x7f);
            assertThat(nic.read(frame)).isEqualTo(-1);
        }
        assertThat(receive.usedEvent()).as("wants the next one told").isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {-HEADER, -1, 0, 13, 1515})
    void whatIsNoFrameIsDroppedAndCounted(int octets) throws IOException {
        deliver(octets, 1);
        deliver(60, 2);
        assertThat(nic.read(frame)).isEqualTo(60);
        assertThat(nic.dropped()).isEqualTo(1);
    }

    @Test
    void aBrokenReceiveQueueIsTold() {
        receive.give(QUEUE, 100);
        assertThatThrownBy(() -> nic.read(frame))
                .isInstanceOf(IOException.class)
                .hasMessage("virtio device service: its receive queue is broken");
    }

    @Test
    void aFrameGoesOutBehindAnEmptyHeader() throws IOException {
        frame.fill(7);
        assertThat(nic.write(frame, 100)).isTrue();
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
            assertThat(nic.write(frame, 1514)).isTrue();
        }
        assertThat(nic.write(frame, 1514)).isFalse();
        assertThat(transmit.hasRequest()).as("what waits is let go").isTrue();
        transmit.give(transmit.next().id(), 0);
        assertThat(nic.write(frame, 1514)).isTrue();
        assertThat(nic.write(frame, 1514)).isFalse();
    }

    @Test
    void aDeviceThatWritesToWhatIsSentBreaksItsQueue() throws IOException {
        nic.write(frame, 1514);
        nic.flush();
        transmit.give(transmit.next().id(), 1);
        assertThatThrownBy(() -> nic.write(frame, 1514)).isInstanceOf(IOException.class);
    }

    @Test
    void moreThanAFrameIsTheCallersFault() {
        assertThatThrownBy(() -> nic.write(Cstruct.create(2000), 1515))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame of 1515 octets > 1514");
    }
}
