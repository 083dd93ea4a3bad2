// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static io.mirage4j.tcpip.Frames.HOST_6;
import static io.mirage4j.tcpip.Frames.PEER_6;
import static io.mirage4j.tcpip.Frames.bodies;
import static io.mirage4j.tcpip.Frames.octets;
import static io.mirage4j.tcpip.Host.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv6Extensions;
import io.mirage4j.tcpip.wire.NdMessage.NeighbourSolicitation;
import io.mirage4j.tcpip.wire.NdOption;
import io.mirage4j.tcpip.wire.Verdict;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// IPv6 and ICMPv6 by the clauses of RFC 8200, RFC 4443, RFC 5722, RFC 6946, RFC 7112 and RFC 8201.
class Ipv6Test {
    private final Host host = Host.settled();

    @BeforeEach
    void thePeerIsKnown() {
        var mac = new NdOption.LinkAddress(false, Frames.PEER_MAC);
        var asked = new NeighbourSolicitation(0, HOST_6, List.of(mac));
        host.gets(Frames.nd(PEER_6, HOST_6, asked));
        host.sends();
    }

    private List<Cstruct> icmps() {
        return bodies(host.sends(), EthernetWire.IPV6, IpProtocol.ICMPV6);
    }

    private long dropped(Verdict cause) {
        return host.stack.counters().dropped(cause);
    }

    private static Cstruct echo() {
        return Frames.echoOctets(PEER_6, HOST_6, 1, octets(16));
    }

    /// A header of options or routing: the octets behind its first two.
    private static Cstruct extension(int next, Cstruct payload, int... rest) {
        Cstruct header = Cstruct.create(2 + rest.length);
        header.putU8(0, next);
        header.putU8(1, (2 + rest.length) / 8 - 1);
        for (int i = 0; i < rest.length; i++) {
            header.putU8(2 + i, rest[i]);
        }
        return Cstruct.concat(List.of(header, payload));
    }

    private static Cstruct fragment(int next, int offset, boolean more, int id, Cstruct payload) {
        Cstruct header = Cstruct.create(8);
        Ipv6Extensions.putFragment(header, 0, next, offset, more, id);
        return Cstruct.concat(List.of(header, payload));
    }

    private void gets(int next, Cstruct payload) {
        host.gets(Frames.ip(PEER_6, HOST_6, next, payload));
    }

    @Test
    void anEchoIsAnsweredAlsoBehindHeadersThatMeanNothingToUs() {
        gets(IpProtocol.ICMPV6, echo());
        gets(0, extension(IpProtocol.ICMPV6, echo(), 1, 4, 0, 0, 0, 0));
        gets(60, extension(IpProtocol.ICMPV6, echo(), 0x1e, 4, 0, 0, 0, 0));
        gets(43, extension(IpProtocol.ICMPV6, echo(), 0, 0, 0, 0, 0, 0));
        gets(44, fragment(IpProtocol.ICMPV6, 0, false, 1, echo()));
        assertThat(icmps()).hasSize(5).allMatch(reply -> reply.u8(0) == IcmpWire.ECHO_REPLY_V6);
        assertThat(host.stack.counters().reassemblyOctets()).isZero();
    }

    /// RFC 8200, 4.2: the two highest bits of an option say what to do about it.
    @Test
    void optionsThatAreNotKnownAreSkippedDroppedOrReportedAsTheySay() {
        for (int action = 0; action < 4; action++) {
            gets(60, extension(IpProtocol.ICMPV6, echo(), action << 6 | 0x1e, 4, 0, 0, 0, 0));
        }
        assertThat(icmps())
                .extracting(message -> message.u16be(0))
                .containsExactly(
                        IcmpWire.ECHO_REPLY_V6 << 8,
                        IcmpWire.PARAMETER_PROBLEM_V6 << 8 | IcmpWire.UNKNOWN_OPTION,
                        IcmpWire.PARAMETER_PROBLEM_V6 << 8 | IcmpWire.UNKNOWN_OPTION);
        assertThat(dropped(Verdict.IPV6_UNKNOWN_OPTION)).isEqualTo(3);
    }

    @Test
    void theReportPointsAtTheOption() {
        gets(60, extension(IpProtocol.ICMPV6, echo(), 1, 0, 0x9e, 2, 0, 0));
        assertThat(IcmpWire.rest(icmps().getFirst(), 0)).isEqualTo(44);
    }

    @Test
    void aPacketToAGroupIsReportedForAnOptionOnlyIfItInsists() {
        Ipv6Address group = Frames.ALL_NODES;
        Cstruct echo = Frames.echoOctets(PEER_6, group, 1, octets(16));
        for (int action = 2; action < 4; action++) {
            Cstruct payload = extension(IpProtocol.ICMPV6, echo, action << 6 | 0x1e, 4, 0, 0, 0, 0);
            host.gets(Frames.ip(PEER_6, group, 60, payload));
        }
        assertThat(icmps()).hasSize(1);
    }

