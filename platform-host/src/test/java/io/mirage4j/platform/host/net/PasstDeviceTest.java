// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.contract.NetDeviceContract;
import io.mirage4j.platform.host.loop.Sleeper;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PasstDeviceTest {
    private static final MacAddress NEAR = MacAddress.of("02:00:00:00:0b:01");
    private static final MacAddress FAR = MacAddress.of("02:00:00:00:0b:02");

    @TempDir Path folder;

    private ServerSocketChannel server;
    private Path socket;

    @BeforeEach
    final void listen() throws IOException {
        socket = folder.resolve("socket");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    final void stopListening() throws IOException {
        server.close();
    }

    /// Two ports whose octets go through a program that splits them anyhow.
    @Nested
    class AsANetDevice extends NetDeviceContract {
        @Override
        protected Ports open() throws IOException {
            PasstDevice near = PasstDevice.connect(socket, NEAR, 1500);
            SocketChannel nearSide = server.accept();
            PasstDevice far = PasstDevice.connect(socket, FAR, 1500);
            SocketChannel farSide = server.accept();
            Thread.ofVirtual().start(() -> copy(nearSide, farSide));
            Thread.ofVirtual().start(() -> copy(farSide, nearSide));
            return new Ports(near, far);
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(777);
        try (from;
                to) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void aSlowPeerLeavesNoRoomAndLosesNothing() throws Exception {
        try (PasstDevice device = PasstDevice.connect(socket, NEAR);
                SocketChannel peer = server.accept()) {
            int sent = 0;
            while (device.hasRoom()) {
                device.slot().putU32be(14, sent++);
                device.commit(20_000);
                device.flush();
            }
            assertThatThrownBy(device::slot).hasMessage("no room: passt is slow");
            ByteBuffer frame = ByteBuffer.allocate(20_004);
            for (int i = 0; i < sent; i++) {
                frame.clear();
                while (frame.hasRemaining()) {
                    device.flush();
                    assertThat(peer.read(frame)).isPositive();
                }
                assertThat(frame.getInt(0)).isEqualTo(20_000);
                assertThat(frame.getInt(18)).isEqualTo(i);
            }
            assertThat(device.hasRoom()).isTrue();
        }
    }

    @Test
    void lengthsThatCanNotBeEndTheDeviceAndTinyFramesAreSkipped() throws Exception {
        try (PasstDevice device = PasstDevice.connect(socket, NEAR);
                SocketChannel peer = server.accept()) {
            ByteBuffer octets = ByteBuffer.allocate(100);
            octets.putInt(0).putInt(13).put(new byte[13]).putInt(14).put(new byte[14]);
            octets.putInt(-1).flip();
            peer.write(octets);
            Cstruct frame;
            while ((frame = device.poll()) == null) {
                Thread.onSpinWait();
            }
            assertThat(frame.length()).isEqualTo(14);
            assertThatIOException()
                    .isThrownBy(device::poll)
                    .withMessage("passt sent a frame of 4294967295 octets");
        }
    }

    @Test
    void aPeerThatGoesIsToldAndWakesWhoSleeps() throws Exception {
        try (PasstDevice device = PasstDevice.connect(socket, NEAR);
                SocketChannel peer = server.accept()) {
            Sleeper sleeper = device.sleeper();
            sleeper.wake();
            sleeper.sleep(Long.MAX_VALUE);
            sleeper.sleep(2_000_000);
            peer.close();
            sleeper.sleep(Long.MAX_VALUE);
            assertThatThrownBy(device::poll).isInstanceOf(EOFException.class);
            var asleep =
                    new FutureTask<>(
                            () -> {
                                while (true) {
                                    sleeper.sleep(Long.MAX_VALUE);
                                }
                            });
            Thread.ofPlatform().start(asleep);
            device.close();
            device.close();
            assertThatThrownBy(asleep::get).hasRootCauseInstanceOf(Exception.class);
            assertThatIOException().isThrownBy(device::poll);
        }
    }

    @Test
    void nobodyAtTheSocketIsTold() {
        assertThatIOException()
                .isThrownBy(() -> PasstDevice.connect(folder.resolve("none"), NEAR))
                .withMessageStartingWith("passt at " + folder.resolve("none"));
        assertThatThrownBy(() -> PasstDevice.connect(socket, NEAR, 65_521))
                .hasMessage("mtu 65521 is not in 1280..65520");
    }

    @Test
    void thePasstOfTheSystemAnswersArp() throws Exception {
        Path program = Peers.require("passt");
        // It gives up root and then has to reach its socket.
        Path place = Files.createTempDirectory(Path.of("/tmp"), "passt");
        Files.setPosixFilePermissions(
                place, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        Path at = place.resolve("socket");
        Process passt =
                new ProcessBuilder(program.toString(), "--foreground", "--one-off", "-s", "" + at)
                        .redirectErrorStream(true)
                        .redirectOutput(place.resolve("log").toFile())
                        .start();
        try {
            while (passt.isAlive() && !Files.exists(at)) {
                passt.waitFor(5, TimeUnit.MILLISECONDS);
            }
            if (!passt.isAlive()) {
                String said = Files.readString(place.resolve("log")).strip();
                throw Peers.missing("passt does not run here: " + said);
            }
            try (PasstDevice device = connect(at)) {
                Cstruct slot = device.slot();
                arpRequest(slot);
                device.commit(42);
                device.flush();
                Cstruct frame;
                Sleeper sleeper = device.sleeper();
                while ((frame = device.poll()) == null || !isArpReply(frame)) {
                    sleeper.sleep(1_000_000_000);
                }
                assertThat(MacAddress.read(frame, 0)).isEqualTo(NEAR);
                assertThat(frame.u32be(28)).isEqualTo(0xc0000201);
            }
        } finally {
            passt.destroy();
            passt.waitFor();
            Files.deleteIfExists(at);
            Files.deleteIfExists(place.resolve("log"));
            Files.delete(place);
        }
    }

    /// The socket is there a moment before passt listens at it.
    private static PasstDevice connect(Path at) throws Exception {
        for (int i = 0; ; i++) {
            try {
                return PasstDevice.connect(at, NEAR);
            } catch (IOException e) {
                if (i == 100) throw e;
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private static void arpRequest(Cstruct slot) {
        slot.fill(0, 42, 0);
        MacAddress.BROADCAST.write(slot, 0);
        NEAR.write(slot, 6);
        slot.putU16be(12, 0x0806);
        slot.putU16be(14, 1);
        slot.putU16be(16, 0x0800);
        slot.putU16be(18, 0x0604);
        slot.putU16be(20, 1);
        NEAR.write(slot, 22);
        slot.putU32be(28, 0xc0000263);
        slot.putU32be(38, 0xc0000201);
    }

    private static boolean isArpReply(Cstruct frame) {
        return frame.u16be(12) == 0x0806 && frame.u16be(20) == 2;
    }
}
