// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.socket.Sockets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EchoTest {
    private static final Endpoint ECHO = Endpoint.of("192.0.2.7:7");

    private final MemoryLink link = MemoryLink.create(64);
    private final Clock clock = new HostClock();

    private Sockets host(NetDevice nic, String address) throws IOException {
        StackConfig config = StackConfig.builder(nic).address(IpPrefix.of(address)).build();
        Stack stack = Stack.create(config, new SeededEntropy(7), clock.nanoTime());
        return Sockets.start(stack, clock, engine -> HostLoop.start(address, engine, nic, clock));
    }

    @Test
    void whatAFlowGetsComesBackToItsEnd() throws Exception {
        try (Sockets server = host(link.left(), "192.0.2.7/24");
                Sockets client = host(link.right(), "192.0.2.8/24");
                Listener listener = server.listen(ECHO)) {
            Thread.startVirtualThread(() -> untilClosed(() -> Echo.serve(listener)));
            try (Flow flow = client.connect(ECHO)) {
                flow.write(ReadOnlyCstruct.of("hello"));
                flow.shutdownOutput();
                Cstruct buf = Cstruct.create(100);
                StringBuilder got = new StringBuilder();
                for (int len; (len = flow.read(buf)) != Flow.END; ) {
                    got.append(buf.text(0, len, StandardCharsets.UTF_8));
                }
                assertThat(got).hasToString("hello");
            }
        }
    }

    @Test
    void aDatagramComesBack() throws Exception {
        try (Sockets server = host(link.left(), "192.0.2.7/24");
                Sockets client = host(link.right(), "192.0.2.8/24");
                Datagrams port = server.bind(ECHO);
                Datagrams near = client.bind(Endpoint.of("192.0.2.8:0"))) {
            Thread.startVirtualThread(() -> untilClosed(() -> Echo.serve(port)));
            Datagram datagram = Datagram.create(100).remote(ECHO);
            near.send(
                    datagram.length(datagram.buffer().putText(0, "hello", StandardCharsets.UTF_8)));
            datagram.buffer().fill(0);
            near.receive(datagram);
            assertThat(datagram.payload().text(StandardCharsets.UTF_8)).isEqualTo("hello");
            assertThat(datagram.remote()).isEqualTo(ECHO);
        }
    }

    private interface Service {
        void run() throws IOException;
    }

    private static void untilClosed(Service service) {
        try {
            service.run();
        } catch (IOException e) {
            // Its listener or port was closed: the test is over.
        }
    }
}
