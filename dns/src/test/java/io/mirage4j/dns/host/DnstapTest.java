// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.client.ClientOptions;
import io.mirage4j.dns.server.PeerServer;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What dnstap's own programs read of what we write.
@Timeout(60)
class DnstapTest {

    private final Clock clock = new HostClock();
    private final DnsServer server = new DnsServer(ServerOptions.of(1, 2), clock);
    private Endpoint at;

    @TempDir Path folder;

    @BeforeEach
    void serve() throws IOException {
        var files = new MemoryKv();
        files.put("zone", "$TTL 60\n@ SOA ns admin 1 1 1 1 1\n@ NS ns\nns A 192.0.2.1\n");
        var read = ZoneBuilder.read(files, "zone", DnsName.of("example.org."));
        server.zones(Zones.of(((ZoneBuilder.Good) read).zone()));
        at = Endpoint.of("127.0.0.1:" + PeerServer.freePort());
        server.serve(SocketDatagrams.open(at));
        server.serve(SocketListener.open(at));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void ask(ClientOptions.Transport transport, int count) throws IOException {
        var options = ClientOptions.of(at).withTransport(transport);
        try (var dns =
                new DnsClient(
                        options,
                        SocketDatagrams::open,
                        SocketConnector.create(),
                        new HostEntropy(),
                        clock)) {
            for (int i = 0; i < count; i++) dns.lookup("n" + i + ".example.org", RrType.TXT);
        }
    }

    private static String output(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output;
        try (var in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void aFileIsReadByDnstapLdns() throws Exception {
        Path reader = Peers.require("dnstap-ldns");
        Path file = folder.resolve("tap");
        var log = new DnstapLog(1 << 20, "ns1.example.org", "mirage4j");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (var tap = DnstapWriter.toFile(log, channel)) {
            server.tap(log);
            ask(ClientOptions.Transport.DATAGRAM, 100);
            ask(ClientOptions.Transport.STREAM, 3);
            assertThat(tap).isNotNull();
        }
        assertThat(log.lost()).isZero();
        assertThat(log.frames()).isEqualTo(103);
        String yaml = output(List.of(reader.toString(), "-y", "-r", file.toString()));
        assertThat(yaml.split("type: AUTH_RESPONSE", -1)).hasSize(104);
        assertThat(yaml)
                .contains("identity: \"ns1.example.org\"", "version: \"mirage4j\"")
                .contains("socket_family: INET", "socket_protocol: UDP", "socket_protocol: TCP")
                .contains("query_address: \"127.0.0.1\"", "response_address: \"127.0.0.1\"")
                .contains("response_port: " + at.port())
                .containsIgnoringCase("n99.example.org.")
                .contains("rcode: NXDOMAIN");
    }

    @Test
    void aProgramAtASocketTakesThem() throws Exception {
        Path capture = Peers.require("fstrm_capture");
        Path reader = Peers.require("dnstap-ldns");
        Path socket = folder.resolve("socket");
        var log = new DnstapLog(1 << 20, "ns1", "1");
        server.tap(log);
        // The writer is there first, and looks for the program until it is there too.
        var tap =
                DnstapWriter.toSocket(
                        log, () -> SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        ask(ClientOptions.Transport.DATAGRAM, 50);
        Path file = folder.resolve("captured");
        capture(capture, file, log, tap, List.of("-u", socket.toString()));
        assertThat(lines(reader, file)).hasSize(50).allMatch(line -> line.contains(" AR "));
    }

    @Test
    void aProgramThatIsReachedByTcpTakesThem() throws Exception {
        Path capture = Peers.require("fstrm_capture");
        Path reader = Peers.require("dnstap-ldns");
        int port = PeerServer.freePort();
        var log = new DnstapLog(1 << 20, "ns1", "1");
        server.tap(log);
        var tap =
                DnstapWriter.toServer(
                        log, SocketConnector.create(), Endpoint.of("127.0.0.1:" + port));
        ask(ClientOptions.Transport.DATAGRAM, 50);
        Path file = folder.resolve("captured");
        capture(capture, file, log, tap, List.of("-a", "127.0.0.1", "-p", "" + port));
        assertThat(lines(reader, file)).hasSize(50).allMatch(line -> line.contains(" AR "));
    }

    /// Runs fstrm_capture until it has all that is in `log`.
    private void capture(
            Path capture, Path file, DnstapLog log, DnstapWriter tap, List<String> where)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(capture.toString()));
        command.addAll(List.of("-t", DnstapLog.CONTENT_TYPE, "-w", file.toString()));
        command.addAll(where);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        try {
            while (!log.isEmpty()) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(5);
            }
            tap.close();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static List<String> lines(Path reader, Path file) throws Exception {
        return output(List.of(reader.toString(), "-q", "-r", file.toString())).lines().toList();
    }

    @Test
    void whatNobodyTakesIsLeftOutAndCounted() throws Exception {
        var log = new DnstapLog(1000, "ns1", "1");
        server.tap(log);
        ask(ClientOptions.Transport.DATAGRAM, 100);
        assertThat(log.frames()).isPositive().isLessThan(10);
        assertThat(log.frames() + log.lost()).isEqualTo(100);
        Cstruct all = Cstruct.create(DnstapLog.MOST_FRAME_OCTETS);
        assertThat(log.take(all)).isBetween(1, 1000);
        ask(ClientOptions.Transport.DATAGRAM, 1);
        int length = log.take(all);
        assertThat(length).isEqualTo(4 + all.u32be(0));
    }
}
