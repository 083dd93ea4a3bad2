// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static io.mirage4j.tcpip.Frames.PEER;
import static io.mirage4j.tcpip.Frames.PEER_LINK;
import static io.mirage4j.tcpip.Host.SECOND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.GroupRecord;
import io.mirage4j.tcpip.wire.IgmpMessage;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv4Wire;
import io.mirage4j.tcpip.wire.MldMessage;
import io.mirage4j.tcpip.wire.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Multicast listeners by the clauses of RFC 3376, RFC 2236, RFC 3810 and RFC 2710.
class GroupsTest {
    private static final Ipv4Address GROUP = Ipv4Address.of("239.1.2.3");
    private static final Ipv6Address GROUP_6 = Ipv6Address.of("ff05::99");

    private final Host host = Host.settled();
    private final UdpPort port =
            host.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();

    private static List<IgmpMessage> igmps(List<Cstruct> frames) {
        return Frames.bodies(frames, EthernetWire.IPV4, IpProtocol.IGMP).stream()
                .map(octets -> IgmpMessage.parse(octets, 0, octets.length()).orThrow())
                .toList();
    }

    private static List<MldMessage> mlds(List<Cstruct> frames) {
        List<MldMessage> result = new ArrayList<>();
        for (Cstruct body : Frames.bodies(frames, EthernetWire.IPV6, IpProtocol.HOP_BY_HOP)) {
            result.add(MldMessage.parse(body, 8, body.length() - 8).orThrow());
        }
        return result;
    }

    private static IgmpMessage report(int type) {
        return new IgmpMessage.Report(0, 0, List.of(GroupRecord.of(type, GROUP)));
    }

    private static MldMessage report6(int type) {
        return new MldMessage.Report(0, List.of(GroupRecord.of(type, GROUP_6)));
    }

    /// RFC 3376, 4 and 5.1.
    @Test
    void joiningAndLeavingIsToldTwiceToRoutersOnTheLink() {
        port.join(GROUP, host.now);
        List<Cstruct> frames = host.passes(2 * SECOND);
        assertThat(igmps(frames))
                .containsExactly(report(GroupRecord.TO_EXCLUDE), report(GroupRecord.TO_EXCLUDE));
        Cstruct packet = Frames.payloads(frames, EthernetWire.IPV4).getFirst();
        assertThat(Ipv4Wire.ttl(packet, 0)).isOne();
        assertThat(Ipv4Wire.headerLength(packet, 0)).isEqualTo(24);
        assertThat(packet.u32be(20)).isEqualTo(0x94040000);
        assertThat(EthernetWire.destination(frames.getFirst())).isEqualTo(0x0100_5e00_0016L);
        port.leave(GROUP, host.now);
        assertThat(igmps(host.passes(2 * SECOND)))
                .containsExactly(report(GroupRecord.TO_INCLUDE), report(GroupRecord.TO_INCLUDE));
    }

    @Test
    void aSecondMemberAndTheFirstToLeaveAreNobodysBusiness() {
        UdpPort other = host.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();
        port.join(GROUP, host.now);
        host.passes(2 * SECOND);
        other.join(GROUP, host.now);
        port.leave(GROUP, host.now);
        assertThat(igmps(host.passes(2 * SECOND))).isEmpty();
        other.close(host.now);
        assertThat(igmps(host.passes(2 * SECOND))).hasSize(2);
    }

    private void query(IgmpMessage query, String to) {
        Cstruct octets = Cstruct.create(query.lengthOctets());
        query.emit(octets, 0);
        host.gets(Frames.ip(PEER, Ipv4Address.of(to), IpProtocol.IGMP, 1, octets));
    }

    /// RFC 3376, 5.2.
    @Test
    void aQueryIsAnsweredWithinItsTime() {
        port.join(GROUP, host.now);
        host.passes(2 * SECOND);
        query(new IgmpMessage.Query(50, Ipv4Address.UNSPECIFIED, 2, 125, List.of()), "224.0.0.1");
        assertThat(igmps(host.passes(5 * SECOND))).containsExactly(report(GroupRecord.IS_EXCLUDE));
        query(new IgmpMessage.Query(10, GROUP, 2, 125, List.of()), "224.0.0.1");
        assertThat(igmps(host.passes(SECOND))).hasSize(1);
        Ipv4Address other = Ipv4Address.of("239.9.9.9");
        query(new IgmpMessage.Query(10, other, 2, 125, List.of()), "224.0.0.1");
        assertThat(igmps(host.passes(SECOND))).isEmpty();
    }

