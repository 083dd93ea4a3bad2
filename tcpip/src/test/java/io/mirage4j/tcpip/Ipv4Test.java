// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static io.mirage4j.tcpip.Frames.HOST;
import static io.mirage4j.tcpip.Frames.PEER;
import static io.mirage4j.tcpip.Frames.bodies;
import static io.mirage4j.tcpip.Frames.octets;
import static io.mirage4j.tcpip.Host.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv4Header;
import io.mirage4j.tcpip.wire.Ipv4Wire;
import io.mirage4j.tcpip.wire.Verdict;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// IPv4 and ICMP by the clauses of RFC 791, RFC 792, RFC 1122 and RFC 6864.
class Ipv4Test {
    private final Host host = Host.settled();

    @BeforeEach
    void thePeerIsKnown() {
        host.gets(Frames.arpRequest(PEER, HOST));
        host.sends();
    }

    private List<Cstruct> icmps() {
        return bodies(host.sends(), EthernetWire.IPV4, IpProtocol.ICMP);
    }

    private long dropped(Verdict cause) {
        return host.stack.counters().dropped(cause);
    }

    @Test
    void anEchoComesBackWithItsPayloadAndValidChecksums() {
        host.gets(Frames.echo(PEER, HOST, 7, octets(57)));
        assertThat(icmps())
                .singleElement()
                .satisfies(
                        reply -> {
                            assertThat(reply.u8(0)).isEqualTo(IcmpWire.ECHO_REPLY);
                            assertThat(IcmpWire.rest(reply, 0)).isEqualTo(0x1234_0007);
                            assertThat(reply.shift(8)).isEqualTo(octets(57));
                            long sum = InternetChecksum.onesComplementSum(reply);
                            assertThat(InternetChecksum.isValid(sum)).isTrue();
                        });
    }

    @Test
    void aPingOf65000OctetsInPiecesOfAnyOrderIsAnsweredInPieces() {
        Cstruct echo = Frames.echoOctets(PEER, HOST, 1, octets(65_000));
        List<Cstruct> pieces = new ArrayList<>();
        for (int at = 0; at < echo.length(); at += 1480) {
            int len = Math.min(1480, echo.length() - at);
            boolean more = at + len < echo.length();
            int field = at / 8 | (more ? Ipv4Wire.MORE_FRAGMENTS : 0);
            pieces.add(piece(field, echo.sub(at, len)));
        }
        Collections.shuffle(pieces, new Random(3));
        host.gets(pieces.toArray(new Cstruct[0]));
        Cstruct reply = Cstruct.create(echo.length());
        int id = -1;
        int present = 0;
        for (Cstruct packet : Frames.payloads(host.sends(), EthernetWire.IPV4)) {
            Ipv4Header header = Ipv4Header.parse(packet, 0, packet.length()).orThrow();
            assertThat(packet.length()).isLessThanOrEqualTo(1500);
            assertThat(id == -1 || id == header.identification()).isTrue();
            id = header.identification();
            Cstruct body = packet.shift(20);
            reply.put((header.fragment() & Ipv4Wire.OFFSET_MASK) * 8, body);
            present += body.length();
        }
        assertThat(present).isEqualTo(echo.length());
        assertThat(reply.shift(8)).isEqualTo(octets(65_000));
        assertThat(InternetChecksum.isValid(InternetChecksum.onesComplementSum(reply))).isTrue();
        assertThat(host.stack.counters().reassemblyOctets()).isZero();
    }

    private static Cstruct piece(int fragment, Cstruct payload) {
        Cstruct packet = Frames.ipv4(PEER, HOST, IpProtocol.ICMP, 64, fragment, 99, payload);
        return Frames.frame(Host.MAC.bits(), EthernetWire.IPV4, packet);
    }