    /// RFC 4443, 4.2: the answer to a group's ping bears an address of one.
    @Test
    void aPingToAGroupIsAnsweredFromOneAddress() {
        Cstruct echo = Frames.echoOctets(PEER_6, Frames.ALL_NODES, 1, octets(16));
        host.gets(Frames.ip(PEER_6, Frames.ALL_NODES, IpProtocol.ICMPV6, echo));
        Cstruct packet = Frames.payloads(host.sends(), EthernetWire.IPV6).getFirst();
        assertThat(Ipv6Address.read(packet, 8)).isEqualTo(HOST_6);
    }

    @Test
    void chainsThatAreWrongAreDroppedForTheirCause() {
        gets(60, extension(0, echo(), 1, 4, 0, 0, 0, 0));
        gets(60, octets(4));
        gets(60, extension(IpProtocol.ICMPV6, Cstruct.empty(), 1, 40, 0, 0, 0, 0));
        gets(43, extension(IpProtocol.ICMPV6, echo(), 0, 1, 0, 0, 0, 0));
        gets(200, octets(10));
        assertThat(dropped(Verdict.IPV6_BAD_EXTENSION)).isEqualTo(3);
        assertThat(dropped(Verdict.IPV6_ROUTING_HEADER)).isOne();
        assertThat(dropped(Verdict.PROTOCOL_UNKNOWN)).isOne();
        assertThat(icmps())
                .extracting(error -> error.u16be(0) & 0xff)
                .containsExactly(
                        IcmpWire.UNKNOWN_NEXT_HEADER,
                        IcmpWire.BAD_FIELD,
                        IcmpWire.UNKNOWN_NEXT_HEADER);
    }

    @Test
    void aChainOfManyHeadersIsDropped() {
        Cstruct payload = extension(IpProtocol.ICMPV6, echo(), 1, 4, 0, 0, 0, 0);
        for (int i = 0; i < 100; i++) {
            payload = extension(60, payload, 1, 4, 0, 0, 0, 0);
        }
        gets(60, payload);
        assertThat(icmps()).isEmpty();
        assertThat(dropped(Verdict.IPV6_TOO_MANY_EXTENSIONS)).isOne();
    }

    @Test
    void aPingOf65000OctetsInPiecesIsAnsweredInPieces() {
        Cstruct echo = Frames.echoOctets(PEER_6, HOST_6, 1, octets(65_000));
        List<Cstruct> frames = new ArrayList<>();
        for (int at = 0; at < echo.length(); at += 1448) {
            int len = Math.min(1448, echo.length() - at);
            Cstruct piece =
                    fragment(IpProtocol.ICMPV6, at, at + len < echo.length(), 5, echo.sub(at, len));
            frames.add(Frames.ip(PEER_6, HOST_6, IpProtocol.FRAGMENT, piece));
        }
        host.gets(frames.reversed().toArray(new Cstruct[0]));
        Cstruct reply = Cstruct.create(echo.length());
        int present = 0;
        for (Cstruct body : bodies(host.sends(), EthernetWire.IPV6, IpProtocol.FRAGMENT)) {
            reply.put(Ipv6Extensions.fragmentOffset(body, 0), body.shift(8));
            present += body.length() - 8;
        }
        assertThat(present).isEqualTo(echo.length());
        assertThat(reply.shift(8)).isEqualTo(octets(65_000));
        assertThat(reply.u8(0)).isEqualTo(IcmpWire.ECHO_REPLY_V6);
    }

    /// RFC 5722, 3.
    @Test
    void piecesThatOverlapAreAllDropped() {
        Cstruct echo = echo();
        gets(44, fragment(IpProtocol.ICMPV6, 0, true, 1, echo.sub(0, 16)));
        gets(44, fragment(IpProtocol.ICMPV6, 8, false, 1, echo.sub(8, 16)));
        gets(44, fragment(IpProtocol.ICMPV6, 16, false, 1, echo.sub(16, 8)));
        assertThat(icmps()).isEmpty();
        assertThat(dropped(Verdict.FRAGMENT_OVERLAPS)).isEqualTo(2);
    }

    /// RFC 6946, 4.
    @Test
    void anAtomicFragmentDoesNotDisturbPiecesOfTheSameIdentification() {
        Cstruct echo = echo();
        gets(44, fragment(IpProtocol.ICMPV6, 0, true, 1, echo.sub(0, 16)));
        gets(44, fragment(IpProtocol.ICMPV6, 0, false, 1, echo));
        gets(44, fragment(IpProtocol.ICMPV6, 16, false, 1, echo.sub(16, 8)));
        assertThat(icmps()).hasSize(2);
    }

