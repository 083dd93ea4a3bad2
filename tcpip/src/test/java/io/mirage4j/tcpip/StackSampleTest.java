// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.platform.memory.SeededEntropy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/// The stack of `README.md`, as it stands there, at one end of a cable.
class StackSampleTest {
    private final MemoryLink link = MemoryLink.create(64);
    private final NetDevice nic = link.left();
    private final Entropy entropy = new SeededEntropy(1);
    private long now;

    @Test
    void theEchoOfTheReadmeAnswers() throws IOException {
        StackConfig config =
                StackConfig.builder(nic)
                        .address(IpPrefix.of("192.0.2.2/24"))
                        .gateway(IpAddress.of("192.0.2.1"))
                        .build();
        Stack stack = Stack.create(config, entropy, now);
        stack.bindUdp(
                Endpoint.of("[::]:7"),
                (datagram, time) ->
                        datagram.port().send(datagram.payload(), datagram.remote(), time));

        drive(stack);
        Cstruct asked =
                Frames.udp(
                        IpAddress.of("192.0.2.9"),
                        IpAddress.of("192.0.2.2"),
                        9,
                        7,
                        Frames.octets(5));
        asked.putU48be(0, nic.mac().bits());
        NetDevice peer = link.right();
        peer.slot().put(0, asked);
        peer.commit(asked.length());
        drive(stack);
        Cstruct last = null;
        for (Cstruct frame; (frame = peer.poll()) != null; ) {
            last = Cstruct.of(frame.toByteArray());
        }
        // It first asks who 192.0.2.9 is.
        assertThat(Frames.arps(List.of(last)).getFirst().target())
                .isEqualTo(IpAddress.of("192.0.2.9"));
    }

    private void drive(Stack stack) throws IOException {
        for (Cstruct frame; (frame = nic.poll()) != null; ) {
            stack.receive(frame, now);
        }
        stack.advance(now);
        for (int len; nic.hasRoom() && (len = stack.transmit(nic.slot(), now)) > 0; ) {
            nic.commit(len);
        }
        nic.flush();
    }
}