    /// RFC 1122, 3.3.2.
    @Test
    void aDatagramThatStaysInPiecesIsReportedIfItsFirstPieceCame() {
        Cstruct echo = Frames.echoOctets(PEER, HOST, 1, octets(2000));
        host.gets(piece(Ipv4Wire.MORE_FRAGMENTS, echo.sub(0, 1480)));
        List<Cstruct> errors = bodies(host.passes(31 * SECOND), EthernetWire.IPV4, IpProtocol.ICMP);
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().u16be(0)).isEqualTo(IcmpWire.TIME_EXCEEDED << 8 | 1);
        assertThat(dropped(Verdict.FRAGMENT_TIMED_OUT)).isOne();
    }

    @Test
    void aHeaderThatIsWrongIsDroppedForItsCause() {
        Cstruct good = Frames.echo(PEER, HOST, 1, octets(8));
        Cstruct checksum = copy(good);
        checksum.putU8(14 + 8, 1);
        Cstruct version = copy(good);
        version.putU8(14, 0x55);
        Cstruct headerLength = copy(good);
        headerLength.putU8(14, 0x44);
        Cstruct totalLength = copy(good);
        totalLength.putU16be(16, 19);
        host.gets(checksum, version, headerLength, totalLength, good.sub(0, 40));
        assertThat(icmps()).isEmpty();
        assertThat(dropped(Verdict.IPV4_BAD_CHECKSUM)).isOne();
        assertThat(dropped(Verdict.IPV4_BAD_VERSION)).isOne();
        assertThat(dropped(Verdict.IPV4_BAD_HEADER_LENGTH)).isOne();
        assertThat(dropped(Verdict.IPV4_BAD_TOTAL_LENGTH)).isOne();
        assertThat(dropped(Verdict.IPV4_TRUNCATED)).isOne();
    }

    private static Cstruct copy(Cstruct octets) {
        return Cstruct.of(octets.toByteArray());
    }

    @Test
    void octetsBehindThePacketAreNoFault() {
        host.gets(Cstruct.concat(List.of(Frames.echo(PEER, HOST, 1, octets(8)), octets(18))));
        assertThat(icmps()).singleElement().satisfies(r -> assertThat(r.length()).isEqualTo(16));
    }

    /// RFC 1122, 3.2.1.3.
    @Test
    void sourcesThatNobodyMayHaveAreDropped() {
        for (String source : List.of("127.0.0.1", "224.0.0.9", "255.255.255.255", "240.0.0.1")) {
            host.gets(Frames.echo(Ipv4Address.of(source), HOST, 1, octets(8)));
        }
        host.gets(Frames.echo(HOST, HOST, 1, octets(8)));
        host.gets(Frames.echo(Ipv4Address.of("192.0.2.255"), HOST, 1, octets(8)));
        host.gets(Frames.echo(Ipv4Address.of("0.0.0.0"), HOST, 1, octets(8)));
        assertThat(icmps()).isEmpty();
        assertThat(dropped(Verdict.BAD_SOURCE)).isEqualTo(7);
    }

    @Test
    void packetsForOthersAreDroppedAndNeverForwarded() {
        host.gets(Frames.echo(PEER, Ipv4Address.of("192.0.2.77"), 1, octets(8)));
        host.gets(Frames.echo(PEER, Ipv4Address.of("127.0.0.1"), 1, octets(8)));
        assertThat(host.sends()).isEmpty();
        assertThat(dropped(Verdict.NOT_OURS)).isEqualTo(2);
    }

    /// RFC 1122, 3.2.2.6 permits it; RFC 1122, 3.3.6 has no unicast in a link broadcast.
    @Test
    void pingsToBroadcastOrInLinkBroadcastsAreNotAnswered() {
        host.gets(Frames.echo(PEER, Ipv4Address.of("192.0.2.255"), 1, octets(8)));
        Cstruct inBroadcast = Frames.echo(PEER, HOST, 1, octets(8));
        inBroadcast.putU48be(0, EthernetWire.BROADCAST);
        host.gets(inBroadcast);
        assertThat(icmps()).isEmpty();
    }

    @Test
    void anUnknownProtocolAndAClosedPortAreReportedWithTheirPacket() {
        host.gets(Frames.ip(PEER, HOST, 250, octets(20)));
        host.gets(Frames.udp(PEER, HOST, 1000, 2000, octets(20)));
        List<Cstruct> errors = icmps();
        assertThat(errors)
                .extracting(error -> error.u16be(0))
                .containsExactly(
                        IcmpWire.UNREACHABLE << 8 | IcmpWire.PROTOCOL,
                        IcmpWire.UNREACHABLE << 8 | IcmpWire.PORT);
        Cstruct quoted = errors.get(1).shift(8);
        assertThat(Ipv4Header.parse(quoted, 0, quoted.length()).orThrow().source()).isEqualTo(PEER);
        assertThat(quoted.u16be(20)).isEqualTo(1000);
        assertThat(quoted.u16be(22)).isEqualTo(2000);
    }

    /// RFC 1122, 3.2.2.
    @Test
    void noErrorAnswersAnErrorABroadcastOrALaterFragment() {
        Cstruct quoted = Frames.ipv4(HOST, PEER, 250, 64, 0, 1, octets(8));
        host.gets(Frames.icmp(PEER, HOST, IcmpWire.UNREACHABLE, 2, 0, quoted));
        host.gets(Frames.udp(PEER, Ipv4Address.of("192.0.2.255"), 1000, 2000, octets(4)));
        Cstruct later = Frames.ipv4(PEER, HOST, 250, 64, 5, 1, octets(8));
        host.gets(Frames.frame(Host.MAC.bits(), EthernetWire.IPV4, later));
        assertThat(icmps()).isEmpty();
    }

    /// RFC 1812, 4.3.2.8; hosts do well to follow.
    @Test
    void errorsAreLimitedInTheirRate() {
        for (int i = 0; i < 1000; i++) {
            host.gets(Frames.udp(PEER, HOST, 1000, 2000, octets(1)));
        }
        assertThat(icmps()).hasSize(50);
        assertThat(dropped(Verdict.ICMP_RATE_LIMITED)).isEqualTo(950);
        host.passes(SECOND / 10);
        for (int i = 0; i < 100; i++) {
            host.gets(Frames.udp(PEER, HOST, 1000, 2000, octets(1)));
        }
        assertThat(icmps()).hasSize(10);
    }

    @Test
    void optionsAreSkippedButSourceRoutesAndBrokenOnesAreNot() {
        host.gets(withOptions(0x94, 4, 0, 0), withOptions(1, 1, 1, 0));
        assertThat(icmps()).hasSize(2);
        host.gets(withOptions(131, 4, 4, 0));
        assertThat(icmps()).isEmpty();
        assertThat(dropped(Verdict.IPV4_SOURCE_ROUTED)).isOne();
        host.gets(withOptions(7, 9, 4, 0), withOptions(7, 1, 4, 0), withOptions(1, 1, 1, 7));
        assertThat(icmps()).hasSize(3).allMatch(e -> e.u8(0) == IcmpWire.PARAMETER_PROBLEM);
        assertThat(dropped(Verdict.IPV4_BAD_OPTION)).isEqualTo(3);
    }

    private static Cstruct withOptions(int... octets) {
        Cstruct options = Cstruct.create(octets.length);
        for (int i = 0; i < octets.length; i++) {
            options.putU8(i, octets[i]);
        }
        Cstruct echo = Frames.echoOctets(PEER, HOST, 1, octets(8));
        var header =
                new Ipv4Header(0, 1, 0, 64, IpProtocol.ICMP, PEER, HOST, options, echo.length());
        Cstruct packet = Cstruct.create(header.lengthOctets() + echo.length());
        header.emit(packet, 0);
        packet.put(header.lengthOctets(), echo);
        return Frames.frame(Host.MAC.bits(), EthernetWire.IPV4, packet);
    }

    /// RFC 6864, 4.1: what is never cut needs no identification, and says that it is not to be cut.
    @Test
    void whatIsNotCutHasNoIdentification() {
        host.gets(Frames.echo(PEER, HOST, 1, octets(8)));
        Cstruct packet = Frames.payloads(host.sends(), EthernetWire.IPV4).getFirst();
        assertThat(Ipv4Wire.identification(packet, 0)).isZero();
        assertThat(Ipv4Wire.fragment(packet, 0)).isEqualTo(Ipv4Wire.DONT_FRAGMENT);
    }

    @Test
    void framesOfVlansAreOursOnlyIfTheirVlanIs() {
        Host tagged = Host.settled(settings -> settings.vlan(7));
        Cstruct plain = Frames.arpRequest(PEER, HOST);
        Cstruct inVlan = Cstruct.create(plain.length() + 4);
        EthernetWire.putTagged(
                inVlan, 0, EthernetWire.BROADCAST, Frames.PEER_MAC.bits(), 7, EthernetWire.ARP);
        inVlan.put(18, plain.shift(14));
        tagged.gets(plain, inVlan);
        List<Cstruct> frames = tagged.sends();
        assertThat(frames).hasSize(1);
        assertThat(EthernetWire.tag(frames.getFirst())).isEqualTo(7);
        assertThat(tagged.stack.counters().dropped(Verdict.FRAME_OF_ANOTHER_VLAN)).isOne();
        host.gets(inVlan);
        assertThat(host.sends()).isEmpty();
    }
}
