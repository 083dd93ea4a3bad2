// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.dhcp;

import static io.mirage4j.tcpip.dhcp.DhcpServer.ACK;
import static io.mirage4j.tcpip.dhcp.DhcpServer.NAK;
import static io.mirage4j.tcpip.dhcp.DhcpServer.OFFER;
import static io.mirage4j.tcpip.dhcp.DhcpServer.OFFERED;
import static io.mirage4j.tcpip.dhcp.DhcpServer.SERVER;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.dhcp.DhcpClient.State;
import io.mirage4j.tcpip.wire.Verdict;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// The client by the clauses of RFC 2131.
class DhcpClientTest implements DhcpClient.Host {
    private static final long SECOND = 1_000_000_000;
    private static final long MAC = 0x0200_0000_0001L;

    private final List<DhcpMessage> sent = new ArrayList<>();
    private final List<Ipv4Address> servers = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final DhcpClient client = new DhcpClient(MAC, "host", new SeededEntropy(1), this);
    private long now;

    @Override
    public void send(DhcpMessage message, Ipv4Address server, long nowNanos) {
        sent.add(message);
        servers.add(server);
    }

    @Override
    public void leased(Lease lease, long nowNanos) {
        events.add("leased " + lease.address());
    }

    @Override
    public void lost(Lease lease, long nowNanos) {
        events.add("lost " + lease.address());
    }

    private int type(int index) {
        return sent.get(index).option(DhcpOption.MESSAGE_TYPE).u8(0);
    }

    private int lastType() {
        return type(sent.size() - 1);
    }

    private Verdict answers(int type, DhcpOption... more) {
        Cstruct octets = DhcpServer.answer(sent.getLast(), type, List.of(more));
        return client.receive(octets, 0, octets.length(), now);
    }

    private Verdict acks(int seconds) {
        return answers(ACK, DhcpServer.usual(seconds).toArray(new DhcpOption[0]));
    }

    private void passes(long seconds) {
        long end = now + seconds * SECOND;
        while (client.nextDeadline() <= end) {
            now = Math.max(now, client.nextDeadline());
            client.advance(now);
        }
        now = end;
    }

    private void bound(int seconds) {
        client.start(now);
        client.advance(now);
        assertThat(answers(OFFER)).isEqualTo(Verdict.OK);
        assertThat(acks(seconds)).isEqualTo(Verdict.OK);
    }

    @Test
    void anOfferIsRequestedAndAnAckIsALease() {
        bound(3600);
        assertThat(client.state()).isEqualTo(State.BOUND);
        assertThat(events).containsExactly("leased 192.0.2.100/24");
        assertThat(sent).hasSize(2);
        assertThat(type(0)).isEqualTo(1);
        assertThat(type(1)).isEqualTo(3);
        DhcpMessage request = sent.get(1);
        assertThat(request.clientAddress().isUnspecified()).isTrue();
        assertThat(request.flags()).isEqualTo(DhcpMessage.BROADCAST);
        assertThat(Ipv4Address.read(request.option(DhcpOption.REQUESTED_ADDRESS), 0))
                .isEqualTo(OFFERED);
        assertThat(Ipv4Address.read(request.option(DhcpOption.SERVER_IDENTIFIER), 0))
                .isEqualTo(SERVER);
        Lease lease = client.lease();
        assertThat(lease.routes()).containsExactly(new Lease.Hop(IpPrefix.of("0.0.0.0/0"), SERVER));
        assertThat(lease.nameServers()).containsExactly(Ipv4Address.of("192.0.2.53"));
        assertThat(lease.domain()).isEqualTo("example.org");
    }

    /// 4.1: the wait doubles from four seconds to 64.
    @Test
    void discoversAreRepeatedEverMoreRarely() {
        client.start(now);
        client.advance(now);
        passes(300);
        assertThat(sent.size()).isBetween(7, 9);
        assertThat(client.state()).isEqualTo(State.SELECTING);
    }

    /// 4.4.5: at T1 of the server, at T2 of all; the lease ends if nobody answers.
    @Test
    void aLeaseIsRenewedThenReboundThenLost() {
        bound(8000);
        passes(4001);
        assertThat(client.state()).isEqualTo(State.RENEWING);
        assertThat(servers.getLast()).isEqualTo(SERVER);
        assertThat(sent.getLast().clientAddress()).isEqualTo(OFFERED);
        assertThat(sent.getLast().option(DhcpOption.REQUESTED_ADDRESS)).isNull();
        assertThat(sent.getLast().flags()).isZero();
        passes(3000);
        assertThat(client.state()).isEqualTo(State.REBINDING);
        assertThat(servers.getLast().isUnspecified()).isTrue();
        passes(1000);
        assertThat(events).last().isEqualTo("lost 192.0.2.100/24");
        assertThat(client.state()).isEqualTo(State.SELECTING);
        assertThat(sent.size()).isLessThan(25);
    }

    @Test
    void aRenewedLeaseLastsAsLongAgain() {
        bound(8000);
        for (int i = 0; i < 5; i++) {
            passes(4001);
            assertThat(acks(8000)).isEqualTo(Verdict.OK);
        }
        assertThat(client.state()).isEqualTo(State.BOUND);
        assertThat(events).hasSize(6).containsOnly("leased 192.0.2.100/24");
    }

    @Test
    void aNakTakesTheAddressAndBeginsAgain() {
        bound(8000);
        passes(4001);
        assertThat(answers(NAK)).isEqualTo(Verdict.OK);
        assertThat(events).last().isEqualTo("lost 192.0.2.100/24");
        passes(2);
        assertThat(client.state()).isEqualTo(State.SELECTING);
    }

