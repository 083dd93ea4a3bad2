// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static io.mirage4j.tcpip.Frames.HOST;
import static io.mirage4j.tcpip.Frames.HOST_6;
import static io.mirage4j.tcpip.Frames.PEER;
import static io.mirage4j.tcpip.Frames.PEER_6;
import static io.mirage4j.tcpip.Frames.octets;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Verdict;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// UDP by the clauses of RFC 768, RFC 1122, 4.1, RFC 6056, RFC 8085 and RFC 8200, 8.1.
class UdpTest {
    private final Host host = Host.settled();
    private final List<String> got = new ArrayList<>();
    private final List<IcmpError> errors = new ArrayList<>();

    private UdpPort bind(String local) {
        var receiver =
                new UdpReceiver() {
                    @Override
                    public void received(UdpDatagram d, long now) {
                        got.add(local + " from " + d.remote() + ": " + d.len());
                    }

                    @Override
                    public void failed(Endpoint remote, IcmpError error, long now) {
                        errors.add(error);
                    }
                };
        return host.stack.bindUdp(Endpoint.of(local), receiver).orElseThrow();
    }

    private void gets(IpAddress from, IpAddress to, int port) {
        host.gets(Frames.udp(from, to, 9, port, octets(3)));
    }

    @Test
    void datagramsGoToThePortThatFitsBest() {
        bind("0.0.0.0:53");
        bind("192.0.2.1:54");
        bind("[::]:55");
        gets(PEER, HOST, 53);
        gets(PEER, HOST, 54);
        gets(PEER, HOST, 55);
        gets(PEER_6, HOST_6, 55);
        gets(PEER_6, HOST_6, 53);
        assertThat(got)
                .containsExactly(
                        "0.0.0.0:53 from 192.0.2.2:9: 3",
                        "192.0.2.1:54 from 192.0.2.2:9: 3",
                        "[::]:55 from 192.0.2.2:9: 3",
                        "[::]:55 from [2001:db8::2]:9: 3");
        assertThat(host.stack.counters().dropped(Verdict.UDP_PORT_CLOSED)).isOne();
    }

    @Test
    void aConnectedPortHearsItsPeerOnly() {
        bind("0.0.0.0:53").connect(new Endpoint(PEER, 9));
        gets(PEER, HOST, 53);
        gets(Ipv4Address.of("192.0.2.3"), HOST, 53);
        assertThat(got).hasSize(1);
    }

    @Test
    void aPortThatIsTakenIsNotGivenAgainUntilItIsClosed() {
        UdpPort first = bind("0.0.0.0:53");
        assertThat(host.stack.bindUdp(Endpoint.of("[::]:53"), (_, _) -> {})).isEmpty();
        assertThat(host.stack.bindUdp(Endpoint.of("192.0.2.1:53"), (_, _) -> {})).isEmpty();
        assertThat(host.stack.bindUdp(Endpoint.of("[2001:db8::1]:53"), (_, _) -> {})).isPresent();
        first.close(host.now);
        first.close(host.now);
        assertThat(host.stack.bindUdp(Endpoint.of("192.0.2.1:53"), (_, _) -> {})).isPresent();
        assertThat(first.send(octets(1), new Endpoint(PEER, 9), host.now))
                .isEqualTo(Verdict.UDP_BAD_PORT);
    }

    @Test
    void oneVersionAloneLeavesThePortOfTheOther() {
        List<String> heard = new ArrayList<>();
        Endpoint any = Endpoint.of("[::]:53");
        UdpPort six =
                host.stack.bindUdp(any, IpVersions.IPV6, (_, _) -> heard.add("6")).orElseThrow();
        assertThat(host.stack.bindUdp(any, IpVersions.BOTH, (_, _) -> {})).isEmpty();
        assertThat(host.stack.bindUdp(Endpoint.of("[2001:db8::1]:53"), (_, _) -> {})).isEmpty();
        gets(PEER, HOST, 53);
        assertThat(host.stack.counters().dropped(Verdict.UDP_PORT_CLOSED)).isOne();
        assertThat(host.stack.bindUdp(any, IpVersions.IPV4, (_, _) -> heard.add("4"))).isPresent();
        gets(PEER, HOST, 53);
        gets(PEER_6, HOST_6, 53);
        six.close(host.now);
        gets(PEER_6, HOST_6, 53);
        assertThat(heard).containsExactly("4", "6");
    }

