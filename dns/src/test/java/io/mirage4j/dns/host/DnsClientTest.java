// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.client.Answer;
import io.mirage4j.dns.client.ClientOptions;
import io.mirage4j.dns.client.Hosts;
import io.mirage4j.dns.client.SearchList;
import io.mirage4j.dns.server.PeerServer;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.platform.memory.MemoryNetwork;
import io.mirage4j.platform.memory.SeededEntropy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class DnsClientTest {
    private static final Endpoint ANY_PORT = Endpoint.of("127.0.0.1:0");
    private static final long MILLIS = 1_000_000;

    private final Clock clock = new HostClock();
    private final AtomicInteger connects = new AtomicInteger();
    private final Connector counted =
            remote -> {
                connects.incrementAndGet();
                return SocketConnector.create().connect(remote);
            };
    private DnsServer server;
    private Endpoint at;

    @BeforeEach
    void serve() throws IOException {
        server = new DnsServer(ServerOptions.of(1, 2), clock);
        server.zones(zones());
        at = Endpoint.of("127.0.0.1:" + PeerServer.freePort());
        server.serve(SocketDatagrams.open(at));
        server.serve(SocketListener.open(at));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static Zones zones() throws IOException {
        var text =
                new StringBuilder("$TTL 60\n@ SOA ns admin 1 1 1 1 30\n@ NS ns\nns A 192.0.2.1\n");
        text.append("www A 192.0.2.2\nwww AAAA 2001:db8::2\nalias CNAME www\nonly6 AAAA ::5\n");
        text.append("xn--mnchen-3ya A 192.0.2.99\n");
        for (int i = 0; i < 100; i++)
            text.append("long TXT \"").append("x".repeat(99)).append(i).append("\"\n");
        for (int i = 0; i < 500; i++) text.append("h%d A 198.51.100.%d%n".formatted(i, i % 250));
        var files = new MemoryKv();
        byte[] octets = text.toString().getBytes(StandardCharsets.US_ASCII);
        files.put("zone", Cstruct.of(octets).readOnly(), Instant.EPOCH);
        var read = ZoneBuilder.read(files, "zone", DnsName.of("example.org."));
        return Zones.of(((ZoneBuilder.Good) read).zone());
    }

    private DnsClient client(ClientOptions options) {
        return new DnsClient(options, SocketDatagrams::open, counted, new HostEntropy(), clock);
    }

    private DnsClient client() {
        return client(ClientOptions.of(at));
    }

    @Test
    void recordsAreLookedUp() throws IOException {
        try (var dns = client()) {
            Answer answer = dns.lookup("www.example.org", RrType.A);
            assertThat(answer.records()).hasToString("[www.example.org.\t60\tIN\tA\t192.0.2.2]");
            assertThat(answer.server()).isEqualTo(at);
            assertThat(dns.lookup("no.example.org", RrType.A).outcome())
                    .isEqualTo(Answer.Outcome.NO_SUCH_NAME);
            assertThat(dns.lookup("www.example.org", RrType.MX).outcome())
                    .isEqualTo(Answer.Outcome.NO_DATA);
            assertThat(dns.lookup("alias.example.org", RrType.A).name())
                    .isEqualTo(DnsName.of("www.example.org."));
            assertThat(connects).hasValue(0);
        }
    }

    @Test
    void namesInOtherAlphabetsAreAskedForInTheirOwnForm() throws IOException {
        try (var dns = client()) {
            DnsClient idna = dns.withNames(IDN::toASCII);
            assertThat(idna.resolve("m\u00fcnchen.example.org"))
                    .containsExactly(IpAddress.of("192.0.2.99"));
            assertThat(idna.lookup("M\u00dcNCHEN.example.org", RrType.A).isFound()).isTrue();
        }
    }

    @Test
    void aLongAnswerComesOverAStream() throws IOException {
        try (var dns = client()) {
            assertThat(dns.lookup("long.example.org", RrType.TXT).records()).hasSize(100);
            assertThat(connects).hasValue(1);
        }
    }

    @Test
    void oneStreamServesOneQuestionAfterTheOther() throws IOException {
        try (var dns = client(ClientOptions.of(at).withTransport(ClientOptions.Transport.STREAM))) {
            for (int i = 0; i < 20; i++) {
                assertThat(dns.lookup("h" + i + ".example.org", RrType.A).isFound()).isTrue();
            }
            assertThat(connects).hasValue(1);
        }
    }

    @Test
    void aStreamIsNotKeptForAServerThatKeepsNone() throws IOException {
        var port = SocketListener.open(ANY_PORT);
        var there = port.local().orElseThrow();
        var options = ClientOptions.of(there).withTransport(ClientOptions.Transport.STREAM);
        var none = new ServerOptions(1232, Blob.EMPTY, 1, 2, 0, 0, 2, false);
        try (var hasty = new DnsServer(none, clock);
                var dns = client(options)) {
            hasty.zones(zones());
            hasty.serve(port);
            for (int i = 0; i < 3; i++) {
                assertThat(dns.lookup("h" + i + ".example.org", RrType.A).isFound()).isTrue();
            }
            assertThat(connects).hasValue(3);
        }
    }

    @Test
    void aStreamThatTheServerClosedIsMadeAgain() throws IOException {
        var options = ClientOptions.of(at).withTransport(ClientOptions.Transport.STREAM);
        try (var dns = client(options)) {
            assertThat(dns.lookup("h1.example.org", RrType.A).isFound()).isTrue();
            server.close();
            try (var next = new DnsServer(ServerOptions.of(1, 2), clock)) {
                next.zones(zones());
                next.serve(SocketListener.open(at));
                assertThat(dns.lookup("h2.example.org", RrType.A).isFound()).isTrue();
            }
            assertThat(connects).hasValue(2);
        }
    }

    @Test
    void addressesOfBothVersionsAreResolved() throws IOException {
        var search = new SearchList(List.of(DnsName.of("example.org.")), 1);
        try (var dns = client(ClientOptions.of(at).withSearch(search))) {
            List<IpAddress> both = List.of(IpAddress.of("2001:db8::2"), IpAddress.of("192.0.2.2"));
            assertThat(dns.resolve("www.example.org")).isEqualTo(both);
            assertThat(dns.resolve("alias")).isEqualTo(both);
            assertThat(dns.resolve("no.example.org")).isEmpty();
            assertThat(dns.resolve("192.0.2.7")).containsExactly(IpAddress.of("192.0.2.7"));
            assertThat(dns.resolve("::1")).containsExactly(IpAddress.of("::1"));
            assertThat(dns.resolve("localhost")).contains(IpAddress.of("127.0.0.1"));
            assertThat(
                            dns.with(address -> address.lengthOctets() == 4 ? address : null)
                                    .resolve("www"))
                    .isEqualTo(both.reversed());
            assertThat(dns.with(Hosts.parse("192.0.2.9 www.example.org")).resolve("www"))
                    .containsExactly(IpAddress.of("192.0.2.9"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "192.0.2.256", "1.2", "\\1"})
    void aTextThatNamesNoHostHasNoAddressAndNobodyIsAsked(String text) throws IOException {
        server.close();
        try (var dns = client()) {
            assertThat(dns.resolve(text)).isEmpty();
        }
    }

    @Test
    void aFailureNamesServerNameAndWayOut() throws IOException {
        try (var silent = SocketDatagrams.open(ANY_PORT);
                var dns = client(ClientOptions.of(silent.local()).withPatience(MILLIS, 2))) {
            assertThatThrownBy(() -> dns.resolve("www.example.org"))
                    .isInstanceOf(LookupFailedException.class)
                    .hasMessageMatching(
                            "no answer for www\\.example\\.org\\. A+: 127\\.0\\.0\\.1:\\d+ did not"
                                    + " answer in time \\(2 times\\); ask again later, or name other"
                                    + " servers");
        }
    }

    @Test
    void refusalsSayWhy() throws IOException {
        try (var dns = client()) {
            assertThatThrownBy(() -> dns.lookup("www.example.com", RrType.A))
                    .hasMessageContaining("says REFUSED (extended error 20)");
        }
    }

    @Test
    void aStreamThatNeverAnswersIsGivenUp() throws IOException {
        try (var silent = SocketListener.open(ANY_PORT)) {
            var options =
                    ClientOptions.of(silent.local().orElseThrow())
                            .withTransport(ClientOptions.Transport.STREAM)
                            .withPatience(20 * MILLIS, 1);
            try (var dns = client(options)) {
                assertThatThrownBy(() -> dns.lookup("www.example.org", RrType.A))
                        .hasMessageContaining("could not be asked over a stream");
            }
        }
    }

    @Test
    void whereNobodyListensTheFailureSaysSo() throws IOException {
        server.close();
        var options = ClientOptions.of(at).withTransport(ClientOptions.Transport.STREAM);
        try (var dns = client(options)) {
            assertThatThrownBy(() -> dns.lookup("www.example.org", RrType.A))
                    .hasMessageContaining("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptedThreadLeaves(boolean byStream) throws Exception {
        var nobody = Endpoint.of("127.0.0.1:" + PeerServer.freePort());
        try (var silent = SocketDatagrams.open(nobody);
                var listener = SocketListener.open(nobody)) {
            assertThat(listener.local()).isPresent();
            var options = ClientOptions.of(silent.local()).withPatience(50_000 * MILLIS, 1);
            if (byStream) {
                options = options.withTransport(ClientOptions.Transport.STREAM);
            }
            try (var dns = client(options);
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<Boolean> ask =
                        () -> {
                            Thread.currentThread().interrupt();
                            assertThatThrownBy(() -> dns.resolve("www.example.org"))
                                    .isInstanceOf(InterruptedIOException.class);
                            return Thread.currentThread().isInterrupted();
                        };
                assertThat(threads.submit(ask).get()).isTrue();
            }
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        try (var silent = SocketDatagrams.open(ANY_PORT);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var dns = client(ClientOptions.of(silent.local()).withPatience(50_000 * MILLIS, 1));
            Future<Answer> asked = threads.submit(() -> dns.lookup("www.example.org", RrType.A));
            silent.receive(Datagram.create(512));
            dns.close();
            assertThatThrownBy(asked::get).hasMessageContaining("the client is closed");
        }
    }

    @Test
    void manyAskAtTheSameTime() throws Exception {
        try (var dns = client();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<IpAddress>>> asked = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String name = "h" + i + ".example.org";
                asked.add(threads.submit(() -> dns.resolve(name)));
            }
            for (int i = 0; i < asked.size(); i++) {
                IpAddress expected = IpAddress.of("198.51.100." + i % 250);
                assertThat(asked.get(i).get()).containsExactly(expected);
            }
        }
    }

    /// Half of the datagrams on the way are lost, forged or spoilt; no answer is wrong for it.
    @Test
    void aBadPathCostsTimeButNoTruth() throws IOException {
        var responder = new Responder(ServerOptions.of(1, 2));
        responder.zones(zones());
        try (var faulty = new FaultyServer(responder, 1)) {
            server.serve(SocketListener.open(faulty.endpoint()));
            var options = ClientOptions.of(faulty.endpoint()).withPatience(50 * MILLIS, 10);
            try (var dns = client(options)) {
                for (int i = 0; i < 400; i++) {
                    Answer answer = dns.lookup("h" + i + ".example.org", RrType.A);
                    assertThat(answer.records())
                            .singleElement()
                            .hasToString(
                                    "h%d.example.org.\t60\tIN\tA\t198.51.100.%d"
                                            .formatted(i, i % 250));
                }
            }
            assertThat(faulty.faults()).isGreaterThan(200);
        }
    }

    @Test
    void theSameClientRunsOnOtherNetworks() throws IOException {
        var network = new MemoryNetwork();
        Endpoint there = Endpoint.of("192.0.2.53:53");
        server.serve(network.datagrams(there));
        server.serve(network.listen(there));
        IpAddress here = IpAddress.of("192.0.2.9");
        DatagramPorts ports = local -> network.datagrams(new Endpoint(here, local.port()));
        try (var dns =
                new DnsClient(
                        ClientOptions.of(there),
                        ports,
                        network.connector(here),
                        new SeededEntropy(1),
                        clock)) {
            assertThat(dns.resolve("www.example.org")).hasSize(2);
            assertThat(dns.lookup("long.example.org", RrType.TXT).records()).hasSize(100);
        }
    }
}
