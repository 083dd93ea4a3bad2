// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.host.loop.Sleeper;
import io.mirage4j.platform.pcapng.PcapngTap;
import io.mirage4j.platform.pcapng.PcapngWriter;
import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/// An engine on a TAP whose other end is the kernel's own stack, in a network namespace.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TapLoopTest {
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:0c:02");

    private NetworkNamespace namespace;
    private TapDevice tap;

    @BeforeEach
    final void openTheTap() throws Exception {
        namespace = NetworkNamespace.create();
        tap = NamespaceThread.call(namespace, TapLoopTest::opened);
        namespace.ip("address add 192.0.2.1/24 dev " + tap.name());
    }

    private static TapDevice opened() throws IOException {
        TapDevice device = TapDevice.open("tap%d", MAC);
        device.up();
        return device;
    }

    @AfterEach
    final void closeAll() throws Exception {
        if (namespace != null) {
            tap.close();
            namespace.close();
        }
    }

    @Test
    void theKernelsPingIsAnswered() throws Exception {
        try (HostLoop loop = HostLoop.start("tap", new PingEngine(), tap, new HostClock())) {
            ping();
            assertThat(loop.failure()).isEmpty();
        }
    }

    @Test
    void aCapturedDeviceSleepsOnTheOneWithin() throws Exception {
        var file = new ByteArrayOutputStream();
        var writer = PcapngWriter.open(file, new HostClock(), 1 << 20);
        Sleeper sleeper = tap.sleeper();
        var captured = PcapngTap.on(tap, "tap", writer);
        try (HostLoop loop =
                HostLoop.start("tap", new PingEngine(), captured, sleeper, new HostClock(), 0)) {
            ping();
            assertThat(loop.failure()).isEmpty();
        }
        assertThat(file.size()).isGreaterThan(2000);
    }

    private void ping() throws Exception {
        Peers.require("ping");
        String said =
                namespace.run(
                        "ping",
                        "-q",
                        "-c",
                        "20",
                        "-i",
                        "0.002",
                        "-W",
                        "5",
                        "-s",
                        "1000",
                        "192.0.2.2");
        assertThat(said).contains("20 received");
    }

    @Test
    void aDeviceClosedUnderItsLoopEndsIt() throws Exception {
        try (HostLoop loop = HostLoop.start("tap", new PingEngine(), tap, new HostClock(), 0)) {
            tap.close();
            while (loop.failure().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(loop.failure().orElseThrow())
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("is closed");
        }
    }

    /// Answers ARP and echo requests for any address, by turning each around.
    private static final class PingEngine implements Engine {
        private final Queue<byte[]> answers = new ArrayDeque<>();

        @Override
        public void receive(Cstruct frame, long nowNanos) {
            Cstruct answer = Cstruct.of(frame.toByteArray());
            if (frame.u16be(12) == 0x0806 && frame.u16be(20) == 1) {
                answer.putU16be(20, 2);
                MAC.write(answer, 22);
                answer.put(28, frame.sub(38, 4));
                answer.put(32, frame.sub(22, 10));
            } else if (frame.u16be(12) == 0x0800 && frame.u8(23) == 1 && frame.u8(34) == 8) {
                answer.put(26, frame.sub(30, 4));
                answer.put(30, frame.sub(26, 4));
                answer.putU16be(34, 0);
                answer.putU16be(36, 0);
                int len = frame.u16be(16) - 20;
                answer.putU16be(
                        36,
                        InternetChecksum.finish(
                                InternetChecksum.onesComplementSum(answer, 34, len)));
            } else {
                return;
            }
            answer.put(0, frame.sub(6, 6));
            MAC.write(answer, 6);
            answers.add(answer.toByteArray());
        }

        @Override
        public void advance(long nowNanos) {}

        @Override
        public int transmit(Cstruct slot, long nowNanos) {
            byte[] answer = answers.poll();
            if (answer == null) return 0;
            slot.put(0, answer);
            return answer.length;
        }

        @Override
        public long nextDeadline() {
            return NEVER;
        }
    }
}
