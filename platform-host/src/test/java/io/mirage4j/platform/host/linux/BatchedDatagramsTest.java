// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.contract.DatagramsContract;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchedDatagramsTest {
    private static final Endpoint LOOPBACK4 = Endpoint.of("127.0.0.1:0");
    private static final Endpoint LOOPBACK6 = Endpoint.of("[::1]:0");

    @BeforeEach
    void isLinux() {
        if (!BatchedDatagrams.isSupported()) {
            throw Peers.missingHardware("this is not Linux on x86-64");
        }
    }

    @Nested
    class OverIpv4 extends DatagramsContract {
        @Override
        protected Ports open() throws IOException {
            return new Ports(BatchedDatagrams.open(LOOPBACK4), BatchedDatagrams.open(LOOPBACK4));
        }
    }

    @Nested
    class OverIpv6 extends DatagramsContract {
        @Override
        protected Ports open() throws IOException {
            return new Ports(BatchedDatagrams.open(LOOPBACK6), BatchedDatagrams.open(LOOPBACK6));
        }
    }

    @Nested
    class WithSocketsOfJava extends DatagramsContract {
        @Override
        protected Ports open() throws IOException {
            return new Ports(SocketDatagrams.open(LOOPBACK4), BatchedDatagrams.open(LOOPBACK4));
        }
    }

    private static Datagram to(Endpoint remote, String text) {
        Datagram envelope = Datagram.create(100).remote(remote);
        return envelope.length(envelope.buffer().putText(0, text, StandardCharsets.UTF_8));
    }

    @Test
    void moreThanABatchGoesAndComes() throws IOException {
        try (var near = BatchedDatagrams.open(LOOPBACK4);
                var far = BatchedDatagrams.open(LOOPBACK4)) {
            Datagram[] sent = new Datagram[200];
            Datagram[] into = new Datagram[200];
            for (int i = 0; i < sent.length; i++) {
                sent[i] = to(far.local(), "number " + i);
                into[i] = Datagram.create(20);
            }
            near.send(sent, sent.length);
            List<String> received = new ArrayList<>();
            while (received.size() < sent.length) {
                int count = far.receive(into);
                for (int i = 0; i < count; i++) {
                    received.add(into[i].payload().text(StandardCharsets.UTF_8));
                    assertThat(into[i].remote()).isEqualTo(near.local());
                }
            }
            assertThat(received).startsWith("number 0", "number 1").endsWith("number 199");
        }
    }

    @Test
    void aPortOfBothVersionsKnowsIpv4ByItsOwnAddress() throws IOException {
        try (var both = BatchedDatagrams.open(Endpoint.of("[::]:0"));
                var near = BatchedDatagrams.open(LOOPBACK4)) {
            near.send(to(new Endpoint(IpAddress.of("127.0.0.1"), both.local().port()), "x"));
            Datagram received = Datagram.create(10);
            both.receive(received);
            assertThat(received.remote()).isEqualTo(near.local());
            assertThat(received.local()).isNull();
            both.send(received);
            near.receive(received);
            assertThat(received.length()).isEqualTo(1);
        }
    }

    @Test
    void aSharedPortIsOpenedSeveralTimes() throws IOException {
        List<BatchedDatagrams> shared = BatchedDatagrams.openShared(LOOPBACK4, 3);
        assertThat(shared)
                .extracting(Datagrams::local)
                .hasSize(3)
                .containsOnly(shared.getFirst().local());
        assertThatIOException()
                .isThrownBy(() -> BatchedDatagrams.open(shared.getFirst().local()))
                .withMessageContaining("Address already in use");
        for (BatchedDatagrams port : shared) port.close();
    }

    @Test
    void whatIsNotOnThisMachineIsNotOpened() {
        assertThatIOException()
                .isThrownBy(() -> BatchedDatagrams.open(Endpoint.of("192.0.2.1:0")))
                .withMessageContaining("192.0.2.1:0");
    }

    @Test
    void anIpv4PortDoesNotSendToIpv6() throws IOException {
        try (var near = BatchedDatagrams.open(LOOPBACK4)) {
            assertThatIOException().isThrownBy(() -> near.send(to(Endpoint.of("[::1]:9"), "x")));
        }
    }
}
