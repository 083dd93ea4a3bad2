// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static io.mirage4j.tcpip.Host.SECOND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.table.Route;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.Verdict;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// The whole of it, on a cable with others.
class StackTest {
    private final Lan lan = new Lan();
    private final List<String> answers = new ArrayList<>();

    private final PingListener listener =
            new PingListener() {
                @Override
                public void answered(int sequence, int octets, int hops, long nanos) {
                    answers.add(sequence + ": " + octets);
                }

                @Override
                public void failed(int sequence, IcmpError error) {
                    answers.add(sequence + ": " + error);
                }
            };

    @Test
    void hostsPingEachOtherOverBothVersionsInPiecesAndWhole() {
        Host a =
                lan.host(
                        1,
                        s ->
                                s.address(IpPrefix.of("192.0.2.1/24"))
                                        .address(IpPrefix.of("2001:db8::1/64")));
        lan.host(
                2,
                s -> s.address(IpPrefix.of("192.0.2.2/24")).address(IpPrefix.of("2001:db8::2/64")));
        lan.passes(5 * SECOND);
        List<String> hosts = List.of("192.0.2.2", "2001:db8::2", "fe80::ff:fe00:2", "127.0.0.1");
        for (String host : hosts) {
            Ping ping = a.stack.ping(IpAddress.of(host), listener).orElseThrow();
            ping.send(56, a.now);
            lan.passes(SECOND);
            ping.send(65_000, a.now);
            lan.passes(SECOND);
            assertThat(ping.send(70_000, a.now)).isEqualTo(Verdict.TOO_LONG);
            ping.close();
        }
        assertThat(answers)
                .containsExactly(
                        "0: 56",
                        "1: 65000",
                        "0: 56",
                        "1: 65000",
                        "0: 56",
                        "1: 65000",
                        "0: 56",
                        "1: 65000");
    }

    @Test
    void aPingToNobodyFails() {
        Host a = lan.host(1, s -> s.address(IpPrefix.of("192.0.2.1/24")));
        lan.passes(5 * SECOND);
        Ping ping = a.stack.ping(IpAddress.of("192.0.2.77"), listener).orElseThrow();
        ping.send(56, a.now);
        lan.passes(5 * SECOND);
        assertThat(answers).containsExactly("0: HOST_UNREACHABLE");
    }

    @Test
    void answersThatNobodyAskedForAreDropped() {
        Host host = Host.settled();
        Ping ping = host.stack.ping(Frames.PEER, listener).orElseThrow();
        int reply = IcmpWire.ECHO_REPLY;
        host.gets(Frames.icmp(Frames.PEER, Frames.HOST, reply, 0, 5, Frames.octets(8)));
        int ours = ping.identifier << 16;
        host.gets(Frames.icmp(Frames.PEER, Frames.HOST, reply, 0, ours, Frames.octets(8)));
        ping.send(8, host.now);
        host.gets(Frames.icmp(Frames.PEER, Frames.HOST, reply, 0, ours, Frames.octets(8)));
        Ipv4Address other = Ipv4Address.of("192.0.2.3");
        host.gets(Frames.icmp(other, Frames.HOST, reply, 0, ours, Frames.octets(8)));
        assertThat(answers).containsExactly("0: 8");
        assertThat(host.stack.counters().dropped(Verdict.ICMP_NOBODY_ASKED)).isEqualTo(3);
    }

    @Test
    void packetsGoByTheGatewayOfTheLongestPrefix() {
        Host host =
                Host.settled(
                        s ->
                                s.gateway(IpAddress.of("192.0.2.254"))
                                        .route(
                                                IpPrefix.of("10.1.0.0/16"),
                                                IpAddress.of("192.0.2.253")));
        UdpPort port = host.stack.bindUdp(Endpoint.of("0.0.0.0:0"), (_, _) -> {}).orElseThrow();
        for (String to : List.of("10.1.2.3", "10.2.2.3", "192.0.2.9")) {
            port.send(Frames.octets(1), new Endpoint(IpAddress.of(to), 9), host.now);
        }
        assertThat(Frames.arps(host.sends()))
                .extracting(packet -> packet.target().toString())
                .containsExactly("192.0.2.253", "192.0.2.254", "192.0.2.9");
    }

