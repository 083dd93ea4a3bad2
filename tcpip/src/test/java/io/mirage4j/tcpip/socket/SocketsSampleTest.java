// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

/// The server and the client of `README.md`, as they stand there, on the loop of a JVM.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketsSampleTest {
    private final Clock clock = new HostClock();

    private Stack stack(NetDevice nic, String address) {
        StackConfig config = StackConfig.builder(nic).address(IpPrefix.of(address)).build();
        return Stack.create(config, new HostEntropy(), clock.nanoTime());
    }

    private Sockets host(NetDevice nic, String address) throws IOException {
        Stack stack = stack(nic, address);
        Sockets net = Sockets.start(stack, clock, loop -> HostLoop.start("net", loop, nic, clock));
        return net;
    }

    private static void serve(Listener listener) {
        try {
            while (true) {
                Flow flow = listener.accept();
                Thread.startVirtualThread(() -> greet(flow));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void greet(Flow flow) {
        try (flow) {
            flow.write(ReadOnlyCstruct.of("hello"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theClientOfTheReadmeIsGreetedByItsServer() throws IOException {
        MemoryLink link = MemoryLink.create(64);
        Sockets theirs = host(link.right(), "192.0.2.1/24");
        Listener listening = theirs.listen(Endpoint.of("0.0.0.0:80"));
        Thread.startVirtualThread(() -> serve(listening));
        Sockets net = host(link.left(), "192.0.2.2/24");
        try (Flow flow = net.connect(Endpoint.of("192.0.2.1:80"))) {
            Cstruct buf = Cstruct.create(100);
            int octets = flow.read(buf);
            assertThat(buf.text(0, octets, UTF_8)).isEqualTo("hello");
        }
        net.close();
        theirs.close();
    }
}
