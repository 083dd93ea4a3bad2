// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class VirtioBlockTest {
    private static final int SIZE_MAX = 1 << 1;
    private static final int SEG_MAX = 1 << 2;
    private static final int READ_ONLY = 1 << 5;
    private static final int BLK_SIZE = 1 << 6;
    private static final int FLUSH = 1 << 9;
    private static final int EVENT_IDX = 1 << 29;

    private static final int SECTORS = 256;
    private static final int MARK = 0x5a;

    private final byte[] disk = new byte[SECTORS * 512];
    private final List<String> requests = new ArrayList<>();
    private int answer; // the status of each request

    private PciMachine machine(int features) {
        var machine = new PciMachine(PciMachine.BLOCK, PciMachine.VERSION | features, 16);
        machine.about().putU64le(0, SECTORS);
        machine.about().putU32le(8, 1024);
        machine.about().putU32le(12, 2);
        machine.about().putU32le(20, 512);
        return machine;
    }

    private VirtioBlock start(PciMachine machine) throws IOException {
        VirtioBlock block = new VirtioBlock(machine, PciMachine.FUNCTION, 1, "storage");
        DeviceSide queue = machine.queue();
        machine.work =
                () -> {
                    while (queue.hasRequest()) {
                        serve(queue, queue.next());
                    }
                };
        return block;
    }

    private void serve(DeviceSide queue, DeviceSide.Request request) {
        List<DeviceSide.Part> parts = request.parts();
        Cstruct header = parts.getFirst().memory();
        int type = header.s32le(0);
        int at = (int) header.u64le(8) * 512;
        requests.add(type + " at " + header.u64le(8) + " in " + (parts.size() - 2));
        for (DeviceSide.Part part : parts.subList(1, parts.size() - 1)) {
            Cstruct data = part.memory();
            assertThat(part.writable()).isEqualTo(type == 0);
            if (type == 0) {
                data.put(0, disk, at, data.length());
            } else {
                data.copyTo(0, disk, at, data.length());
            }
            at += data.length();
        }
        parts.getLast().memory().putU8(0, answer);
        queue.give(request.id(), request.writableOctets());
    }

    private static long address(Cstruct memory) {
        return memory.asSegment().address();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        VirtioBlock block = start(machine(SIZE_MAX | SEG_MAX | FLUSH | EVENT_IDX));
        Cstruct out = Cstruct.allocate(Arena.ofAuto(), 100 * 512, 8);
        byte[] noise = new byte[out.length()];
        new Random(1).nextBytes(noise);
        out.put(0, noise);
        assertThat(block.write(7 * 512, address(out), out.length())).isTrue();
        assertThat(block.flush()).isTrue();
        Cstruct in = Cstruct.allocate(Arena.ofAuto(), 100 * 512, 8);
        assertThat(block.read(7 * 512, address(in), in.length())).isTrue();
        assertThat(in.toByteArray()).isEqualTo(noise);
        assertThat(requests).contains("4 at 0 in 0");
        assertThat(block.capacity()).isEqualTo(SECTORS * 512L);
    }

    @Test
    void aTransferBecomesRequestsThatTheDeviceTakes() throws IOException {
        VirtioBlock block = start(machine(SIZE_MAX | SEG_MAX));
        Cstruct memory = Cstruct.allocate(Arena.ofAuto(), 10 * 512, 8);
        assertThat(block.read(0, address(memory), memory.length())).isTrue();
        assertThat(requests).containsExactly("0 at 0 in 2", "0 at 4 in 2", "0 at 8 in 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255})
    void aStatusThatIsNotZeroFails(int status) throws IOException {
        VirtioBlock block = start(machine(FLUSH));
        answer = status;
        Cstruct memory = Cstruct.allocate(Arena.ofAuto(), 512, 8);
        assertThat(block.read(0, address(memory), 512)).isFalse();
        assertThat(block.write(0, address(memory), 512)).isFalse();
        assertThat(block.flush()).isFalse();
        answer = 0;
        assertThat(block.read(0, address(memory), 512)).isTrue();
    }

    @Test
    void nothingIsWrittenToWhatIsReadOnly() throws IOException {
        VirtioBlock block = start(machine(READ_ONLY));
        assertThat(block.write(0, address(Cstruct.allocate(Arena.ofAuto(), 512, 8)), 512))
                .isFalse();
        assertThat(requests).isEmpty();
    }

    @Test
    void aBrokenQueueIsToldAndStaysBroken() throws IOException {
        PciMachine machine = machine(EVENT_IDX);
        VirtioBlock block = start(machine);
        DeviceSide queue = machine.queue();
        machine.work = () -> queue.give(MARK, 1);
        Cstruct memory = Cstruct.allocate(Arena.ofAuto(), 512, 8);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> block.read(0, address(memory), 512))
                    .isInstanceOf(IOException.class)
                    .hasMessage("virtio device storage: its queue is broken");
        }
        assertThat(machine.status()).as("failed").isGreaterThanOrEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256, 513, 1 << 17, Integer.MIN_VALUE, -1})
    void blocksOfOddSizesAreRefused(int size) {
        PciMachine machine = machine(BLK_SIZE);
        machine.about().putU32le(20, size);
        assertThatThrownBy(() -> start(machine))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("blocks of " + size + " octets");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
    void aCapacityBeyondAllBoundsIsRefused(long sectors) {
        PciMachine machine = machine(0);
        machine.about().putU64le(0, sectors);
        assertThatThrownBy(() -> start(machine)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, Integer.MIN_VALUE, -1})
    void segmentsAreOfUseWhateverTheDeviceSays(int most) throws IOException {
        PciMachine machine = machine(SIZE_MAX | SEG_MAX);
        machine.about().putU32le(8, most);
        machine.about().putU32le(12, most);
        VirtioBlock block = start(machine);
        Cstruct memory = Cstruct.allocate(Arena.ofAuto(), 64 * 512, 8);
        assertThat(block.read(0, address(memory), memory.length())).isTrue();
    }

    @Test
    void aDeviceOfTheLegacyAloneIsRefused() {
        assertThatThrownBy(() -> start(new PciMachine(PciMachine.BLOCK, EVENT_IDX, 16)))
                .hasMessageContaining("only its legacy");
    }

    @Test
    void capabilitiesThatLeadNowhereAreRefused() {
        PciMachine loop = machine(0);
        loop.config.putU32le(0x40, 0x40 << 8 | 0x09);
        assertThatThrownBy(() -> start(loop)).hasMessageContaining("no virtio 1.x");
        PciMachine high = machine(0);
        high.config.putU32le(0x10, 0xfe000004);
        high.config.putU32le(0x14, 1);
        assertThatThrownBy(() -> start(high)).hasMessageContaining("no memory below 4 GB in bar 0");
        PciMachine bar = machine(0);
        bar.config.putU32le(0x44, 6);
        assertThatThrownBy(() -> start(bar)).hasMessageContaining("in bar 6");
        PciMachine quiet = machine(0);
        quiet.config.putU32le(0x80, 0);
        assertThatThrownBy(() -> start(quiet)).hasMessageContaining("MSI-X");
        PciMachine negative = machine(0);
        negative.config.putU32le(0x40 + 12, -1);
        assertThatThrownBy(() -> start(negative)).isInstanceOf(IOException.class);
    }

    @Test
    void functionsAreFoundByTheirKind() {
        assertThat(PciFunctions.blocks(machine(0))).containsExactly(PciMachine.FUNCTION);
        assertThat(PciFunctions.networks(machine(0))).isEmpty();
    }
}