    /// RFC 6056, 3.3.1.
    @Test
    void freePortsAreChosenAtRandomAndAllOfThemCanBeHad() {
        Set<Integer> ports = new HashSet<>();
        int first = bind("0.0.0.0:0").port;
        int second = bind("0.0.0.0:0").port;
        assertThat(Math.abs(first - second)).isGreaterThan(1);
        for (int i = 0; i < 64_512 - 2; i++) {
            host.stack
                    .bindUdp(Endpoint.of("0.0.0.0:0"), (_, _) -> {})
                    .ifPresent(port -> ports.add(port.port));
        }
        assertThat(ports).hasSize(64_510).allMatch(port -> port >= 1024);
        assertThat(host.stack.bindUdp(Endpoint.of("0.0.0.0:0"), (_, _) -> {})).isEmpty();
    }

    @Test
    void lengthsAndChecksumsThatAreWrongAreDropped() {
        bind("[::]:53");
        Cstruct sum = Frames.udp(PEER, HOST, 9, 53, octets(3));
        sum.putU8(14 + 20 + 8, 0x77);
        Cstruct none = Frames.udp(PEER_6, HOST_6, 9, 53, octets(3));
        none.putU16be(14 + 40 + 6, 0);
        Cstruct shorter = Frames.udp(PEER, HOST, 9, 53, octets(3));
        shorter.putU16be(14 + 20 + 4, 7);
        Cstruct longer = Frames.udp(PEER, HOST, 9, 53, octets(3));
        longer.putU16be(14 + 20 + 4, 12);
        host.gets(sum, none, shorter, longer, Frames.ip(PEER, HOST, IpProtocol.UDP, octets(7)));
        assertThat(got).isEmpty();
        assertThat(host.stack.counters().dropped(Verdict.UDP_BAD_CHECKSUM)).isOne();
        assertThat(host.stack.counters().dropped(Verdict.UDP_NO_CHECKSUM)).isOne();
        assertThat(host.stack.counters().dropped(Verdict.UDP_BAD_LENGTH)).isOne();
        assertThat(host.stack.counters().dropped(Verdict.UDP_TRUNCATED)).isEqualTo(2);
    }

    /// RFC 768: in IPv4 the checksum may be left out.
    @Test
    void anIpv4DatagramWithoutChecksumIsTaken() {
        bind("0.0.0.0:53");
        Cstruct frame = Frames.udp(PEER, HOST, 9, 53, octets(3));
        frame.putU16be(14 + 20 + 6, 0);
        host.gets(frame);
        assertThat(got).hasSize(1);
    }

    @Property(tries = 60)
    void whatOneSendsTheOtherGetsWhateverItsLength(
            @ForAll @IntRange(max = 65_507) int length, @ForAll boolean ipv6) {
        var lan = new Lan();
        Host a = lan.host(1, b -> b.address(Host.ADDRESS).address(Host.ADDRESS_6));
        Host b =
                lan.host(
                        2,
                        s ->
                                s.address(IpPrefix.of("192.0.2.2/24"))
                                        .address(IpPrefix.of("2001:db8::2/64")));
        lan.passes(5 * Host.SECOND);
        List<Cstruct> arrived = new ArrayList<>();
        b.stack.bindUdp(
                Endpoint.of("[::]:53"),
                (d, _) -> arrived.add(Cstruct.of(d.payload().toByteArray())));
        UdpPort port = a.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();
        IpAddress to = ipv6 ? PEER_6 : PEER;
        // The first one finds the neighbour; a long one has more pieces than may wait for that.
        port.send(octets(1), new Endpoint(to, 53), a.now);
        lan.passes(Host.SECOND);
        assertThat(port.send(octets(length), new Endpoint(to, 53), a.now)).isEqualTo(Verdict.OK);
        lan.passes(Host.SECOND);
        assertThat(arrived).containsExactly(octets(1), octets(length));
    }

