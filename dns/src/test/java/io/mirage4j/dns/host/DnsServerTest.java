// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.server.PeerServer;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

@Timeout(60)
class DnsServerTest {
    private static final DnsName WWW = DnsName.of("www.example.org.");
    private static final Endpoint ANY_PORT = Endpoint.of("127.0.0.1:0");

    private final Clock clock = new HostClock();

    /// Idle connections are kept for two seconds.
    private final DnsServer server =
            new DnsServer(new ServerOptions(1232, Blob.EMPTY, 1, 2, 20, 0, 0, false), clock);

    private Endpoint at;

    @BeforeEach
    void serve() throws IOException {
        server.zones(Zones.of(zone(1)));
        at = Endpoint.of("127.0.0.1:" + PeerServer.freePort());
        server.serve(SocketDatagrams.open(at));
        server.serve(SocketListener.open(at));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static Zone zone(int serial) throws IOException {
        String text =
                "$TTL 60\n@ SOA ns admin %d 1 1 1 1\n@ NS ns\nns A 192.0.2.1\nwww A 192.0.2.2\n"
                        .formatted(serial);
        var files = new MemoryKv();
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        files.put("zone", Cstruct.of(octets).readOnly(), Instant.EPOCH);
        var read = ZoneBuilder.read(files, "zone", DnsName.of("example.org."));
        return ((ZoneBuilder.Good) read).zone();
    }

    private static Cstruct framed(int id) {
        Cstruct query = Message.query(id, WWW, RrType.A, null).toOctets();
        Cstruct framed = Cstruct.create(2 + query.length());
        framed.putU16be(0, query.length());
        query.copyTo(0, framed, 2, query.length());
        return framed;
    }

    private static byte[] read(Flow flow, int count) throws IOException {
        Cstruct buf = Cstruct.create(count);
        int have = 0;
        while (have < count) {
            int read = flow.read(buf.sub(have, count - have));
            if (read == Flow.END) throw new IOException("the server closed");
            have += read;
        }
        return buf.toByteArray(0, count);
    }

    private static Message readMessage(Flow flow) throws IOException {
        int length = Cstruct.of(read(flow, 2)).u16be(0);
        return Message.parse(Cstruct.of(read(flow, length))).orThrow();
    }

    @Test
    void queriesOnOneStreamNeedNotWaitForAnswers() throws IOException {
        try (Flow flow = SocketConnector.create().connect(at)) {
            Cstruct all = Cstruct.create(100 * framed(0).length());
            for (int id = 0; id < 100; id++) {
                Cstruct one = framed(id);
                one.copyTo(0, all, id * one.length(), one.length());
            }
            flow.write(all.readOnly());
            Set<Integer> ids = new TreeSet<>();
            for (int i = 0; i < 100; i++) ids.add(readMessage(flow).id());
            assertThat(ids).hasSize(100);
        }
    }

    @Test
    void aQueryMayComeOctetByOctet() throws IOException {
        try (Flow flow = SocketConnector.create().connect(at)) {
            Cstruct query = framed(9);
            for (int i = 0; i < query.length(); i++) flow.write(query.sub(i, 1).readOnly());
            assertThat(readMessage(flow).answers()).hasSize(1);
        }
    }

    @Test
    void anIdleStreamIsClosed() throws IOException {
        try (Flow flow = SocketConnector.create().connect(at)) {
            flow.write(framed(1).readOnly());
            readMessage(flow);
            assertThatThrownBy(() -> read(flow, 1)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aMessageOfAnyLengthIsTaken() throws IOException {
        try (Flow flow = SocketConnector.create().connect(at)) {
            Cstruct longest = Cstruct.create(2 + Responder.MAX_OCTETS);
            longest.putU16be(0, Responder.MAX_OCTETS);
            longest.putU16be(2, 77);
            flow.write(longest.readOnly());
            Message answer = readMessage(flow);
            assertThat(answer.id()).isEqualTo(77);
            assertThat(answer.rcode()).isEqualTo(Rcode.FORMERR);
        }
    }

    @Test
    void zonesAreReplacedWithoutALostQuery() throws Exception {
        try (var port = SocketDatagrams.open(ANY_PORT)) {
            port.receiveTimeout(10_000_000_000L);
            var datagram = Datagram.create(1500);
            int serial = 1;
            for (int i = 0; i < 1000; i++) {
                if (i % 10 == 0) {
                    server.zones(server.zones().with(zone(++serial)));
                }
                DnsName name = DnsName.of("example.org.");
                Cstruct query = Message.query(i, name, RrType.SOA, null).toOctets();
                query.copyTo(0, datagram.buffer(), 0, query.length());
                port.send(datagram.length(query.length()).remote(at).local(null));
                port.receive(datagram);
                Message answer = Message.parse(datagram.payload()).orThrow();
                assertThat(answer.id()).isEqualTo(i);
                var soa = (RecordData.Soa) answer.answers().getFirst().data().value();
                assertThat(soa.serial()).isEqualTo(serial);
            }
        }
    }

    @Test
    void aClosedServerAnswersNobody() throws IOException {
        server.close();
        assertThatThrownBy(
                        () -> {
                            try (Flow flow = SocketConnector.create().connect(at)) {
                                flow.write(framed(1).readOnly());
                                read(flow, 2);
                            }
                        })
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "dig, -p, +notcp, status: NOERROR",
        "dig, -p, +tcp, status: NOERROR",
        "drill, -p, -4, rcode: NOERROR",
        "drill, -p, -t, rcode: NOERROR",
    })
    void toolsUnderstandTheAnswers(String program, String port, String option, String expected)
            throws Exception {
        String path = Peers.require(program).toString();
        List<String> command = new ArrayList<>(List.of(path, port, "" + at.port(), option));
        command.addAll(List.of("@127.0.0.1", "www.example.org", "A"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output;
        try (var in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(output).contains(expected).contains("192.0.2.2").doesNotContain("WARNING: M");
    }
}
