// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.memory.LinkFaults;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketsTest {
    private static final boolean FULL = Boolean.getBoolean("mirage.full");
    private static final Endpoint SERVER = new Endpoint(TwoHosts.RIGHT, 80);

    private static <T> FutureTask<T> together(Callable<T> work) {
        var task = new FutureTask<T>(work);
        Thread.startVirtualThread(task);
        return task;
    }

    private static void await(Sockets net, Predicate<Stack> condition) throws IOException {
        var holds = new boolean[1];
        while (!holds[0]) {
            net.run((stack, now) -> holds[0] = condition.test(stack));
        }
    }

    private static byte[] readToEnd(Flow flow) throws IOException {
        var all = new ByteArrayOutputStream();
        Cstruct buf = Cstruct.create(10_007);
        for (int count; (count = flow.read(buf)) != Flow.END; ) {
            all.writeBytes(buf.toByteArray(0, count));
        }
        return all.toByteArray();
    }

    @Test
    void allOctetsArriveOverALinkThatLosesAndCorrupts() throws Exception {
        LinkFaults faults =
                LinkFaults.NONE
                        .loss(0.01)
                        .corruption(0.01)
                        .duplication(0.01)
                        .reordering(0.02)
                        .delayNanos(200_000);
        byte[] octets = new byte[FULL ? 20_000_003 : 1_000_003];
        new Random(3).nextBytes(octets);
        try (TwoHosts hosts =
                        TwoHosts.joinedBadly(3, faults, FlowOverFaultyLinkTest::smallBuffers);
                TcpServerSocket server = hosts.right.listen(SERVER);
                TcpSocket near = hosts.left.connect(SERVER);
                TcpSocket far = server.accept()) {
            var writer =
                    together(
                            () -> {
                                near.write(Cstruct.of(octets));
                                near.shutdownOutput();
                                return true;
                            });
            assertThat(readToEnd(far)).isEqualTo(octets);
            assertThat(writer.get()).isTrue();
        }
    }

    @Test
    void whoWaitsIsToldThatTheLoopHasFailed() throws Exception {
        var clock = new HostClock();
        NetDevice nic = MemoryLink.create(8).left();
        var loop = new HostLoop[1];
        StackConfig config = StackConfig.builder(nic).address(IpPrefix.of("192.0.2.1/24")).build();
        Sockets net =
                Sockets.start(
                        Stack.create(config, new HostEntropy(), clock.nanoTime()),
                        clock,
                        engine -> loop[0] = HostLoop.start("failing", engine, nic, clock));
        TcpServerSocket server = net.listen(Endpoint.of("[::]:80"));
        UdpSocket port = net.bind(Endpoint.of("[::]:53"));
        var accepting = together(server::accept);
        var receiving =
                together(
                        () -> {
                            port.receive(Datagram.create(1));
                            return true;
                        });
        var connecting = together(() -> net.connect(Endpoint.of("192.0.2.2:80")));
        await(net, stack -> stack.tcp().connections() == 1);
        loop[0].execute(
                () -> {
                    throw new IllegalStateException("out of order");
                });
        for (var waiting : List.of(accepting, receiving, connecting)) {
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class);
        }
        net.close();
        assertThat(loop[0].failure()).isPresent();
    }

    @Test
    void manyConnectionsLeaveNothingBehind() throws Exception {
        int connections = FULL ? 100_000 : 10_000;
        try (TwoHosts hosts =
                        TwoHosts.joined(
                                tcp -> {
                                    tcp.timeWaitNanos = 1_000_000;
                                    return tcp;
                                });
                TcpServerSocket server = hosts.right.listen(SERVER)) {
            for (int i = 0; i < connections; i++) {
                try (TcpSocket near = hosts.left.connect(SERVER);
                        TcpSocket far = server.accept()) {
                    near.write(ReadOnlyCstruct.of("x"));
                    assertThat(far.read(Cstruct.create(1))).isOne();
                }
            }
            for (Sockets net : new Sockets[] {hosts.left, hosts.right}) {
                await(net, stack -> stack.tcp().connections() == 0);
                net.run(
                        (stack, now) -> {
                            assertThat(stack.tcp().memoryInUse()).isZero();
                            assertThat(stack.counters().packets()).isZero();
                        });
            }
        }
    }

    @Test
    void closingAllFailsWhoeverWaits() throws Exception {
        TwoHosts hosts = TwoHosts.joined();
        TcpServerSocket server = hosts.right.listen(SERVER);
        TcpSocket near = hosts.left.connect(SERVER);
        UdpSocket port = hosts.left.bind(new Endpoint(TwoHosts.LEFT, 0));
        server.accept();
        var reader = together(() -> near.read(Cstruct.create(1)));
        var writer =
                together(
                        () -> {
                            near.write(Cstruct.create(20_000_000));
                            return true;
                        });
        var receiver =
                together(
                        () -> {
                            port.receive(Datagram.create(1));
                            return true;
                        });
        var acceptor = together(server::accept);
        hosts.close();
        for (var waiting : new FutureTask<?>[] {reader, writer, receiver, acceptor}) {
            assertThatThrownBy(waiting::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
        assertThatIOException().isThrownBy(() -> hosts.left.connect(SERVER));
        assertThatIOException().isThrownBy(() -> hosts.left.listen(SERVER));
    }

    @Test
    void anInterruptedConnectLeavesNoConnection() throws Exception {
        try (TwoHosts hosts = TwoHosts.joined()) {
            Endpoint nobody = Endpoint.of("192.0.2.77:80");
            var failure = new FutureTask<Exception>(() -> failureOf(hosts.left, nobody));
            Thread thread = Thread.startVirtualThread(failure);
            await(hosts.left, stack -> stack.tcp().connections() == 1);
            thread.interrupt();
            assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
            await(hosts.left, stack -> stack.tcp().connections() == 0);
        }
    }

    private static Exception failureOf(Sockets net, Endpoint to) {
        try {
            net.connect(to).abort();
            return new IllegalStateException("connected");
        } catch (IOException e) {
            return e;
        }
    }

    @Test
    void whereNobodyListensIsSaid() throws Exception {
        try (TwoHosts hosts = TwoHosts.joined()) {
            assertThatIOException()
                    .isThrownBy(() -> hosts.left.connect(SERVER))
                    .withMessage("192.0.2.2:80: refused: nobody listens there");
            assertThatIOException()
                    .isThrownBy(() -> hosts.left.connect(Endpoint.of("203.0.113.1:80")))
                    .withMessageContaining("203.0.113.1:80");
            hosts.right.listen(SERVER);
            assertThatIOException()
                    .isThrownBy(() -> hosts.right.listen(SERVER))
                    .withMessageContaining("192.0.2.2:80");
        }
    }

    private static Datagram datagram(String text, Endpoint to) {
        Datagram datagram = Datagram.create(100).remote(to).length(text.length());
        datagram.buffer().put(0, ReadOnlyCstruct.of(text));
        return datagram;
    }

    /// RFC 1122, 4.1.3.3; as Linux does it.
    @Test
    void aConnectedPortIsToldOnceThatNobodyReceives() throws Exception {
        try (TwoHosts hosts = TwoHosts.joined();
                UdpSocket near = hosts.left.bind(new Endpoint(TwoHosts.LEFT, 0))) {
            near.connect(SERVER);
            near.send(datagram("anybody?", SERVER));
            assertThatExceptionOfType(UnreachableException.class)
                    .isThrownBy(() -> near.receive(Datagram.create(10)))
                    .withMessage("192.0.2.2:80: port unreachable: nobody receives there")
                    .satisfies(e -> assertThat(e.remote()).isEqualTo(SERVER))
                    .satisfies(e -> assertThat(e.error()).isEqualTo(IcmpError.PORT_UNREACHABLE));
            try (UdpSocket far = hosts.right.bind(SERVER)) {
                near.send(datagram("anybody?", SERVER));
                Datagram question = Datagram.create(100);
                far.receive(question);
                far.send(question);
                Datagram answer = Datagram.create(100);
                near.receive(answer);
                assertThat(answer.payload().text(UTF_8)).isEqualTo("anybody?");
            }
        }
    }

    @Test
    void whoSendsOnIsToldThatNobodyReceives() throws Exception {
        try (TwoHosts hosts = TwoHosts.joined();
                UdpSocket near = hosts.left.bind(new Endpoint(TwoHosts.LEFT_6, 0))) {
            var there = new Endpoint(TwoHosts.RIGHT_6, 80);
            near.connect(there);
            assertThatExceptionOfType(UnreachableException.class)
                    .isThrownBy(
                            () -> {
                                while (true) {
                                    near.send(datagram("anybody?", there));
                                }
                            });
        }
    }

    /// What one peer lacks is no fault of another.
    @Test
    void aPortThatIsNotConnectedIsToldNothing() throws Exception {
        var echo = new Endpoint(TwoHosts.RIGHT, 7);
        try (TwoHosts hosts = TwoHosts.joined();
                UdpSocket far = hosts.right.bind(echo);
                UdpSocket near = hosts.left.bind(new Endpoint(TwoHosts.LEFT, 0))) {
            near.send(datagram("nobody", SERVER));
            near.send(datagram("somebody", echo));
            Datagram question = Datagram.create(100);
            far.receive(question);
            far.send(question);
            Datagram answer = Datagram.create(100);
            near.receive(answer);
            assertThat(answer.payload().text(UTF_8)).isEqualTo("somebody");
            assertThat(answer.remote()).isEqualTo(echo);
        }
    }

    @Test
    void aListenerOfOneVersionLeavesThePortOfTheOther() throws Exception {
        try (TwoHosts hosts = TwoHosts.joined();
                TcpServerSocket six = hosts.right.listen(IpVersions.IPV6, 80)) {
            assertThatIOException().isThrownBy(() -> hosts.left.connect(SERVER));
            assertThatIOException().isThrownBy(() -> hosts.right.listen(Endpoint.of("[::]:80")));
            try (TcpServerSocket four = hosts.right.listen(Endpoint.of("0.0.0.0:80"));
                    TcpSocket toFour = hosts.left.connect(SERVER);
                    TcpSocket toSix = hosts.left.connect(new Endpoint(TwoHosts.RIGHT_6, 80));
                    TcpSocket ofSix = six.accept();
                    TcpSocket ofFour = four.accept()) {
                assertThat(ofFour.remote()).isEqualTo(toFour.local());
                assertThat(ofSix.remote()).isEqualTo(toSix.local());
            }
        }
    }

    @Test
    void ofSeveralAddressesTheBestThatAnswersIsTaken() throws Exception {
        try (TwoHosts hosts = TwoHosts.joined();
                TcpServerSocket server = hosts.right.listen(IpVersions.BOTH, 80)) {
            List<IpAddress> both = List.of(TwoHosts.RIGHT, TwoHosts.RIGHT_6);
            try (TcpSocket near = hosts.left.connect(both, 80)) {
                assertThat(near.remote()).contains(new Endpoint(TwoHosts.RIGHT_6, 80));
            }
            server.close();
            try (TcpServerSocket four = hosts.right.listen(IpVersions.IPV4, 80);
                    TcpSocket near = hosts.left.connect(both, 80)) {
                assertThat(near.remote()).contains(SERVER);
                assertThat(four.accept().remote()).isEqualTo(near.local());
            }
            assertThatIOException()
                    .isThrownBy(() -> hosts.left.connect(both, 81))
                    .withMessageStartingWith("[2001:db8::2]:81: refused")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
            assertThatIOException().isThrownBy(() -> hosts.left.connect(List.of(), 81));
        }
    }

    /// RFC 8305, 5: nobody waits for an address that says nothing.
    @Test
    void anAddressThatIsSilentIsOvertaken() throws Exception {
        IpAddress silent = IpAddress.of("2001:db8::99");
        try (TwoHosts hosts = TwoHosts.joined();
                TcpServerSocket server = hosts.right.listen(IpVersions.IPV4, 80);
                TcpSocket near = hosts.left.connect(List.of(silent, TwoHosts.RIGHT), 80);
                TcpSocket far = server.accept()) {
            assertThat(near.remote()).contains(SERVER);
            assertThat(far.remote()).isEqualTo(near.local());
            await(hosts.left, stack -> stack.tcp().connections() == 1);
        }
    }

    /// RFC 7413: the first connection brings the cookie, the second its data at once.
    @Test
    void dataGoWithTheSynOnceThereIsACookie() throws Exception {
        var fast = new TcpSettings();
        fast.fastOpen = true;
        fast.fastOpenBacklog = 8;
        ReadOnlyCstruct question = ReadOnlyCstruct.of("anybody?");
        try (TwoHosts hosts =
                        TwoHosts.joined(
                                tcp -> {
                                    tcp.fastOpenServer = true;
                                    return tcp;
                                });
                TcpServerSocket server = hosts.right.listen(SERVER, 8, fast)) {
            for (int i = 0; i < 2; i++) {
                try (TcpSocket near = hosts.left.connect(SERVER, new TcpSettings(), question);
                        TcpSocket far = server.accept()) {
                    Cstruct heard = Cstruct.create(100);
                    int octets = far.read(heard);
                    assertThat(heard.text(0, octets, UTF_8)).isEqualTo("anybody?");
                    assertThat(near.info().synData()).isEqualTo(i == 1);
                }
            }
        }
    }

    @Test
    void whoJoinsAGroupHearsIt() throws Exception {
        IpAddress group = IpAddress.of("239.1.2.3");
        var all = new Endpoint(group, 80);
        try (TwoHosts hosts = TwoHosts.joined();
                UdpSocket far = hosts.right.bind(Endpoint.of("0.0.0.0:80"));
                UdpSocket near = hosts.left.bind(new Endpoint(TwoHosts.LEFT, 0))) {
            near.hopLimit(3);
            near.send(datagram("nobody yet", all));
            near.send(datagram("you", SERVER));
            Datagram heard = Datagram.create(100);
            far.receive(heard);
            assertThat(heard.payload().text(UTF_8)).isEqualTo("you");
            far.join(group);
            near.send(datagram("all", all));
            far.receive(heard);
            assertThat(heard.payload().text(UTF_8)).isEqualTo("all");
            far.block(group, TwoHosts.LEFT);
            near.send(datagram("not you", all));
            far.leave(group);
            near.send(datagram("you again", SERVER));
            far.receive(heard);
            assertThat(heard.payload().text(UTF_8)).isEqualTo("you again");
            far.join(IpAddress.of("232.1.2.3"), TwoHosts.LEFT);
            near.send(datagram("subscribers", Endpoint.of("232.1.2.3:80")));
            far.receive(heard);
            assertThat(heard.payload().text(UTF_8)).isEqualTo("subscribers");
        }
    }

    @Test
    void anAcceptedConnectionKnowsItsState() throws Exception {
        try (TwoHosts hosts = TwoHosts.joined();
                TcpServerSocket server = hosts.right.listen(Endpoint.of("[::]:0"))) {
            int port = server.local().orElseThrow().port();
            try (TcpSocket near = hosts.left.connect(new Endpoint(TwoHosts.RIGHT_6, port));
                    TcpSocket far = server.accept()) {
                assertThat(near.info().state()).isEqualTo(TcpState.ESTABLISHED);
                assertThat(far.local()).contains(new Endpoint(TwoHosts.RIGHT_6, port));
                near.change(settings -> settings.noDelay = true);
            }
        }
    }
}
