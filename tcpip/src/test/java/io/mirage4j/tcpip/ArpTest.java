// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static io.mirage4j.tcpip.Frames.HOST;
import static io.mirage4j.tcpip.Frames.PEER;
import static io.mirage4j.tcpip.Frames.PEER_MAC;
import static io.mirage4j.tcpip.Frames.arps;
import static io.mirage4j.tcpip.Host.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.wire.ArpPacket;
import io.mirage4j.tcpip.wire.ArpPacket.Operation;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// ARP by the clauses of RFC 826, RFC 1122, 2.3.2 and RFC 5227.
class ArpTest {
    @Test
    void aRequestForOurAddressIsAnsweredToItsSenderOnly() {
        Host host = Host.settled();
        host.gets(Frames.arpRequest(PEER, HOST));
        List<Cstruct> frames = host.sends();
        assertThat(arps(frames))
                .containsExactly(new ArpPacket(Operation.REPLY, Host.MAC, HOST, PEER_MAC, PEER));
        assertThat(EthernetWire.destination(frames.getFirst())).isEqualTo(PEER_MAC.bits());
    }

    @Test
    void aRequestForAnotherIsNeitherAnsweredNorRemembered() {
        Host host = Host.settled();
        host.gets(Frames.arpRequest(PEER, Ipv4Address.of("192.0.2.9")));
        assertThat(host.sends()).isEmpty();
        assertThat(host.stack.counters().neighbours()).isZero();
        assertThat(host.stack.counters().dropped(Verdict.ARP_FOR_ANOTHER)).isOne();
    }

    @Test
    void packetsWaitForTheAnswerAndGoInTheirOrder() {
        Host host = Host.settled();
        UdpPort port = port(host);
        port.send(Cstruct.of(new byte[] {1}), new Endpoint(PEER, 9), host.now);
        port.send(Cstruct.of(new byte[] {2}), new Endpoint(PEER, 9), host.now);
        assertThat(arps(host.sends())).hasSize(1);
        host.gets(Frames.arpReply(PEER));
        List<Cstruct> sent = Frames.bodies(host.sends(), EthernetWire.IPV4, 17);
        assertThat(sent).extracting(datagram -> datagram.u8(8)).containsExactly(1, 2);
    }

    @Test
    void aSilentNeighbourIsAskedThreeTimesAndThenReported() {
        Host host = Host.settled();
        List<IcmpError> errors = new ArrayList<>();
        UdpPort port =
                host.stack
                        .bindUdp(
                                Endpoint.of("0.0.0.0:0"),
                                new UdpReceiver() {
                                    @Override
                                    public void received(UdpDatagram datagram, long now) {}

                                    @Override
                                    public void failed(Endpoint remote, IcmpError error, long now) {
                                        errors.add(error);
                                    }
                                })
                        .orElseThrow();
        port.send(Frames.octets(10), new Endpoint(PEER, 9), host.now);
        List<ArpPacket> asked = arps(host.passes(5 * SECOND));
        assertThat(asked).hasSize(3).allMatch(packet -> packet.target().equals(PEER));
        assertThat(errors).containsExactly(IcmpError.HOST_UNREACHABLE);
        assertThat(host.stack.counters().packets()).isZero();
    }

    @Test
    void noMoreThanSixteenPacketsWaitForOneNeighbour() {
        Host host = Host.settled();
        UdpPort port = port(host);
        for (int i = 0; i < 40; i++) {
            port.send(Cstruct.of(new byte[] {(byte) i}), new Endpoint(PEER, 9), host.now);
        }
        assertThat(host.stack.counters().packetsWaiting()).isEqualTo(16);
        host.gets(Frames.arpReply(PEER));
        assertThat(Frames.bodies(host.sends(), EthernetWire.IPV4, 17))
                .hasSize(16)
                .last()
                .satisfies(datagram -> assertThat(datagram.u8(8)).isEqualTo(39));
    }