    /// RFC 3376, 7.2.1.
    @Test
    void withARouterOfVersion2ItsReportsAreSpoken() {
        port.join(GROUP, host.now);
        host.passes(2 * SECOND);
        query(new IgmpMessage.Brief(IgmpMessage.QUERY, 10, Ipv4Address.UNSPECIFIED), "224.0.0.1");
        assertThat(igmps(host.passes(SECOND)))
                .containsExactly(new IgmpMessage.Brief(IgmpMessage.V2_REPORT, 0, GROUP));
        port.leave(GROUP, host.now);
        List<Cstruct> frames = host.sends();
        assertThat(igmps(frames))
                .containsExactly(new IgmpMessage.Brief(IgmpMessage.LEAVE, 0, GROUP));
        assertThat(EthernetWire.destination(frames.getFirst())).isEqualTo(0x0100_5e00_0002L);
        host.passes(261 * SECOND);
        port.join(GROUP, host.now);
        assertThat(igmps(host.sends())).containsExactly(report(GroupRecord.TO_EXCLUDE));
    }

    @Test
    void codesOfResponseTimesAreFloatingPointAboveTheirMiddle() {
        assertThat(IgmpMessage.tenths(127)).isEqualTo(127);
        assertThat(IgmpMessage.tenths(0x80)).isEqualTo(128);
        assertThat(IgmpMessage.tenths(0xff)).isEqualTo(31 << 10);
        assertThat(MldMessage.millis(0x7fff)).isEqualTo(0x7fff);
        assertThat(MldMessage.millis(0x8000)).isEqualTo(0x8000);
        assertThat(MldMessage.millis(0xffff)).isEqualTo(0x1fff << 10);
    }

    private void query(MldMessage query, int hops) {
        Cstruct octets = Cstruct.create(query.lengthOctets());
        query.emit(octets, 0);
        Frames.checksummed(PEER_LINK, Frames.ALL_NODES, octets);
        host.gets(Frames.ip(PEER_LINK, Frames.ALL_NODES, IpProtocol.ICMPV6, hops, octets));
    }

    /// RFC 3810, 6.1 to 6.3.
    @Test
    void mldTellsAndAnswersAsIgmpDoes() {
        port.join(GROUP_6, host.now);
        assertThat(mlds(host.passes(2 * SECOND)))
                .containsExactly(report6(GroupRecord.TO_EXCLUDE), report6(GroupRecord.TO_EXCLUDE));
        var general = new MldMessage.Query(1000, 0, Ipv6Address.UNSPECIFIED, 2, 125, List.of());
        query(general, 64);
        assertThat(host.stack.counters().dropped(Verdict.MLD_BAD_SOURCE)).isOne();
        query(general, 1);
        // The groups of our two addresses' neighbours are asked for as well.
        assertThat(mlds(host.passes(SECOND))).hasSize(2).contains(report6(GroupRecord.IS_EXCLUDE));
        query(new MldMessage.Brief(130, 1000, 0, GROUP_6), 1);
        assertThat(mlds(host.passes(SECOND)))
                .containsExactly(new MldMessage.Brief(131, 0, 0, GROUP_6));
        port.leave(GROUP_6, host.now);
        assertThat(mlds(host.sends())).containsExactly(new MldMessage.Brief(132, 0, 0, GROUP_6));
    }

    private static final IpAddress FIRST = Ipv4Address.of("198.51.100.1");
    private static final IpAddress SECOND_ONE = Ipv4Address.of("198.51.100.2");
    private static final IpAddress THIRD = Ipv4Address.of("198.51.100.3");

    private List<GroupRecord> told(long nanos) {
        List<GroupRecord> records = new ArrayList<>();
        for (IgmpMessage message : igmps(host.passes(nanos))) {
            records.addAll(((IgmpMessage.Report) message).records());
        }
        return records;
    }

