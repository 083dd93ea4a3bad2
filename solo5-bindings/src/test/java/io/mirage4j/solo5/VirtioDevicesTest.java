// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.solo5.virtio.DeviceSide;
import io.mirage4j.solo5.virtio.PciBus;
import io.mirage4j.solo5.virtio.PciMachine;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;

class VirtioDevicesTest {
    private static final int HEADER = 12;

    /// A bus with nothing on it.
    private static final PciBus EMPTY =
            new PciBus() {
                @Override
                public int read(int function, int at) {
                    return -1;
                }

                @Override
                public void write(int function, int at, int value) {}

                @Override
                public Cstruct memory(long address, int octets) {
                    throw new AssertionError("no memory at " + address);
                }

                @Override
                public void watch(int handle, long doneAddress, long seenAddress) {}

                @Override
                public void await(int handle) {}
            };

    private final MemoryBoard board =
            new MemoryBoard().port("near").disk("storage", 1).port("far").disk("more", 1);
    private final VirtioDevices devices = new VirtioDevices(board, EMPTY);

    @Test
    void devicesAreCountedEachKindByItself() {
        assertThatThrownBy(() -> devices.open(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "near is network device 1 of the manifest, and the machine has 0 over"
                                + " virtio");
        assertThatThrownBy(() -> devices.open(3)).hasMessageStartingWith("far is network device 2");
        assertThatThrownBy(() -> devices.open(4)).hasMessageStartingWith("more is block device 2");
    }

    @Test
    void aDeviceThatWasNotOpenedIsNone() {
        assertThatThrownBy(() -> devices.networkMac(1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("a network device that was not opened");
    }

    @Test
    void framesOfAnyLengthGoFromOneAddress() {
        var machine = new PciMachine(PciMachine.NETWORK, PciMachine.VERSION, 8);
        var over = new VirtioDevices(board, machine);
        over.open(1);
        Cstruct frame = Cstruct.allocate(Arena.ofAuto(), 1514, 8);
        frame.fill(3);
        for (int octets : new int[] {60, 1514, 100}) {
            assertThat(over.netWrite(1, frame.asSegment().address(), octets)).isZero();
        }
        over.netFlush(1);
        DeviceSide transmit = machine.queue();
        for (int octets : new int[] {60, 1514, 100}) {
            Cstruct sent = transmit.next().parts().getFirst().memory();
            assertThat(sent.length()).isEqualTo(HEADER + octets);
            assertThat(sent.toByteArray(HEADER, octets)).containsOnly(3);
        }
        assertThat(over.netRead(1, frame.asSegment().address(), 1514)).isEqualTo(-Devices.AGAIN);
    }
}
