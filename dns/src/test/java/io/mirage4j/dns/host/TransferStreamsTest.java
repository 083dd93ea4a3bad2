// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.server.ZoneRequests;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.MemoryNetwork;
import io.mirage4j.platform.memory.SeededEntropy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Servers on a network in memory: what works there works on any.
@Timeout(60)
class TransferStreamsTest {
    private static final DnsName APEX = RandomZones.APEX;
    private static final Endpoint PRIMARY = Endpoint.of("192.0.2.1:53");
    private static final Endpoint SECONDARY = Endpoint.of("192.0.2.2:53");
    private static final ZoneAccess OPEN =
            new ZoneAccess(AccessList.ANY, AccessList.ANY, AccessList.ANY, AccessList.ANY);

    private final MemoryNetwork network = new MemoryNetwork();

    private DnsServer server(Endpoint at, int keepaliveTenths) throws IOException {
        var options = ServerOptions.of(1, 2);
        var server =
                new DnsServer(
                        new ServerOptions(1232, options.nsid(), 1, 2, keepaliveTenths, 0, 0, false),
                        new HostClock());
        server.serve(network.datagrams(at));
        server.serve(network.listen(at));
        return server;
    }

    private ZoneStore store(DnsServer server, Endpoint at) throws IOException {
        var notifyPort = network.datagrams(new Endpoint(at.address(), 4000));
        var connector = network.connector(at.address());
        return new ZoneStore(
                server, new HostClock(), new SeededEntropy(1), connector, notifyPort, line -> {});
    }

    private static Zone large() {
        var text = new StringBuilder("$TTL 60\n@ SOA ns a 1 2 3 4 5\n@ NS ns.elsewhere.test.\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("host").append(i).append(" TXT ").append("x".repeat(200)).append('\n');
        }
        return RandomZones.zoneOf(text.toString());
    }

    @Test
    void aSecondaryFollowsItsPrimary() throws Exception {
        try (var first = server(PRIMARY, 100);
                var firstStore = store(first, PRIMARY);
                var second = server(SECONDARY, 100);
                var secondStore = store(second, SECONDARY)) {
            var told = new ZoneSettings(OPEN, List.of(new Peer(SECONDARY, null)), null);
            firstStore.primary(
                    RandomZones.zoneOf("@ 60 SOA ns a 1 9 9 99 5\n@ 60 NS ns.x.\n"), told);
            secondStore.secondary(
                    APEX,
                    List.of(new Peer(PRIMARY, null)),
                    new ZoneSettings(OPEN, List.of(), null));
            Tool.await(() -> serial(second) == 1, () -> "" + serial(second));
            firstStore.reload(RandomZones.zoneOf("@ 60 SOA ns a 2 9 9 99 5\n@ 60 NS ns.y.\n"));
            Tool.await(() -> serial(second) == 2, () -> "" + serial(second));
            assertThat(
                            firstStore.reload(
                                    RandomZones.zoneOf("@ 60 SOA ns a 1 9 9 9 5\n@ 60 NS n.\n")))
                    .as("nothing keeps it, so it may go back")
                    .isTrue();
        }
    }

    private static int serial(DnsServer server) {
        Zone zone = server.zones().get(APEX);
        return zone == null ? 0 : zone.serial();
    }

    @Test
    void aQueryIsAnsweredWhileAnUpdateWaits() throws Exception {
        var waits = new CountDownLatch(1);
        try (var server = server(PRIMARY, 100)) {
            server.zones(server.zones().with(RandomZones.zone("")));
            server.policy(server.policy().with(APEX, OPEN));
            server.requests(
                    new ZoneRequests() {
                        @Override
                        public int update(Zone zone, Message request) {
                            try {
                                waits.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                            return 0;
                        }

                        @Override
                        public boolean notified(
                                DnsName apex, IpAddress client, @Nullable Integer serial) {
                            return false;
                        }
                    });
            try (Flow flow = network.connector(SECONDARY.address()).connect(PRIMARY)) {
                var messages = new FramedMessages(flow);
                byte[] update = Message.query(1, APEX, RrType.SOA, null).toOctets().toByteArray();
                update[2] = 0x28;
                messages.write(Cstruct.of(update).readOnly());
                messages.write(Message.query(2, APEX, RrType.SOA, null).toOctets().readOnly());
                assertThat(Message.parse(messages.read()).orThrow().id()).isEqualTo(2);
                waits.countDown();
                assertThat(Message.parse(messages.read()).orThrow().id()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoShutsTheirSideStillGetsAllOfATransfer() throws Exception {
        try (var server = server(PRIMARY, 100)) {
            server.zones(server.zones().with(large()));
            server.policy(server.policy().with(APEX, OPEN));
            try (Flow flow = network.connector(SECONDARY.address()).connect(PRIMARY)) {
                var messages = new FramedMessages(flow);
                messages.write(Message.query(1, APEX, RrType.AXFR, null).toOctets().readOnly());
                flow.shutdownOutput();
                int records = 0;
                while (records < 20_003) {
                    records += Message.parse(messages.read()).orThrow().answers().size();
                }
                assertThat(records).isEqualTo(20_003);
            }
        }
    }

    @Test
    void aClientThatDoesNotReadLosesItsStream() throws Exception {
        try (var server = server(PRIMARY, 5)) {
            server.zones(server.zones().with(large()));
            server.policy(server.policy().with(APEX, OPEN));
            try (Flow flow = network.connector(SECONDARY.address()).connect(PRIMARY)) {
                var messages = new FramedMessages(flow);
                messages.write(Message.query(1, APEX, RrType.AXFR, null).toOctets().readOnly());
                // Until a write fails, since the server has ended the stream.
                assertThatThrownBy(
                                () ->
                                        Tool.await(
                                                () -> {
                                                    flow.write(Cstruct.create(1).readOnly());
                                                    return false;
                                                },
                                                () -> "still open"))
                        .isInstanceOf(IOException.class);
            }
        }
    }
}