    private static GroupRecord record(int type, IpAddress... sources) {
        return GroupRecord.of(type, GROUP, List.of(sources));
    }

    /// RFC 3376, 5.1: each change is told twice.
    @Test
    void sourcesThatAreNamedAreToldAsTheyComeAndGo() {
        port.join(GROUP, FIRST, host.now);
        assertThat(told(2 * SECOND))
                .containsExactly(
                        record(GroupRecord.ALLOW, FIRST), record(GroupRecord.ALLOW, FIRST));
        port.join(GROUP, SECOND_ONE, host.now);
        port.leave(GROUP, FIRST, host.now);
        assertThat(told(2 * SECOND))
                .containsExactly(
                        record(GroupRecord.ALLOW, SECOND_ONE),
                        record(GroupRecord.ALLOW, SECOND_ONE),
                        record(GroupRecord.BLOCK, FIRST),
                        record(GroupRecord.BLOCK, FIRST));
        port.leave(GROUP, host.now);
        assertThat(told(2 * SECOND))
                .containsExactly(
                        record(GroupRecord.BLOCK, SECOND_ONE),
                        record(GroupRecord.BLOCK, SECOND_ONE));
        assertThat(host.stack.groups.hears(0, 0xffff_ef01_0203L)).isFalse();
    }

    /// RFC 3376, 3.2: what one wants the link brings, whatever another does not want.
    @Test
    void whatSeveralPortsWantIsMerged() {
        UdpPort other = host.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();
        port.join(GROUP, host.now);
        port.block(GROUP, FIRST, host.now);
        port.block(GROUP, SECOND_ONE, host.now);
        host.passes(3 * SECOND);
        other.join(GROUP, FIRST, host.now);
        assertThat(told(2 * SECOND))
                .containsExactly(
                        record(GroupRecord.ALLOW, FIRST), record(GroupRecord.ALLOW, FIRST));
        port.leave(GROUP, host.now);
        assertThat(told(2 * SECOND))
                .containsExactly(
                        record(GroupRecord.TO_INCLUDE, FIRST),
                        record(GroupRecord.TO_INCLUDE, FIRST));
        port.join(GROUP, host.now);
        assertThat(told(2 * SECOND))
                .containsExactly(record(GroupRecord.TO_EXCLUDE), record(GroupRecord.TO_EXCLUDE));
        port.block(GROUP, THIRD, host.now);
        port.unblock(GROUP, THIRD, host.now);
        assertThat(told(2 * SECOND))
                .containsExactly(
                        record(GroupRecord.BLOCK, THIRD),
                        record(GroupRecord.ALLOW, THIRD),
                        record(GroupRecord.ALLOW, THIRD));
    }

    /// RFC 3376, 5.2.
    @Test
    void aQueryForSourcesIsAnsweredForThoseThatAreWanted() {
        port.join(GROUP, FIRST, host.now);
        port.join(GROUP, SECOND_ONE, host.now);
        host.passes(3 * SECOND);
        query(ask(FIRST, THIRD), "239.1.2.3");
        assertThat(told(SECOND)).containsExactly(record(GroupRecord.IS_INCLUDE, FIRST));
        query(ask(THIRD), "239.1.2.3");
        assertThat(told(SECOND)).isEmpty();
        query(ask(), "239.1.2.3");
        assertThat(told(SECOND)).containsExactly(record(GroupRecord.IS_INCLUDE, FIRST, SECOND_ONE));
        query(ask(FIRST), "239.1.2.3");
        query(ask(), "239.1.2.3");
        query(ask(SECOND_ONE), "239.1.2.3");
        assertThat(told(SECOND)).containsExactly(record(GroupRecord.IS_INCLUDE, FIRST, SECOND_ONE));
    }

    private static IgmpMessage ask(IpAddress... sources) {
        List<Ipv4Address> list = new ArrayList<>();
        for (IpAddress source : sources) {
            list.add((Ipv4Address) source);
        }
        return new IgmpMessage.Query(10, GROUP, 2, 125, list);
    }

