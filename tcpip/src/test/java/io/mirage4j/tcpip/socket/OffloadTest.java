// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/// What is left to a device that offers to do it, here one that never has to.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OffloadTest {
    private static final int OCTETS = 10_000_003;

    private final Clock clock = new HostClock();

    private Sockets host(NetDevice nic, int number) throws IOException {
        StackConfig config =
                StackConfig.builder(nic)
                        .address(IpPrefix.of("192.0.2." + number + "/24"))
                        .address(IpPrefix.of("2001:db8::" + number + "/64"))
                        .duplicateProbes(0)
                        .offloads(nic.sendOffloads())
                        .build();
        Stack stack = Stack.create(config, new HostEntropy(), clock.nanoTime());
        return Sockets.start(stack, clock, loop -> HostLoop.start("net", loop, nic, clock));
    }

    private long framesFor(MemoryLink link, Set<Offload> offloads, String to) throws Exception {
        link.left().receiveOffloads(offloads);
        link.right().receiveOffloads(offloads);
        byte[] octets = new byte[OCTETS];
        new Random(1).nextBytes(octets);
        try (Sockets left = host(link.left(), 1);
                Sockets right = host(link.right(), 2);
                TcpServerSocket server = right.listen(Endpoint.of("[::]:80"));
                TcpSocket near = left.connect(Endpoint.of(to));
                TcpSocket far = server.accept()) {
            Thread.startVirtualThread(() -> write(near, octets));
            assertThat(readToEnd(far)).isEqualTo(octets);
            var frames = new long[1];
            left.run((stack, now) -> frames[0] = stack.counters().framesOut());
            return frames[0];
        }
    }

    private static void write(Flow flow, byte[] octets) {
        try {
            flow.write(Cstruct.of(octets));
            flow.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] readToEnd(Flow flow) throws IOException {
        var all = new ByteArrayOutputStream();
        Cstruct buf = Cstruct.create(60_000);
        for (int count; (count = flow.read(buf)) != Flow.END; ) {
            all.writeBytes(buf.toByteArray(0, count));
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.2:80", "[2001:db8::2]:80"})
    void longSegmentsGoUncutWhereTheDeviceCuts(String to) throws Exception {
        long frames = framesFor(MemoryLink.createLong(64), EnumSet.allOf(Offload.class), to);
        assertThat(frames).isLessThan(OCTETS / 1460 / 4);
    }

    @Test
    void unfinishedChecksumsAreTaken() throws Exception {
        Set<Offload> checksum = Set.of(Offload.CHECKSUM);
        long frames = framesFor(MemoryLink.create(64), checksum, "192.0.2.2:80");
        assertThat(frames).isGreaterThanOrEqualTo(OCTETS / 1460);
    }

    @Test
    void aStackTalksToItselfThroughUnfinishedChecksums() throws Exception {
        MemoryLink link = MemoryLink.createLong(64);
        link.right().receiveOffloads(EnumSet.allOf(Offload.class));
        byte[] octets = new byte[100_003];
        new Random(2).nextBytes(octets);
        try (Sockets host = host(link.left(), 1);
                TcpServerSocket server = host.listen(Endpoint.of("[::]:80"));
                TcpSocket near = host.connect(Endpoint.of("192.0.2.1:80"));
                TcpSocket far = server.accept()) {
            Thread.startVirtualThread(() -> write(near, octets));
            assertThat(readToEnd(far)).isEqualTo(octets);
        }
    }
}