    /// RFC 8200, 4.5; RFC 7112, 5.
    @Test
    void badPiecesAreReported() {
        gets(44, fragment(IpProtocol.UDP, 0, true, 1, octets(12)));
        gets(44, fragment(IpProtocol.UDP, 65_528, false, 2, octets(16)));
        gets(44, fragment(60, 0, true, 3, extension(60, Cstruct.empty(), 1, 4, 0, 0, 0, 0)));
        List<Cstruct> errors = icmps();
        assertThat(errors)
                .extracting(error -> error.u8(1))
                .containsExactly(
                        IcmpWire.BAD_FIELD, IcmpWire.BAD_FIELD, IcmpWire.INCOMPLETE_HEADER_CHAIN);
        assertThat(errors).extracting(error -> IcmpWire.rest(error, 0)).containsExactly(4, 42, 0);
    }

    @Test
    void aDatagramThatStaysInPiecesIsReportedAfterAMinute() {
        gets(44, fragment(IpProtocol.UDP, 0, true, 9, octets(64)));
        host.passes(59 * SECOND);
        thePeerIsKnown();
        List<Cstruct> errors =
                bodies(host.passes(2 * SECOND), EthernetWire.IPV6, IpProtocol.ICMPV6).stream()
                        .filter(message -> message.u8(0) == IcmpWire.TIME_EXCEEDED_V6)
                        .toList();
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().shift(8 + 40 + 8)).isEqualTo(octets(64));
    }

    /// Mapped addresses stand for IPv4 in tables: on the wire they would walk around filters.
    @Test
    void addressesThatNobodyMayHaveAreDropped() {
        for (String source : List.of("::ffff:192.0.2.9", "ff02::1", "::1")) {
            host.gets(Frames.echo(Ipv6Address.of(source), HOST_6, 1, octets(8)));
        }
        assertThat(dropped(Verdict.BAD_SOURCE)).isEqualTo(3);
        host.gets(Frames.echo(PEER_6, Ipv6Address.of("::ffff:192.0.2.1"), 1, octets(8)));
        host.gets(Frames.echo(PEER_6, Ipv6Address.of("::1"), 1, octets(8)));
        host.gets(Frames.echo(PEER_6, Ipv6Address.of("2001:db8::99"), 1, octets(8)));
        assertThat(dropped(Verdict.NOT_OURS)).isEqualTo(3);
        assertThat(icmps()).isEmpty();
    }

    /// RFC 8201, 4.
    @Test
    void aNarrowPathIsLearntButNothingBelow1280IsBelieved() {
        List<IcmpError> errors = new ArrayList<>();
        UdpPort port =
                host.stack
                        .bindUdp(
                                Endpoint.of("[::]:0"),
                                new UdpReceiver() {
                                    @Override
                                    public void received(UdpDatagram datagram, long now) {}

                                    @Override
                                    public void failed(Endpoint remote, IcmpError error, long now) {
                                        errors.add(error);
                                    }
                                })
                        .orElseThrow();
        Cstruct datagram = Frames.udpOctets(HOST_6, PEER_6, port.port, 9, octets(30));
        Cstruct quote = Frames.ipv6(HOST_6, PEER_6, IpProtocol.UDP, 64, datagram);
        host.gets(Frames.icmp(PEER_6, HOST_6, IcmpWire.PACKET_TOO_BIG, 0, 1279, quote));
        assertThat(errors).isEmpty();
        host.gets(Frames.icmp(PEER_6, HOST_6, IcmpWire.PACKET_TOO_BIG, 0, 1280, quote));
        assertThat(errors).containsExactly(IcmpError.TOO_BIG);
        port.send(octets(1300), new Endpoint(PEER_6, 9), host.now);
        assertThat(Frames.payloads(host.sends(), EthernetWire.IPV6))
                .hasSize(2)
                .allMatch(packet -> packet.length() <= 1280);
    }

    @Test
    void aVersionThatIsOffIsNotSpoken() {
        Host four = Host.of(settings -> settings.ipv4Only().address(Host.ADDRESS));
        four.passes(10 * SECOND);
        four.gets(Frames.ip(PEER_6, HOST_6, IpProtocol.ICMPV6, echo()));
        assertThat(four.sends()).isEmpty();
        assertThat(four.stack.counters().dropped(Verdict.IPV6_OFF)).isOne();
        Host six = Host.of(settings -> settings.ipv6Only().address(Host.ADDRESS_6));
        six.passes(10 * SECOND);
        six.gets(Frames.arpRequest(Frames.PEER, Frames.HOST));
        assertThat(six.sends()).isEmpty();
        assertThat(six.stack.counters().dropped(Verdict.IPV4_OFF)).isOne();
    }
}
