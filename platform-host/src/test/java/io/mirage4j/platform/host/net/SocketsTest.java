// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.TimedOutException;
import io.mirage4j.platform.contract.DatagramsContract;
import io.mirage4j.platform.contract.FlowContract;
import io.mirage4j.platform.contract.ListenerContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketsTest {
    private static final Endpoint LOOPBACK4 = Endpoint.of("127.0.0.1:0");
    private static final Endpoint LOOPBACK6 = Endpoint.of("[::1]:0");

    @Nested
    class TheFlow extends FlowContract {
        @Override
        protected Ends open() throws IOException {
            try (var listener = SocketListener.open(LOOPBACK4)) {
                Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
                return new Ends(near, listener.accept());
            }
        }
    }

    @Nested
    class TheListener extends ListenerContract {
        @Override
        protected Meeting open() throws IOException {
            return new Meeting(SocketListener.open(LOOPBACK4), SocketConnector.create());
        }
    }

    @Nested
    class TheListenerOverIpv6 extends ListenerContract {
        @Override
        protected Meeting open() throws IOException {
            return new Meeting(SocketListener.open(LOOPBACK6), SocketConnector.create(0));
        }
    }

    @Nested
    class TheDatagrams extends DatagramsContract {
        @Override
        protected Ports open() throws IOException {
            return new Ports(SocketDatagrams.open(LOOPBACK4), SocketDatagrams.open(LOOPBACK4));
        }
    }

    @Nested
    class TheDatagramsOverIpv6 extends DatagramsContract {
        @Override
        protected Ports open() throws IOException {
            return new Ports(SocketDatagrams.open(LOOPBACK6), SocketDatagrams.open(LOOPBACK6));
        }
    }

    @Test
    void anAbortIsAResetToAnotherProgram() throws Exception {
        try (var server = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Flow flow =
                    SocketConnector.create()
                            .connect(Endpoint.of("127.0.0.1:" + server.getLocalPort()));
            try (Socket peer = server.accept()) {
                flow.abort();
                assertThatIOException()
                        .isThrownBy(() -> peer.getInputStream().read())
                        .withMessageContaining("reset");
            }
        }
    }

    @Test
    void inputThatNobodyReadsDoesNotCostTheOtherEndWhatWasWritten() throws Exception {
        try (var listener = SocketListener.open(LOOPBACK4);
                Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
                Flow far = listener.accept()) {
            far.write(Cstruct.create(100_000));
            // More than the other end takes at once; it stays in this end's kernel.
            int octets = 300_000;
            near.write(Cstruct.create(octets));
            near.close();
            Cstruct buf = Cstruct.create(1000);
            int total = 0;
            for (int count; (count = far.read(buf)) != Flow.END; ) {
                total += count;
            }
            assertThat(total).isEqualTo(octets);
        }
    }

    @Test
    void noMoreFlowsAreAcceptedThanMayBeOpen() throws Exception {
        try (var listener = SocketListener.open(LOOPBACK4, 16, 2)) {
            Endpoint at = listener.local().orElseThrow();
            var connector = SocketConnector.create();
            try (Flow one = connector.connect(at);
                    Flow two = connector.connect(at);
                    Flow three = connector.connect(at)) {
                Flow first = listener.accept();
                listener.accept();
                var third = new FutureTask<>(listener::accept);
                Thread waiter = Thread.ofVirtual().start(third);
                while (waiter.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                assertThat(third.isDone()).isFalse();
                first.close();
                first.abort(); // leaves no second place free
                try (Flow accepted = third.get(20, TimeUnit.SECONDS)) {
                    assertThat(accepted.remote()).isEqualTo(three.local());
                    assertThat(one.read(Cstruct.create(1))).isEqualTo(Flow.END);
                    assertThat(two.local()).isPresent();
                }
            }
        }
    }

    @Test
    void aListenerWithoutAPlaceCanBeClosedUnderItsWaiter() throws Exception {
        var listener = SocketListener.open(LOOPBACK4, 16, 1);
        try (Flow flow = SocketConnector.create().connect(listener.local().orElseThrow());
                Flow first = listener.accept()) {
            var second = new FutureTask<>(listener::accept);
            Thread waiter = Thread.ofVirtual().start(second);
            while (waiter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            listener.close();
            assertThatThrownBy(second::get).hasRootCauseMessage("listener is closed");
            assertThat(first.remote()).isEqualTo(flow.local());
        }
    }

    @Test
    void aPortThatIsTakenIsToldWithItsName() throws Exception {
        try (var listener = SocketListener.open(LOOPBACK4)) {
            Endpoint taken = listener.local().orElseThrow();
            assertThatIOException()
                    .isThrownBy(() -> SocketListener.open(taken))
                    .withMessageStartingWith("listen at " + taken);
        }
        try (var port = SocketDatagrams.open(LOOPBACK4)) {
            assertThatIOException()
                    .isThrownBy(() -> SocketDatagrams.open(port.local()))
                    .withMessageStartingWith("open " + port.local());
        }
    }

    @Test
    void aConnectThatNobodyAnswersTimesOut() throws Exception {
        // A full backlog leaves SYNs unanswered.
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0), 1);
            Endpoint at = Endpoint.of("127.0.0.1:" + server.getLocalPort());
            var connector = SocketConnector.create(TimeUnit.MILLISECONDS.toNanos(100));
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 10; i++) {
                                    connector.connect(at);
                                }
                            })
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining(at.toString());
        }
    }

    @Test
    void nativeWindowsAreReadAndWrittenToo() throws Exception {
        try (var arena = java.lang.foreign.Arena.ofShared();
                var listener = SocketListener.open(LOOPBACK4);
                Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
                Flow far = listener.accept()) {
            Cstruct buf = Cstruct.allocate(arena, 64, 8);
            buf.fill(0x5a);
            near.write(buf);
            Cstruct target = Cstruct.allocate(arena, 64, 8);
            assertThat(far.read(target)).isPositive();
            assertThat(target.u8(0)).isEqualTo(0x5a);
        }
    }

    @Test
    void aPortBoundToNoAddressSaysSo() throws Exception {
        try (var any = SocketDatagrams.open(Endpoint.of("0.0.0.0:0"));
                var other = SocketDatagrams.open(LOOPBACK4)) {
            Datagram datagram = Datagram.create(1).length(1);
            datagram.remote(new Endpoint(IpAddress.of("127.0.0.1"), any.local().port()));
            other.send(datagram);
            any.receive(datagram.local(IpAddress.of("192.0.2.1")));
            assertThat(datagram.local()).isNull();
            datagram.local(IpAddress.of("192.0.2.1"));
            assertThatIOException()
                    .isThrownBy(() -> any.send(datagram))
                    .withMessageContaining("does not send from 192.0.2.1");
        }
    }

    @Test
    void manyFlowsWaitAtOnce() throws Exception {
        int count = 300;
        try (var listener = SocketListener.open(LOOPBACK4)) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    while (true) {
                                        Flow flow = listener.accept();
                                        Thread.ofVirtual().start(() -> echo(flow));
                                    }
                                } catch (IOException e) {
                                    // The test is over.
                                }
                            });
            var connector = SocketConnector.create();
            var clients = new java.util.ArrayList<FutureTask<Integer>>();
            for (int i = 0; i < count; i++) {
                int number = i;
                var client =
                        new FutureTask<>(
                                () -> {
                                    try (Flow flow =
                                            connector.connect(listener.local().orElseThrow())) {
                                        Cstruct buf = Cstruct.create(4);
                                        for (int turn = 0; turn < 20; turn++) {
                                            buf.putU32be(0, number * 100 + turn);
                                            flow.write(buf);
                                            buf.fill(0);
                                            for (int at = 0; at < 4; ) {
                                                at += flow.read(buf.shift(at));
                                            }
                                            assertThat(buf.u32be(0)).isEqualTo(number * 100 + turn);
                                        }
                                        return number;
                                    }
                                });
                Thread.ofVirtual().start(client);
                clients.add(client);
            }
            for (int i = 0; i < count; i++) {
                assertThat(clients.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }

    private static void echo(Flow flow) {
        try (flow) {
            Cstruct buf = Cstruct.create(64);
            for (int octets; (octets = flow.read(buf)) != Flow.END; ) {
                flow.write(buf.sub(0, octets));
            }
        } catch (IOException e) {
            flow.abort();
        }
    }

    @Test
    void theResolverKnowsLiteralsAndLocalhostAndNoOddNumbers() throws Exception {
        var resolver = new HostResolver();
        assertThat(resolver.resolve("2001:db8::1")).containsExactly(IpAddress.of("2001:db8::1"));
        assertThat(resolver.resolve("localhost")).allMatch(IpAddress::isLoopback).isNotEmpty();
        for (String odd : new String[] {"", ".", "1", "0x7f.1", "127.1", "1.2.3.4.", "::1%lo"}) {
            assertThat(resolver.resolve(odd)).as(odd).isEmpty();
        }
        assertThat(resolver.resolve("nobody.invalid")).isEmpty();
    }

    @Test
    void theResolverCanBeInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new HostResolver().resolve("localhost"))
                .isInstanceOf(java.io.InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void emptyAndHostileUse() throws Exception {
        assertThatThrownBy(() -> SocketListener.open(LOOPBACK4, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SocketConnector.create(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatIOException()
                .isThrownBy(() -> SocketConnector.create().connect(Endpoint.of("127.0.0.1:0")))
                .withMessageContaining("127.0.0.1:0");
        try (var listener = SocketListener.open(LOOPBACK4);
                Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
                Flow far = listener.accept()) {
            near.write(ReadOnlyCstruct.of(""));
            assertThat(far.read(Cstruct.empty())).isZero();
        }
    }
}
