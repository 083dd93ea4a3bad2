// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.client.ClientOptions;
import io.mirage4j.dns.client.ResolvConf;
import io.mirage4j.dns.host.DatagramPorts;
import io.mirage4j.dns.host.DnsClient;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.host.ZoneSettings;
import io.mirage4j.dns.host.ZoneStore;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.memory.MemoryBlockDevice;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.platform.memory.MemoryNetwork;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.platform.memory.VirtualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The samples of the README and of the guide beside it, word for word.
class ReadmeSamplesTest {
    private static final String APEX =
            "$TTL 1h\n@ SOA ns admin 1 2h 1h 2w 5m\n@ NS ns\nns A 192.0.2.1\n";

    private final List<Ipv6Address> connected = new ArrayList<>();
    private final MessageView view = new MessageView();
    private final MessageWriter writer = new MessageWriter();

    @Test
    void aQuestionIsAskedAndItsAnswerRead() {
        DnsName name = DnsName.of("www.example.org.");
        Cstruct query = Message.query(4711, name, RrType.AAAA, Edns.of(1232, true)).toOctets();
        Message answer = Message.parse(exchange(query)).orThrow();
        for (ResourceRecord record : answer.answers()) {
            if (record.data().value() instanceof RecordData.Aaaa(Ipv6Address address)) {
                connect(address);
            }
        }

        assertThat(connected).containsExactly(Ipv6Address.of("2001:db8::1"));
    }

    private void connect(Ipv6Address address) {
        connected.add(address);
    }

    private Cstruct exchange(Cstruct query) {
        Cstruct buf = Cstruct.create(1232);
        DnsName apex = DnsName.of("www.example.org.");
        return buf.sub(0, answer(query, buf, apex, Rdata.of(RrType.AAAA, "2001:db8::1")));
    }

    private int answer(Cstruct datagram, Cstruct buf, DnsName apex, Rdata address) {
        if (view.parse(datagram) != MessageView.Verdict.OK) return 0;
        writer.start(buf, view.udpPayload());
        writer.header(view.id(), HeaderWire.QR | HeaderWire.AA);
        writer.question(view);
        if (view.asksFor(apex)) {
            writer.record(Section.ANSWER, apex, RrClass.IN, 300, address);
        }
        return writer.finish();
    }

    @Test
    void aZoneFileIsRead() throws IOException {
        var files = new MemoryKv();
        files.put("example.org.zone", "$TTL 1h\n@ A 192.0.2.1\n");
        var zone = new ZonePrinter(); // or a ZoneSink of yours
        new ZoneReader(files, ZoneRules.STANDARD)
                .read("example.org.zone", DnsName.of("example.org."), zone);
        zone.faults().forEach(System.out::println); // example.org.zone:7:12: not an IPv4 address
        String canonical = zone.emit().text(StandardCharsets.US_ASCII);
        assertThat(canonical).isEqualTo("example.org.\t3600\tIN\tA\t192.0.2.1\n");
    }

    @Test
    @Timeout(60)
    void tenLinesServeAZone() throws IOException {
        var files = new MemoryKv();
        files.put("example.org.zone", APEX);
        var entropy = new SeededEntropy(1);
        var clock = new VirtualClock();
        var network = new MemoryNetwork();
        var here = Endpoint.of("192.0.2.53:53");
        var udp = network.datagrams(here);
        var tcp = network.listen(here);

        var server = new DnsServer(ServerOptions.of(entropy.nextLong(), entropy.nextLong()), clock);
        switch (ZoneBuilder.read(files, "example.org.zone", DnsName.of("example.org."))) {
            case ZoneBuilder.Good(Zone zone, List<ZoneFault> warnings) ->
                    server.zones(server.zones().with(zone));
            case ZoneBuilder.Bad(List<ZoneFault> faults) -> faults.forEach(System.err::println);
        }
        server.serve(udp);
        server.serve(tcp);

        Connector connector = network.connector(Ipv4Address.of("192.0.2.8"));
        DatagramPorts ports =
                local -> network.datagrams(new Endpoint(Ipv4Address.of("192.0.2.8"), 0));
        String file = "nameserver 192.0.2.53";
        ClientOptions options = ResolvConf.parse(file).options();
        try (var dns = new DnsClient(options, ports, connector, entropy, clock)) {
            List<IpAddress> addresses = dns.resolve("ns.example.org");
            dns.lookup("example.org", RrType.NS).records().forEach(System.out::println);
            assertThat(addresses).containsExactly(IpAddress.of("192.0.2.1"));
        }

        try (server;
                var client = network.datagrams(Endpoint.of("192.0.2.9:4000"))) {
            Cstruct query =
                    Message.query(1, DnsName.of("ns.example.org."), RrType.A, null).toOctets();
            client.send(Datagram.over(query).length(query.length()).remote(here));
            var answer = Datagram.create(512);
            client.receive(answer);
            assertThat(Message.parse(answer.payload()).orThrow().answers())
                    .extracting(ResourceRecord::toString)
                    .containsExactly("ns.example.org.\t3600\tIN\tA\t192.0.2.1");
        }
    }

    @Test
    @Timeout(60)
    void zonesThatChangeAreInAStore() throws IOException {
        var clock = new VirtualClock();
        var entropy = new SeededEntropy(1);
        var network = new MemoryNetwork();
        var connector = network.connector(IpAddress.of("192.0.2.53"));
        var notifyPort = network.datagrams(Endpoint.of("192.0.2.53:4000"));
        var other = Endpoint.of("192.0.2.54:53");
        var apex = DnsName.of("example.net.");
        var disk = MemoryBlockDevice.create(512, 1000);
        var server = new DnsServer(ServerOptions.of(1, 2), clock);
        var files = new MemoryKv();
        files.put("zone", APEX);
        var read = ZoneBuilder.read(files, "zone", DnsName.of("example.org."));
        Zone zone = ((ZoneBuilder.Good) read).zone();

        var store =
                new ZoneStore(server, clock, entropy, connector, notifyPort, System.err::println);
        TsigKey key = TsigKey.parse("key.example:hmac-sha256:c2VjcmV0IG9mIHR3bw==").orThrow();
        AccessList keyed = AccessList.parse("key:key.example").orThrow();
        var access = ZoneAccess.STANDARD.withTransfer(keyed).withUpdate(keyed);
        server.policy(server.policy().with(TsigKeys.of(key)));
        store.primary(zone, new ZoneSettings(access, List.of(new Peer(other, key)), disk));
        store.secondary(apex, List.of(new Peer(other, key)), ZoneSettings.STANDARD);

        try (server;
                store) {
            assertThat(server.zones().all()).containsExactly(zone);
        }
    }
}