    /// RFC 1122, 2.3.2.1: an entry that is wrong is found out, by unicast polls.
    @Test
    void aNeighbourThatIsUsedIsAskedAgainAfterAWhile() {
        Host host = Host.settled();
        UdpPort port = port(host);
        port.send(Frames.octets(1), new Endpoint(PEER, 9), host.now);
        host.gets(Frames.arpReply(PEER));
        host.passes(60 * SECOND);
        port.send(Frames.octets(1), new Endpoint(PEER, 9), host.now);
        List<Cstruct> frames = host.passes(11 * SECOND / 2);
        assertThat(Frames.bodies(frames, EthernetWire.IPV4, 17)).hasSize(1);
        assertThat(Frames.payloads(frames, EthernetWire.ARP)).hasSize(1);
        assertThat(EthernetWire.destination(frames.getLast())).isEqualTo(PEER_MAC.bits());
        host.passes(5 * SECOND);
        assertThat(host.stack.counters().neighbours()).isZero();
    }

    /// RFC 5227, 2.1.1 and 2.3.
    @Test
    void anAddressIsProbedThreeTimesAndAnnouncedTwice() {
        Host host =
                Host.of(settings -> settings.ipv4Only().address(Host.ADDRESS).addressProbes(true));
        assertThat(host.stack.addresses().getFirst().isUsable()).isFalse();
        List<ArpPacket> sent = arps(host.passes(20 * SECOND));
        assertThat(sent).extracting(ArpPacket::target).containsOnly(HOST);
        assertThat(sent)
                .extracting(packet -> packet.sender().isUnspecified())
                .containsExactly(true, true, true, false, false);
        assertThat(host.stack.addresses().getFirst().isUsable()).isTrue();
    }

    /// RFC 5227, 2.1.1.
    @Test
    void anAddressThatSomebodyHasOrWantsIsNotTaken() {
        for (Ipv4Address sender : List.of(HOST, Ipv4Address.UNSPECIFIED)) {
            Host host =
                    Host.of(
                            settings ->
                                    settings.ipv4Only().address(Host.ADDRESS).addressProbes(true));
            host.passes(SECOND);
            host.gets(Frames.arpRequest(sender, HOST));
            assertThat(host.stack.addresses()).isEmpty();
        }
    }

    /// RFC 5227, 2.4 (c).
    @Test
    void anAddressInUseIsDefendedOnceInTenSeconds() {
        Host host = Host.settled();
        host.gets(Frames.arpRequest(HOST, HOST), Frames.arpRequest(HOST, HOST));
        assertThat(arps(host.sends()))
                .singleElement()
                .satisfies(packet -> assertThat(packet.sender()).isEqualTo(HOST));
        host.passes(11 * SECOND);
        host.gets(Frames.arpRequest(HOST, HOST));
        assertThat(arps(host.sends())).hasSize(1);
    }

    @Test
    void aSenderWhoSaysHeIsSomebodyElseIsRefused() {
        Host host = Host.settled();
        Cstruct frame = Frames.arpRequest(PEER, HOST);
        frame.putU48be(6, 0x0200_0000_0099L);
        host.gets(frame);
        assertThat(host.sends()).isEmpty();
        assertThat(host.stack.counters().dropped(Verdict.ARP_BAD_SENDER)).isOne();
    }

    @Test
    void aFloodOfRequestsKeepsToItsTableAndSparesWhoIsTalkedTo() {
        Host host = Host.settled(settings -> settings.address(IpPrefix.of("10.0.0.1/8")));
        UdpPort port = port(host);
        port.send(Frames.octets(1), new Endpoint(PEER, 9), host.now);
        host.gets(Frames.arpReply(PEER));
        host.sends();
        for (int i = 0; i < 100_000; i++) {
            host.stack.receive(
                    Frames.arp(
                            new ArpPacket(
                                    Operation.REQUEST,
                                    PEER_MAC,
                                    new Ipv4Address(0x0a010000 + i),
                                    new MacAddress(0),
                                    HOST)),
                    host.now);
            if ((i & 63) == 0) {
                host.sends();
            }
        }
        host.sends();
        assertThat(host.stack.counters().neighbours()).isLessThanOrEqualTo(1024);
        assertThat(host.stack.counters().packets()).isZero();
        port.send(Frames.octets(1), new Endpoint(PEER, 9), host.now);
        assertThat(Frames.bodies(host.sends(), EthernetWire.IPV4, 17)).hasSize(1);
    }

    private static UdpPort port(Host host) {
        return host.stack.bindUdp(Endpoint.of("0.0.0.0:0"), (_, _) -> {}).orElseThrow();
    }
}