    /// RFC 1122, 4.1.3.3.
    @Test
    void icmpErrorsReachThePortThatTheyQuote() {
        UdpPort port = bind("0.0.0.0:0");
        Cstruct quote =
                Frames.ipv4(
                        HOST,
                        PEER,
                        IpProtocol.UDP,
                        64,
                        0,
                        1,
                        Frames.udpOctets(HOST, PEER, port.port, 7, octets(3)));
        host.gets(Frames.icmp(PEER, HOST, IcmpWire.UNREACHABLE, IcmpWire.PORT, 0, quote));
        assertThat(errors).containsExactly(IcmpError.PORT_UNREACHABLE);
        quote.putU16be(20, port.port ^ 1);
        host.gets(Frames.icmp(PEER, HOST, IcmpWire.UNREACHABLE, IcmpWire.PORT, 0, quote));
        assertThat(errors).hasSize(1);
        assertThat(host.stack.counters().dropped(Verdict.ICMP_NOBODY_ASKED)).isOne();
    }

    /// RFC 1191, 3, where the quote names a port of ours; RFC 8201, 4 has 1280 as the least.
    @Test
    void aPathThatIsNarrowIsLearntFromWhoQuotesOurDatagram() {
        host.gets(Frames.arpRequest(PEER, HOST));
        host.sends();
        UdpPort port = bind("0.0.0.0:0");
        Cstruct quote =
                Frames.ipv4(
                        HOST,
                        PEER,
                        IpProtocol.UDP,
                        64,
                        0,
                        1,
                        Frames.udpOctets(HOST, PEER, port.port, 7, octets(30)));
        int needed = IcmpWire.FRAGMENTATION_NEEDED;
        host.gets(Frames.icmp(PEER, HOST, IcmpWire.UNREACHABLE, needed, 1400, quote));
        assertThat(errors).containsExactly(IcmpError.TOO_BIG);
        port.send(octets(1400), new Endpoint(PEER, 7), host.now);
        assertThat(Frames.payloads(host.sends(), EthernetWire.IPV4)).hasSize(2);
        // A lie about the minimum costs little, and a larger one nothing.
        host.gets(Frames.icmp(PEER, HOST, IcmpWire.UNREACHABLE, needed, 68, quote));
        host.gets(Frames.icmp(PEER, HOST, IcmpWire.UNREACHABLE, needed, 1500, quote));
        port.send(octets(1000), new Endpoint(PEER, 7), host.now);
        assertThat(Frames.payloads(host.sends(), EthernetWire.IPV4)).hasSize(2);
        port.dontFragment(true);
        assertThat(port.send(octets(1000), new Endpoint(PEER, 7), host.now))
                .isEqualTo(Verdict.TOO_LONG);
        host.passes(601 * Host.SECOND);
        assertThat(port.send(octets(1400), new Endpoint(PEER, 7), host.now)).isEqualTo(Verdict.OK);
    }

    @Test
    void groupsAreHeardByThoseWhoJoinedThem() {
        UdpPort joined = bind("0.0.0.0:5353");
        Ipv4Address group = Ipv4Address.of("224.0.0.251");
        gets(PEER, group, 5353);
        assertThat(got).isEmpty();
        joined.join(group, host.now);
        gets(PEER, group, 5353);
        assertThat(got).hasSize(1);
        joined.leave(group, host.now);
        gets(PEER, group, 5353);
        assertThat(got).hasSize(1);
    }

    @Test
    void broadcastsAreHeardByPortsOfAnyAddress() {
        bind("0.0.0.0:67");
        bind("192.0.2.1:68");
        gets(PEER, Ipv4Address.of("255.255.255.255"), 67);
        gets(PEER, Ipv4Address.of("192.0.2.255"), 68);
        assertThat(got).hasSize(1);
    }

    @Test
    void whatIsSentToOurselvesComesBackWithoutALink() {
        UdpPort port = bind("[::]:0");
        for (String to : List.of("127.0.0.1", "::1", "192.0.2.1", "2001:db8::1")) {
            port.send(octets(2000), new Endpoint(IpAddress.of(to), port.port), host.now);
        }
        host.stack.advance(host.now);
        assertThat(host.sends()).isEmpty();
        assertThat(got).hasSize(4).allMatch(line -> line.endsWith("2000"));
    }

    @Test
    void withoutARouteNothingIsSent() {
        UdpPort port = bind("0.0.0.0:0");
        var far = new Endpoint(Ipv4Address.of("198.51.100.1"), 9);
        assertThat(port.send(octets(1), far, host.now)).isEqualTo(Verdict.NO_ROUTE);
    }
}
