// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.client.ClientOptions;
import io.mirage4j.dns.host.DnsClient;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.host.LookupFailedException;
import io.mirage4j.dns.host.ZoneSettings;
import io.mirage4j.dns.host.ZoneStore;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.tsig.TsigSigner;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.memory.FaultyBlockDevice;
import io.mirage4j.platform.memory.MemoryBlockDevice;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.socket.Sockets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A primary and a secondary on stacks of ours, as in an image, with journals on disks whose power
/// fails.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZonesOnOwnStackTest {
    private static final TsigKey KEY =
            TsigKey.parse("k:hmac-sha256:c2VjcmV0IG9mIHR3bw==").orThrow();
    private static final DnsName APEX = DnsName.of("example.org.");
    private static final IpAddress PRIMARY = IpAddress.of("192.0.2.7");
    private static final IpAddress SECONDARY = IpAddress.of("192.0.2.8");

    private final MemoryLink link = MemoryLink.create(256);
    private final Clock clock = new HostClock();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private static Endpoint dns(IpAddress address) {
        return new Endpoint(address, 53);
    }

    /// A machine with a disk.
    private final class Host implements AutoCloseable {
        final IpAddress address;
        final SeededEntropy entropy;
        final Sockets sockets;
        final FaultyBlockDevice disk;
        DnsServer server;
        ZoneStore store;

        Host(NetDevice nic, IpAddress address, long seed) throws IOException {
            this.address = address;
            entropy = new SeededEntropy(seed);
            disk = FaultyBlockDevice.over(MemoryBlockDevice.create(512, 400), seed);
            StackConfig config =
                    StackConfig.builder(nic).address(IpPrefix.of(address + "/24")).build();
            Stack stack = Stack.create(config, entropy, clock.nanoTime());
            sockets =
                    Sockets.start(
                            stack,
                            clock,
                            engine -> HostLoop.start(address.toString(), engine, nic, clock));
            startServer();
        }

        void startServer() throws IOException {
            server = new DnsServer(ServerOptions.of(1, 2), clock);
            Datagrams notifyPort = sockets.bind(new Endpoint(address, 0));
            store = new ZoneStore(server, clock, entropy, sockets, notifyPort, log::add);
            server.policy(server.policy().with(TsigKeys.of(KEY)));
            server.serve(sockets.bind(dns(address)));
            server.serve(sockets.listen(dns(address)));
        }

        void stopServer() throws IOException {
            store.close();
            server.close();
        }

        ZoneSettings settings(IpAddress... told) {
            AccessList keyed = AccessList.parse("key:k").orThrow();
            var access = new ZoneAccess(AccessList.ANY, keyed, keyed, keyed);
            return new ZoneSettings(access, peers(told), disk);
        }

        @Override
        public void close() throws IOException {
            stopServer();
            sockets.close();
        }
    }

    private static List<Peer> peers(IpAddress... addresses) {
        return List.of(addresses).stream().map(one -> new Peer(dns(one), KEY)).toList();
    }

    private static Zone zone() throws IOException {
        var files = new MemoryKv();
        files.put("zone", "$TTL 60\n@ SOA ns admin 1 3600 1 3600 5\n@ NS ns\nns A 192.0.2.7\n");
        return switch (ZoneBuilder.read(files, "zone", APEX)) {
            case ZoneBuilder.Good(Zone zone, var warnings) -> zone;
            case ZoneBuilder.Bad(var faults) -> throw new AssertionError(faults);
        };
    }

    /// Sends an update over `from` and gives the rcode.
    private int update(Sockets from, String record) throws IOException {
        var message =
                new Message(
                        77,
                        HeaderWire.opcodeBits(Opcode.UPDATE),
                        List.of(new Question(APEX, RrType.SOA, RrClass.IN)),
                        List.of(),
                        List.of(ResourceRecord.parse(record, APEX, APEX, 60).orThrow()),
                        List.of(),
                        null);
        Cstruct plain = message.toOctets();
        Cstruct signed = Cstruct.create(1232);
        signed.put(0, plain);
        long seconds = clock.wallNanos() / 1_000_000_000;
        int length = TsigSigner.request(KEY).sign(signed, plain.length(), seconds);
        try (Datagrams port = from.bind(new Endpoint(SECONDARY, 0))) {
            port.send(Datagram.over(signed).length(length).remote(dns(PRIMARY)));
            Datagram answer = Datagram.create(1232);
            port.receive(answer);
            return Message.parse(answer.payload()).orThrow().rcode();
        }
    }

    private List<IpAddress> ask(Host from, IpAddress server, String name) throws IOException {
        var options = ClientOptions.of(dns(server)).withCachedAnswers(0);
        try (var dns =
                new DnsClient(options, from.sockets::bind, from.sockets, from.entropy, clock)) {
            return dns.resolve(name);
        } catch (LookupFailedException e) {
            return List.of(); // it has no zone yet
        }
    }

    @Test
    void whatWasAnsweredForIsThereAfterThePowerHasFailed() throws Exception {
        try (var primary = new Host(link.left(), PRIMARY, 1);
                var secondary = new Host(link.right(), SECONDARY, 2)) {
            primary.store.primary(zone(), primary.settings(SECONDARY));
            secondary.store.secondary(APEX, peers(PRIMARY), secondary.settings());
            Program.await(
                    () -> ask(primary, SECONDARY, "ns.example.org").equals(List.of(PRIMARY)),
                    log::toString);
            for (int host = 1; host <= 20; host++) {
                String name = "host" + host + ".example.org";
                int rcode = update(secondary.sockets, name + ". 60 A 192.0.2." + host);
                assertThat(rcode).as("%s: %s", name, log).isEqualTo(Rcode.NOERROR);
                var answer = List.of(IpAddress.of("192.0.2." + host));
                assertThat(ask(secondary, PRIMARY, name)).isEqualTo(answer);
                Program.await(() -> ask(primary, SECONDARY, name).equals(answer), log::toString);
                Host unlucky = host % 2 == 0 ? primary : secondary;
                unlucky.disk.powerOff();
                unlucky.stopServer();
                unlucky.disk.powerOn();
                unlucky.startServer();
                if (unlucky == primary) {
                    Zone kept = primary.store.primary(zone(), primary.settings(SECONDARY));
                    assertThat(kept.serial()).isEqualTo(1 + host);
                } else {
                    secondary.store.secondary(APEX, peers(PRIMARY), secondary.settings());
                }
                assertThat(ask(primary, unlucky.address, name)).isEqualTo(answer);
            }
        }
    }
}
