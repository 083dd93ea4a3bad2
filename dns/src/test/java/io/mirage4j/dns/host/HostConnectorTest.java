// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketListener;
import io.mirage4j.platform.memory.MemoryFlow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostConnectorTest {
    private static final IpAddress SILENT = IpAddress.of("2001:db8::1");
    private static final IpAddress REFUSING = IpAddress.of("192.0.2.1");
    private static final IpAddress GOOD = IpAddress.of("192.0.2.2");

    private final CountDownLatch given = new CountDownLatch(1);
    private final Flow flow = MemoryFlow.pair(1024).left();

    /// One address never answers, one refuses, one is good.
    private Flow connect(Endpoint remote) throws IOException {
        if (remote.address().equals(GOOD)) return flow;
        if (remote.address().equals(REFUSING)) throw new IOException("refused");
        try {
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        } catch (InterruptedException e) {
            given.countDown();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private HostConnector hosts(IpAddress... addresses) {
        return new HostConnector(name -> List.of(addresses), this::connect);
    }

    @Test
    void theFirstThatAnswersIsTakenAndTheOthersAreLetGo() throws Exception {
        assertThat(hosts(SILENT, REFUSING, GOOD).connect("host", 80)).isSameAs(flow);
        given.await();
        assertThat(hosts(GOOD).connect("host", 80)).isSameAs(flow);
    }

    @Test
    void whereNoneAnswersEachReasonIsTold() {
        assertThatThrownBy(() -> hosts(REFUSING).connect("host", 80))
                .hasMessage("host: no address answers on port 80")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("refused"));
        assertThatThrownBy(() -> hosts().connect("host", 80)).hasMessage("host: has no address");
    }

    @Test
    void whoIsInterruptedLetsAllGo() throws Exception {
        var caller =
                new Thread(
                        () ->
                                assertThatThrownBy(() -> hosts(SILENT).connect("host", 80))
                                        .isInstanceOf(InterruptedIOException.class));
        caller.start();
        while (caller.getState() != Thread.State.WAITING) Thread.onSpinWait();
        caller.interrupt();
        given.await();
        caller.join();
    }

    @Test
    void aKernelsSocketIsReachedBehindAnAddressWithoutAListener() throws Exception {
        try (var listener = SocketListener.open(Endpoint.of("127.0.0.1:0"))) {
            Connector connector = SocketConnector.create();
            var addresses = List.of(IpAddress.of("127.0.0.2"), IpAddress.of("127.0.0.1"));
            var hosts = new HostConnector(name -> addresses, connector);
            int port = listener.local().orElseThrow().port();
            try (Flow made = hosts.connect("localhost", port)) {
                assertThat(made.remote()).hasValue(new Endpoint(IpAddress.of("127.0.0.1"), port));
            }
        }
    }
}
