// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.contract.DatagramsContract;
import io.mirage4j.platform.contract.FlowContract;
import io.mirage4j.platform.contract.ListenerContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

class MemoryNetworkTest {
    private static final IpAddress CLIENT = IpAddress.of("2001:db8::c");
    private static final Endpoint SERVER = Endpoint.of("192.0.2.1:0");

    private final MemoryNetwork network = new MemoryNetwork();

    @Nested
    class Flows extends FlowContract {
        @Override
        protected Ends open() throws IOException {
            Listener listener = network.listen(SERVER);
            Flow client = network.connector(CLIENT).connect(listener.local().orElseThrow());
            return new Ends(client, listener.accept());
        }
    }

    @Nested
    class Listening extends ListenerContract {
        @Override
        protected Meeting open() throws IOException {
            return new Meeting(network.listen(SERVER), network.connector(CLIENT));
        }
    }

    @Nested
    class DatagramPorts extends DatagramsContract {
        @Override
        protected Ports open() throws IOException {
            return new Ports(
                    network.datagrams(new Endpoint(CLIENT, 53)), network.datagrams(SERVER));
        }
    }

    @Test
    void anEndpointInUseIsRefusedUntilItIsClosed() throws IOException {
        Endpoint endpoint = Endpoint.of("192.0.2.1:80");
        Listener first = network.listen(endpoint);
        assertThatIOException()
                .isThrownBy(() -> network.listen(endpoint))
                .withMessage("192.0.2.1:80: in use");
        first.close();
        network.listen(endpoint).close();
    }

    @Test
    void flowsAndDatagramsShareNoPorts() throws IOException {
        Endpoint endpoint = Endpoint.of("192.0.2.1:53");
        network.listen(endpoint);
        assertThat(network.datagrams(endpoint).local()).isEqualTo(endpoint);
    }

    @Test
    void freePortsDiffer() throws IOException {
        Set<Endpoint> given = new HashSet<>();
        for (int i = 0; i < 16_384; i++) {
            given.add(network.datagrams(SERVER).local());
        }
        assertThat(given).hasSize(16_384);
        assertThatIOException()
                .isThrownBy(() -> network.datagrams(SERVER))
                .withMessage("192.0.2.1: no free port");
    }

    @Test
    void aFullBacklogRefuses() throws IOException {
        Endpoint at = network.listen(SERVER).local().orElseThrow();
        for (int i = 0; i < 128; i++) {
            network.connector(CLIENT).connect(at);
        }
        assertThatIOException().isThrownBy(() -> network.connector(CLIENT).connect(at));
    }
}
