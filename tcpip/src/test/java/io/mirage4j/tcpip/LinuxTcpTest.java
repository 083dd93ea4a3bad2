// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// Our sockets against Linux's TCP at the other end of a TAP, over both versions. tshark reads all
/// that was sent.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxTcpTest {
    private static final boolean FULL = Boolean.getBoolean("mirage.full");
    private static final int BULK = FULL ? 200_000_003 : 20_000_003;
    private static final int CONNECTIONS = FULL ? 10_000 : 1000;
    private static final Endpoint WEB = Endpoint.of("[::]:80");
    private static final Endpoint ECHO = Endpoint.of("[::]:7");
    private static final String V4 = "192.0.2.1";
    private static final String V6 = "[2001:db8::1]";

    @TempDir Path folder;

    private LinuxPeer peer;
    private byte[] octets;
    private Path file;
    private Path got;

    @BeforeEach
    void join() throws Exception {
        join(nic -> nic);
        octets = new byte[BULK];
        new Random(1).nextBytes(octets);
        file = Files.write(folder.resolve("sent"), octets);
        got = folder.resolve("got");
    }

    private void join(UnaryOperator<NetDevice> between) throws Exception {
        peer =
                new LinuxPeer(
                        folder,
                        settings ->
                                settings.address(IpPrefix.of("192.0.2.1/24"))
                                        .address(IpPrefix.of("2001:db8::1/64"))
                                        .duplicateProbes(0)
                                        .routerAdvertisements(false),
                        between);
    }

    @AfterEach
    void part() throws Exception {
        if (peer != null) {
            peer.close();
        }
    }

    private interface Service {
        void serve(Flow flow) throws IOException;
    }

    private void serve(Endpoint at, Service service) throws IOException {
        Listener listener = peer.net.listen(at);
        Thread.startVirtualThread(
                () -> {
                    try {
                        while (true) {
                            Flow flow = listener.accept();
                            Thread.startVirtualThread(() -> serve(flow, service));
                        }
                    } catch (IOException e) {
                        // The test is over.
                    }
                });
    }

    private static void serve(Flow flow, Service service) {
        try (flow) {
            service.serve(flow);
        } catch (IOException e) {
            // Linux went away; what it got is looked at there.
        }
    }

    private static void echo(Flow flow) throws IOException {
        Cstruct buf = Cstruct.create(1 << 16);
        for (int len; (len = flow.read(buf)) != Flow.END; ) {
            flow.write(buf.sub(0, len));
        }
    }

    /// As much of HTTP as curl needs: a request's end, then `body`.
    private static Service web(byte[] body) {
        return flow -> {
            Cstruct buf = Cstruct.create(4096);
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int len = flow.read(buf);
                if (len == Flow.END) return;
                head.append(buf.text(0, len, StandardCharsets.US_ASCII));
            }
            String status = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length;
            flow.write(ReadOnlyCstruct.of(status + "\r\nConnection: close\r\n\r\n"));
            flow.write(Cstruct.of(body));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void curlFetchesALotAsItWasSent(String us) throws Exception {
        Peers.require("curl");
        serve(WEB, web(octets));
        peer.exec("curl", "-sS", "-g", "-m", "60", "-o", got.toString(), "http://" + us + "/");
        assertThat(Files.readAllBytes(got)).isEqualTo(octets);
        endsWithoutFault();
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void aThousandShortConnectionsAreServed(String us) throws Exception {
        Peers.require("curl");
        serve(WEB, web("x".getBytes(StandardCharsets.US_ASCII)));
        String each = us.equals(V6) ? "http://\\[2001:db8::1\\]/" : "http://" + us + "/";
        String said = peer.exec("curl", "-sS", "-m", "60", each + "[1-" + CONNECTIONS + "]");
        assertThat(said.chars().filter(octet -> octet == 'x').count()).isEqualTo(CONNECTIONS);
        endsWithoutFault();
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void whatSocatSendsComesBackAfterItsHalfClose(String us) throws Exception {
        Peers.require("socat");
        serve(ECHO, LinuxTcpTest::echo);
        peer.exec(file, got, "socat", "-t", "60", "-", "TCP:" + us + ":7");
        assertThat(Files.readAllBytes(got)).isEqualTo(octets);
        endsWithoutFault();
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void aLinkThatLosesReordersAndDoublesHarmsNothing(String us) throws Exception {
        Peers.require("socat");
        peer.close();
        join(nic -> new FaultyNic(nic, 1));
        byte[] some = Arrays.copyOf(octets, BULK / 10);
        Files.write(file, some);
        serve(ECHO, LinuxTcpTest::echo);
        peer.exec(file, got, "socat", "-t", "60", "-", "TCP:" + us + ":7");
        assertThat(Files.readAllBytes(got)).isEqualTo(some);
        endsWithoutFault();
    }

    @ParameterizedTest
    @CsvSource({V4 + ", false", V4 + ", true", V6 + ", false", V6 + ", true"})
    void iperf3FindsAServerThatTakesAndGives(String us, boolean reverse) throws Exception {
        Peers.require("iperf3");
        Endpoint at = new Endpoint(IpAddress.of("::"), Iperf3Server.PORT);
        CompletableFuture<Long> octets = new Iperf3Server(peer.net.listen(at)).serveOne();
        String address = us.replace("[", "").replace("]", "");
        String said =
                peer.exec("iperf3", "-c", address, "-n", "" + BULK, reverse ? "-R" : "--no-delay");
        assertThat(said).contains("iperf Done");
        assertThat(octets.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(BULK);
        endsWithoutFault();
    }

    @Test
    void weConnectToLinuxManyTimesAndAreRefusedWhereNobodyListens() throws Exception {
        Peers.require("socat");
        peer.serve("socat", "TCP6-LISTEN:9,fork,reuseaddr", "EXEC:cat");
        for (Endpoint to :
                new Endpoint[] {Endpoint.of("192.0.2.254:9"), Endpoint.of("[2001:db8::fe]:9")}) {
            for (int i = 0; i < 50; i++) {
                askEcho(to, "number " + i);
            }
            Endpoint nobody = new Endpoint(to.address(), 10);
            assertThatIOException()
                    .isThrownBy(() -> peer.net.connect(nobody))
                    .withMessageContaining("refused");
        }
        endsWithoutFault();
    }

    private void askEcho(Endpoint to, String text) throws Exception {
        try (Flow flow = connectWhenItListens(to)) {
            flow.write(ReadOnlyCstruct.of(text));
            flow.shutdownOutput();
            Cstruct buf = Cstruct.create(100);
            var answer = new StringBuilder();
            for (int len; (len = flow.read(buf)) != Flow.END; ) {
                answer.append(buf.text(0, len, StandardCharsets.US_ASCII));
            }
            assertThat(answer).hasToString(text);
        }
    }

    /// socat needs a moment to start.
    private Flow connectWhenItListens(Endpoint to) throws IOException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (true) {
            try {
                return peer.net.connect(to);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) throw e;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void nmapFindsTheOpenPortAndNoOther(String us) throws Exception {
        Peers.require("nmap");
        serve(ECHO, LinuxTcpTest::echo);
        boolean v6 = us.equals(V6);
        String said =
                peer.exec(
                        "nmap",
                        v6 ? "-6" : "-4",
                        "-n",
                        "-Pn",
                        "-sS",
                        "-p",
                        "1-500",
                        v6 ? "2001:db8::1" : us);
        assertThat(said).containsPattern("7/tcp +open").contains("499 closed");
        endsWithoutFault();
    }

    private void endsWithoutFault() throws Exception {
        peer.close();
        peer = null;
        LinuxPeer.tsharkFindsNoFault(folder);
    }
}