    @Test
    void addressesAndRoutesComeAndGo() {
        Host host = Host.settled();
        int before = host.stack.configurations();
        host.stack.addAddress(IpPrefix.of("10.0.0.1/8"), host.now);
        assertThat(host.stack.routes())
                .contains(Route.onLink(IpPrefix.of("10.0.0.0/8"), Route.Origin.ADDRESS));
        assertThat(host.stack.sourceFor(IpAddress.of("10.9.9.9")))
                .contains(IpAddress.of("10.0.0.1"));
        host.stack.removeAddress(IpAddress.of("10.0.0.1"), host.now);
        assertThat(host.stack.routes()).hasSize(2);
        assertThat(host.stack.configurations()).isGreaterThan(before);
        for (int i = 0; i < 100; i++) {
            host.stack.addAddress(new IpPrefix(new Ipv4Address(0x0a000000 + i), 8), host.now);
        }
        assertThat(host.stack.addresses()).hasSize(Locals.MOST);
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> StackConfig.builder(Host.MAC, 1279).build())
                .hasMessage("mtu 1279 is not in 1280..65535");
        assertThatThrownBy(() -> StackConfig.builder(Host.MAC, 1500).vlan(4095).build())
                .hasMessage("vlan 4095 is not in 0..4094");
        assertThatThrownBy(
                        () ->
                                StackConfig.builder(Host.MAC, 1500)
                                        .ipv6Only()
                                        .address(Host.ADDRESS)
                                        .build())
                .hasMessage("address 192.0.2.1 of a version that is off");
    }

    @Test
    void aStackWithNothingToDoHasNoDeadline() {
        Host host = Host.of(s -> s.address(Host.ADDRESS).routerAdvertisements(false));
        host.passes(60 * SECOND);
        assertThat(host.stack.nextDeadline()).isEqualTo(Engine.NEVER);
    }

    /// The steady state: a datagram in, a datagram out, a ping answered.
    @Test
    void receivingAndSendingAllocateNothing() {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Stack stack =
                Stack.create(
                        StackConfig.builder(Host.MAC, 1500)
                                .address(Host.ADDRESS)
                                .address(Host.ADDRESS_6)
                                .duplicateProbes(0)
                                .routerAdvertisements(false)
                                .build(),
                        new SeededEntropy(1),
                        0);
        UdpPort[] echo = new UdpPort[1];
        echo[0] =
                stack.bindUdp(
                                Endpoint.of("[::]:7"),
                                (d, now) ->
                                        echo[0].send(
                                                d.buf(),
                                                d.off(),
                                                d.len(),
                                                d.destinationHigh(),
                                                d.destinationLow(),
                                                d.sourceHigh(),
                                                d.sourceLow(),
                                                d.sourcePort(),
                                                now))
                        .orElseThrow();
        Cstruct slot = Cstruct.create(1600);
        stack.receive(Frames.arpRequest(Frames.PEER, Frames.HOST), 0);
        Cstruct datagram = Frames.udp(Frames.PEER, Frames.HOST, 9, 7, Frames.octets(900));
        Cstruct ping = Frames.echo(Frames.PEER, Frames.HOST, 1, Frames.octets(900));
        long least = Long.MAX_VALUE;
        int sent = 0;
        for (int round = 0; round < 20; round++) {
            long before = bean.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2000; i++) {
                stack.receive(datagram, 0);
                stack.receive(ping, 0);
                while (stack.transmit(slot, 0) > 0) {
                    sent++;
                }
            }
            least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(sent).isGreaterThan(79_000);
        // What asking for the count costs, spread over 4,000 packets.
        assertThat(least).isLessThan(1000);
    }

    @Test
    void aFloodOfPiecesPingsAndUnknownPacketsKeepsToItsBudget() {
        Host host = Host.settled(s -> s.address(IpPrefix.of("10.0.0.1/8")));
        for (int i = 0; i < 50_000; i++) {
            Ipv4Address source = new Ipv4Address(0x0a010000 + (i & 0xffff));
            Cstruct piece =
                    Frames.ipv4(
                            source, Frames.HOST, 17, 64, 0x2000 | i & 0xff, i, Frames.octets(64));
            host.stack.receive(Frames.frame(Host.MAC.bits(), EthernetWire.IPV4, piece), host.now);
            host.stack.receive(Frames.echo(source, Frames.HOST, 1, Frames.octets(64)), host.now);
            host.stack.receive(Frames.udp(source, Frames.HOST, 1, 2, Frames.octets(64)), host.now);
        }
        StackCounters counters = host.stack.counters();
        assertThat(counters.reassemblyOctets()).isLessThanOrEqualTo(1 << 20);
        assertThat(counters.neighbours()).isLessThanOrEqualTo(1024);
        assertThat(counters.packets()).isLessThanOrEqualTo(1024);
        assertThat(counters.packetsWaiting()).isLessThanOrEqualTo(256);
        host.sends();
        host.gets(Frames.arpRequest(Frames.PEER, Frames.HOST));
        host.gets(Frames.echo(Frames.PEER, Frames.HOST, 1, Frames.octets(64)));
        assertThat(Frames.arps(host.sends())).isNotEmpty();
        host.passes(120 * SECOND);
        assertThat(host.stack.counters().packets()).isZero();
        assertThat(host.stack.counters().reassemblyOctets()).isZero();
    }
}
