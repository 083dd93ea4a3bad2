// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.contract.NetDeviceContract;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.platform.memory.VirtualClock;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class PcapngTest {
    private static final int SECTION = 28;
    private static final int INTERFACE = 40; // of a name of up to four octets

    private final VirtualClock clock = new VirtualClock();
    private final MemoryLink link = MemoryLink.create(8);
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Nested
    class ATappedDevice extends NetDeviceContract {
        @Override
        protected Ports open() {
            var writer = PcapngWriter.open(file, clock, 1_000_000);
            return new Ports(
                    PcapngTap.on(link.left(), "near", writer),
                    PcapngTap.on(link.right(), "far", writer));
        }
    }

    @Test
    void everyBlockSaysItsLengthAtBothEnds() throws IOException {
        var writer = PcapngWriter.open(file, clock, 1_000_000);
        NetDevice left = PcapngTap.on(link.left(), "eth0", writer);
        for (int len = 14; len < 80; len++) {
            left.slot().fill(0xff);
            left.commit(len);
            link.right().poll();
        }
        Cstruct all = Cstruct.of(file.toByteArray());
        int blocks = 0;
        for (int at = 0; at < all.length(); blocks++) {
            int len = all.s32be(at + 4) == 0 ? 0 : (int) all.u32le(at + 4);
            assertThat(len % 4).isZero();
            assertThat(all.u32le(at + len - 4)).isEqualTo(len);
            at += len;
        }
        assertThat(blocks).isEqualTo(2 + 66);
    }

    @Test
    void theCaptureIsBoundedAndCountsTheRest() throws IOException {
        int two = SECTION + INTERFACE + 2 * (28 + 60 + 16);
        var writer = PcapngWriter.open(file, clock, two);
        NetDevice left = PcapngTap.on(link.left(), "eth0", writer);
        for (int i = 0; i < 5; i++) {
            left.commit(60);
        }
        assertThat(file.size()).isEqualTo(two);
        assertThat(writer.missed()).isEqualTo(3);
        writer.close();
        left.commit(60);
        assertThat(writer.missed()).isEqualTo(4);
    }

    @Test
    void longFramesAreCutToTheSnapLength() throws IOException {
        var writer = PcapngWriter.open(file, clock, 33, 1_000_000);
        NetDevice left = PcapngTap.on(link.left(), "eth0", writer);
        left.commit(1514);
        Cstruct packet = Cstruct.of(file.toByteArray()).shift(SECTION + INTERFACE);
        assertThat(packet.length()).isEqualTo(28 + 36 + 16);
        assertThat(packet.u32le(20)).isEqualTo(33);
        assertThat(packet.u32le(24)).isEqualTo(1514);
        assertThatThrownBy(() -> PcapngWriter.open(file, clock, 0, 1))
                .hasMessage("snap length 0 is not in 1..262144");
    }

    @Test
    void aSinkThatFailsDoesNotStopTheDevice() throws IOException {
        var full = new IOException("disk full");
        var sink =
                new OutputStream() {
                    int left = 100;

                    @Override
                    public void write(int octet) throws IOException {
                        if (left-- == 0) throw full;
                    }
                };
        var writer = PcapngWriter.open(sink, clock, 1_000_000);
        NetDevice left = PcapngTap.on(link.left(), "eth0", writer);
        left.commit(60);
        left.commit(60);
        assertThat(link.right().poll()).isNotNull();
        assertThat(writer.failure()).contains(full);
        assertThat(writer.missed()).isEqualTo(2);
    }

    @Test
    void tsharkReadsTimesDirectionsAndNames(@TempDir Path folder) throws Exception {
        Path program = Peers.require("tshark");
        Path path = folder.resolve("x.pcapng");
        try (var writer = PcapngWriter.open(Files.newOutputStream(path), clock, 1_000_000)) {
            NetDevice left = PcapngTap.on(link.left(), "left", writer);
            NetDevice right = PcapngTap.on(link.right(), "right-side", writer);
            clock.advance(123_456_789);
            left.slot().fill(0);
            left.slot().putU16be(12, 0x88b5);
            left.commit(61);
            clock.advance(1);
            right.poll(FrameBatch.create(2));
        }
        Process tshark =
                new ProcessBuilder(
                                program.toString(),
                                "-r",
                                path.toString(),
                                "-T",
                                "fields",
                                "-E",
                                "separator=|",
                                "-e",
                                "frame.interface_name",
                                "-e",
                                "frame.time_epoch",
                                "-e",
                                "frame.packet_flags_direction",
                                "-e",
                                "frame.len")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tshark.waitFor()).isZero();
        List<String> lines = said.lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("left|946684800.123456789|").endsWith("2|61");
        assertThat(lines.get(1)).startsWith("right-side|946684800.123456790|").endsWith("1|61");
    }
}