    @Test
    void aNakOfAServerThatMadeNoOfferIsIgnored() {
        client.start(now);
        client.advance(now);
        answers(OFFER);
        Cstruct nak = DhcpServer.answer(sent.getLast(), NAK, List.of());
        nak.putU8(248, 77);
        assertThat(client.receive(nak, 0, nak.length(), now)).isEqualTo(Verdict.DHCP_NOBODY_ASKED);
        assertThat(answers(NAK)).isEqualTo(Verdict.OK);
    }

    /// 4.4.4 and 3.1 (5).
    @Test
    void anAddressThatSomebodyHasIsDeclinedAndAskedForLater() {
        bound(8000);
        client.decline(now);
        assertThat(lastType()).isEqualTo(4);
        assertThat(events).last().isEqualTo("lost 192.0.2.100/24");
        passes(9);
        assertThat(lastType()).isEqualTo(4);
        passes(2);
        assertThat(lastType()).isOne();
    }

    @Test
    void stoppingGivesTheAddressBack() {
        bound(8000);
        client.stop(now);
        assertThat(lastType()).isEqualTo(7);
        assertThat(servers.getLast()).isEqualTo(SERVER);
        assertThat(client.nextDeadline()).isEqualTo(Engine.NEVER);
    }

    @Test
    void aLeaseForEverIsNeverRenewed() {
        bound(-1);
        assertThat(client.nextDeadline()).isEqualTo(Engine.NEVER);
    }

    @Test
    void aLeaseOfNoTimeDoesNotMakeUsAskForEver() {
        bound(0);
        passes(60);
        assertThat(sent.size()).isLessThan(12);
    }

    @Test
    void answersToOthersAreDropped() {
        client.start(now);
        client.advance(now);
        Cstruct octets = DhcpServer.answer(sent.getLast(), OFFER, List.of());
        octets.putU32be(4, sent.getLast().transaction() + 1);
        assertThat(client.receive(octets, 0, octets.length(), now))
                .isEqualTo(Verdict.DHCP_NOBODY_ASKED);
        assertThat(acks(100)).isEqualTo(Verdict.DHCP_NOBODY_ASKED);
    }

    @Test
    void anAckWithoutALeaseTimeIsNone() {
        client.start(now);
        client.advance(now);
        answers(OFFER);
        assertThat(answers(ACK)).isEqualTo(Verdict.DHCP_MALFORMED);
        assertThat(client.state()).isEqualTo(State.REQUESTING);
    }

    /// RFC 3442: classless routes take the place of the router option.
    @Test
    void classlessRoutesAreAllRoutesThereAre() {
        client.start(now);
        client.advance(now);
        answers(OFFER);
        answers(
                ACK,
                DhcpServer.u32(DhcpOption.LEASE_TIME, 100),
                DhcpOption.of(DhcpOption.ROUTER, SERVER),
                DhcpOption.ofU8(
                        DhcpOption.CLASSLESS_ROUTES,
                        0,
                        192,
                        0,
                        2,
                        1,
                        25,
                        10,
                        17,
                        0,
                        128,
                        192,
                        0,
                        2,
                        2,
                        40,
                        1));
        assertThat(client.lease().routes())
                .containsExactly(
                        new Lease.Hop(IpPrefix.of("0.0.0.0/0"), Ipv4Address.of("192.0.2.1")),
                        new Lease.Hop(IpPrefix.of("10.17.0.128/25"), Ipv4Address.of("192.0.2.2")));
        assertThat(client.lease().address()).isEqualTo(IpPrefix.of("192.0.2.100/24"));
    }

    /// RFC 3396 joins options that are cut; RFC 2131, 4.1 has more of them in file and sname.
    @Test
    void optionsAreJoinedAndFoundInFileAndServerName() {
        client.start(now);
        client.advance(now);
        answers(OFFER);
        DhcpMessage asked = sent.getLast();
        Cstruct file = Cstruct.create(128);
        DhcpOption.of(DhcpOption.DOMAIN_NAME, ".org").emit(file, 0);
        file.putU8(6, 255);
        List<DhcpOption> options =
                List.of(
                        DhcpOption.ofU8(DhcpOption.MESSAGE_TYPE, ACK),
                        DhcpOption.ofU8(DhcpOption.OVERLOAD, 1),
                        DhcpOption.of(DhcpOption.DOMAIN_NAME, "example"),
                        DhcpOption.of(DhcpOption.SERVER_IDENTIFIER, SERVER),
                        DhcpServer.u32(DhcpOption.LEASE_TIME, 100));
        Ipv4Address none = Ipv4Address.UNSPECIFIED;
        var ack =
                new DhcpMessage(
                        2,
                        1,
                        6,
                        0,
                        asked.transaction(),
                        0,
                        0,
                        none,
                        OFFERED,
                        none,
                        none,
                        asked.hardware(),
                        asked.serverName(),
                        file,
                        options);
        Cstruct octets = Cstruct.create(ack.lengthOctets());
        ack.emit(octets, 0);
        assertThat(client.receive(octets, 0, octets.length(), now)).isEqualTo(Verdict.OK);
        assertThat(client.lease().domain()).isEqualTo("example.org");
    }

    @Property(tries = 2000)
    void anyOctetsAreJudgedAndNothingThrows(@ForAll byte[] noise, @ForAll byte where) {
        client.start(now);
        client.advance(now);
        Cstruct octets = DhcpServer.answer(sent.getLast(), OFFER, DhcpServer.usual(100));
        int off = 4 * (where & 63);
        octets.put(off, noise, 0, Math.min(noise.length, octets.length() - off));
        assertThat(client.receive(octets, 0, octets.length(), now)).isNotNull();
        assertThat(client.receive(octets, 0, Math.min(noise.length, 200), now))
                .isEqualTo(Verdict.DHCP_MALFORMED);
    }
}