    @Test
    void onlyDatagramsOfSourcesThatAreWantedAreHeard() {
        List<IpAddress> heard = new ArrayList<>();
        UdpPort listening =
                host.stack
                        .bindUdp(
                                Endpoint.of("[::]:5000"), (d, _) -> heard.add(d.remote().address()))
                        .orElseThrow();
        Ipv4Address far = Ipv4Address.of("192.0.2.3");
        listening.join(GROUP, PEER, host.now);
        gets(PEER, far);
        assertThat(heard).containsExactly(PEER);
        listening.leave(GROUP, host.now);
        listening.join(GROUP, host.now);
        listening.block(GROUP, PEER, host.now);
        gets(PEER, far);
        assertThat(heard).containsExactly(PEER, far);
        listening.unblock(GROUP, PEER, host.now);
        gets(PEER, far);
        assertThat(heard).containsExactly(PEER, far, PEER, far);
    }

    private void gets(Ipv4Address... sources) {
        for (Ipv4Address source : sources) {
            host.gets(Frames.udp(source, GROUP, 9, 5000, Frames.octets(1)));
        }
    }

    /// RFC 4604, 2.1 and 2.2.2.
    @Test
    void aSourceSpecificGroupTakesSourcesAndIsKeptFromOlderRouters() {
        Ipv4Address specific = Ipv4Address.of("232.1.2.3");
        assertThatThrownBy(() -> port.join(specific, host.now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("232.1.2.3");
        assertThatThrownBy(() -> port.join(Ipv6Address.of("ff35::1"), host.now))
                .isInstanceOf(IllegalArgumentException.class);
        query(new IgmpMessage.Brief(IgmpMessage.QUERY, 10, Ipv4Address.UNSPECIFIED), "224.0.0.1");
        port.join(specific, FIRST, host.now);
        assertThat(igmps(host.passes(3 * SECOND))).isEmpty();
        port.join(GROUP, FIRST, host.now);
        assertThat(igmps(host.sends()))
                .containsExactly(new IgmpMessage.Brief(IgmpMessage.V2_REPORT, 0, GROUP));
        assertThatThrownBy(() -> port.block(GROUP, FIRST, host.now))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> port.join(GROUP, GROUP, host.now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// RFC 3810, 6.1 and 6.2.
    @Test
    void mldNamesSourcesAsIgmpDoes() {
        Ipv6Address source = Ipv6Address.of("2001:db8:7::1");
        port.join(GROUP_6, source, host.now);
        MldMessage allow = report6(GroupRecord.ALLOW, source);
        assertThat(mlds(host.passes(2 * SECOND))).containsExactly(allow, allow);
        query(new MldMessage.Query(1000, 0, GROUP_6, 2, 125, List.of(source)), 1);
        assertThat(mlds(host.passes(SECOND)))
                .containsExactly(report6(GroupRecord.IS_INCLUDE, source));
        port.close(host.now);
        MldMessage block = report6(GroupRecord.BLOCK, source);
        assertThat(mlds(host.passes(2 * SECOND))).containsExactly(block, block);
    }

    private static MldMessage report6(int type, IpAddress source) {
        return new MldMessage.Report(0, List.of(GroupRecord.of(type, GROUP_6, List.of(source))));
    }

    @Test
    void moreSourcesThanAReportHoldsAreRefused() {
        int joined = 0;
        for (int i = 1; i <= 100; i++) {
            joined += port.join(GROUP, new Ipv4Address(0x0a000000 + i), host.now) ? 1 : 0;
        }
        assertThat(joined).isEqualTo(SourceFilter.MOST_SOURCES);
        UdpPort other = host.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();
        assertThat(other.join(GROUP, new Ipv4Address(0x0b000000), host.now)).isTrue();
        query(ask(), "239.1.2.3");
        assertThat(told(3 * SECOND)).contains(record(GroupRecord.IS_EXCLUDE));
    }

    @Test
    void moreGroupsThanThereIsRoomForAreRefused() {
        int joined = 0;
        for (int i = 0; i < 1000; i++) {
            UdpPort next = host.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();
            IpAddress group = new Ipv4Address(0xef000000 + i);
            joined += next.join(group, host.now) ? 1 : 0;
            host.sends();
        }
        assertThat(joined).isBetween(200, Groups.MOST);
    }
}
