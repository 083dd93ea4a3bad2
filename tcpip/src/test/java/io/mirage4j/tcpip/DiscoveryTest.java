// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static io.mirage4j.tcpip.Frames.ALL_NODES;
import static io.mirage4j.tcpip.Frames.HOST_6;
import static io.mirage4j.tcpip.Frames.HOST_LINK;
import static io.mirage4j.tcpip.Frames.PEER_6;
import static io.mirage4j.tcpip.Frames.PEER_LINK;
import static io.mirage4j.tcpip.Frames.PEER_MAC;
import static io.mirage4j.tcpip.Frames.nds;
import static io.mirage4j.tcpip.Host.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.tcpip.table.Route;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.NdMessage;
import io.mirage4j.tcpip.wire.NdMessage.NeighbourAdvertisement;
import io.mirage4j.tcpip.wire.NdMessage.NeighbourSolicitation;
import io.mirage4j.tcpip.wire.NdMessage.Redirect;
import io.mirage4j.tcpip.wire.NdMessage.RouterAdvertisement;
import io.mirage4j.tcpip.wire.NdMessage.RouterSolicitation;
import io.mirage4j.tcpip.wire.NdOption;
import io.mirage4j.tcpip.wire.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Neighbour discovery by the clauses of RFC 4861, RFC 4862, RFC 4191, RFC 7217, RFC 8106, RFC
/// 8981.
class DiscoveryTest {
    private static final NdOption PEER_SOURCE = new NdOption.LinkAddress(false, PEER_MAC);
    private static final NdOption PEER_TARGET = new NdOption.LinkAddress(true, PEER_MAC);
    private static final Ipv6Address SOLICITED_NODE = Ipv6Address.of("ff02::1:ff00:1");

    private static Host bare() {
        return Host.of(settings -> settings.ipv6Only());
    }

    private static Host settled() {
        Host host = bare();
        host.passes(3 * SECOND);
        return host;
    }

    private static RouterAdvertisement router(int lifetime, NdOption... options) {
        return new RouterAdvertisement(0, 0, lifetime, 0, 0, List.of(options));
    }

    private static NdOption.Prefix prefix(String prefix, int flags, int valid, int preferred) {
        return new NdOption.Prefix(IpPrefix.of(prefix), flags, valid, preferred, 0);
    }

    private static void advertise(Host host, NdMessage message) {
        host.gets(Frames.nd(PEER_LINK, ALL_NODES, message));
    }

    private static List<String> usable(Host host) {
        return host.stack.addresses().stream()
                .filter(AddressInfo::isUsable)
                .map(info -> info.address().toString())
                .toList();
    }

    // Addresses of neighbours

    @Test
    void aSolicitationForOurAddressIsAnswered() {
        Host host = Host.settled();
        var asked = new NeighbourSolicitation(0, HOST_6, List.of(PEER_SOURCE));
        host.gets(Frames.nd(PEER_6, SOLICITED_NODE, asked));
        var mac = new NdOption.LinkAddress(true, Host.MAC);
        assertThat(nds(host.sends()))
                .containsExactly(
                        new NeighbourAdvertisement(
                                NeighbourAdvertisement.SOLICITED | NeighbourAdvertisement.OVERRIDE,
                                HOST_6,
                                List.of(mac)));
    }

    /// RFC 4861, 7.1.1: what did not come from the link, or contradicts itself, is void.
    @Test
    void solicitationsThatAreNotValidAreDropped() {
        Host host = Host.settled();
        var asked = new NeighbourSolicitation(0, HOST_6, List.of(PEER_SOURCE));
        host.gets(Frames.nd(PEER_6, HOST_6, 254, asked));
        host.gets(Frames.nd(Ipv6Address.UNSPECIFIED, SOLICITED_NODE, asked));
        var multicast = new NeighbourSolicitation(0, ALL_NODES, List.of());
        host.gets(Frames.nd(PEER_6, HOST_6, multicast));
        var bare = new NeighbourSolicitation(0, HOST_6, List.of());
        host.gets(Frames.nd(Ipv6Address.UNSPECIFIED, HOST_6, bare));
        assertThat(host.sends()).isEmpty();
        assertThat(host.stack.counters().dropped(Verdict.ND_BAD_HOP_LIMIT)).isOne();
        assertThat(host.stack.counters().dropped(Verdict.ND_BAD_SOURCE)).isEqualTo(2);
        assertThat(host.stack.counters().dropped(Verdict.ND_BAD_TARGET)).isOne();
    }

    @Test
    void anOptionOfLengthZeroMakesTheMessageVoid() {
        Host host = Host.settled();
        Cstruct frame =
                Frames.nd(
                        PEER_6,
                        SOLICITED_NODE,
                        new NeighbourSolicitation(0, HOST_6, List.of(PEER_SOURCE)));
        frame.putU8(14 + 40 + 25, 0);
        Cstruct message = frame.shift(54);
        message.putU16be(2, 0);
        Frames.checksummed(PEER_6, SOLICITED_NODE, message);
        host.gets(frame);
        assertThat(host.sends()).isEmpty();
        assertThat(host.stack.counters().dropped(Verdict.ND_BAD_OPTION)).isOne();
    }

    @Test
    void packetsWaitForTheAnswerAndUnsolicitedOverridesAreHeard() {
        Host host = Host.settled();
        UdpPort port = host.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();
        port.send(Frames.octets(3), new Endpoint(PEER_6, 9), host.now);
        List<NdMessage> asked = nds(host.sends());
        assertThat(asked)
                .singleElement()
                .isInstanceOfSatisfying(
                        NeighbourSolicitation.class,
                        message -> assertThat(message.target()).isEqualTo(PEER_6));
        host.gets(
                Frames.nd(
                        PEER_6,
                        HOST_6,
                        new NeighbourAdvertisement(
                                NeighbourAdvertisement.SOLICITED, PEER_6, List.of(PEER_TARGET))));
        assertThat(Frames.bodies(host.sends(), EthernetWire.IPV6, IpProtocol.UDP)).hasSize(1);
        var moved = new NdOption.LinkAddress(true, MacAddress.of("02:00:00:00:00:77"));
        host.gets(
                Frames.nd(
                        PEER_6,
                        ALL_NODES,
                        new NeighbourAdvertisement(
                                NeighbourAdvertisement.OVERRIDE, PEER_6, List.of(moved))));
        port.send(Frames.octets(3), new Endpoint(PEER_6, 9), host.now);
        assertThat(EthernetWire.destination(host.sends().getFirst())).isEqualTo(0x0200_0000_0077L);
    }

    @Test
    void advertisementsThatNobodyAskedForMakeNoNeighbour() {
        Host host = Host.settled();
        for (int i = 0; i < 10_000; i++) {
            host.gets(
                    Frames.nd(
                            PEER_6,
                            ALL_NODES,
                            new NeighbourAdvertisement(
                                    NeighbourAdvertisement.OVERRIDE,
                                    new Ipv6Address(PEER_6.high(), 1000 + i),
                                    List.of(PEER_TARGET))));
        }
        assertThat(host.stack.counters().neighbours()).isZero();
    }

    // Addresses of ours

    /// RFC 4862, 5.4: asked for from `::`, with a nonce (RFC 7527), told after (RFC 9131).
    @Test
    void theLinkLocalAddressIsProbedBeforeItIsUsed() {
        Host host = bare();
        assertThat(usable(host)).isEmpty();
        List<NdMessage> sent = nds(host.passes(3 * SECOND));
        assertThat(usable(host)).containsExactly(HOST_LINK + "/64");
        assertThat(sent.getFirst())
                .isInstanceOfSatisfying(
                        NeighbourSolicitation.class,
                        probe -> {
                            assertThat(probe.target()).isEqualTo(HOST_LINK);
                            assertThat(probe.options())
                                    .singleElement()
                                    .isInstanceOf(NdOption.Nonce.class);
                        });
        assertThat(sent).hasAtLeastOneElementOfType(NeighbourAdvertisement.class);
        assertThat(sent).hasAtLeastOneElementOfType(RouterSolicitation.class);
    }

    @Test
    void anAddressThatSomebodyHasIsNotTaken() {
        Host host = bare();
        host.passes(SECOND);
        host.gets(
                Frames.nd(
                        PEER_LINK,
                        ALL_NODES,
                        new NeighbourAdvertisement(0, HOST_LINK, List.of(PEER_TARGET))));
        assertThat(host.stack.addresses()).isEmpty();
    }

    @Test
    void anAddressThatSomebodyAsksForAtTheSameTimeIsNotTakenButOurOwnEchoIsNoMatter() {
        Host host = bare();
        List<Cstruct> frames = host.passes(SECOND);
        Cstruct probe =
                frames.stream()
                        .filter(frame -> frame.length() > 54 && frame.u8(54) == 135)
                        .findFirst()
                        .orElseThrow();
        host.gets(probe);
        assertThat(host.stack.addresses()).hasSize(1);
        var theirs = new NeighbourSolicitation(0, HOST_LINK, List.of(new NdOption.Nonce(1)));
        host.gets(Frames.nd(Ipv6Address.UNSPECIFIED, Ipv6Address.of("ff02::1:ff00:1"), theirs));
        assertThat(host.stack.addresses()).isEmpty();
    }

    /// RFC 7217, 6: a stable secret allows another try.
    @Test
    void withASecretAnotherIdentifierIsTried() {
        Host host = Host.of(settings -> settings.ipv6Only().stableSecret(42));
        IpAddress first = host.stack.addresses().getFirst().address().address();
        host.passes(SECOND);
        host.gets(
                Frames.nd(
                        PEER_LINK,
                        ALL_NODES,
                        new NeighbourAdvertisement(0, (Ipv6Address) first, List.of(PEER_TARGET))));
        host.passes(3 * SECOND);
        assertThat(usable(host)).hasSize(1).doesNotContain(first + "/64");
        assertThat(first).isNotEqualTo(HOST_LINK);
        Host again = Host.of(settings -> settings.ipv6Only().stableSecret(42));
        assertThat(again.stack.addresses().getFirst().address().address()).isEqualTo(first);
    }

    /// RFC 4861, 6.3.7; RFC 7559, 2.
    @Test
    void routersAreAskedEverMoreRarelyUntilOneAnswers() {
        Host host = settled();
        long asked =
                nds(host.passes(3600 * SECOND)).stream()
                        .filter(RouterSolicitation.class::isInstance)
                        .count();
        assertThat(asked).isBetween(8L, 11L);
        advertise(host, router(1800));
        assertThat(nds(host.passes(1000 * SECOND))).noneMatch(RouterSolicitation.class::isInstance);
    }

    // What routers say

    @Test
    void aPrefixGivesAnAddressARouteAndARouter() {
        Host host = settled();
        advertise(host, router(1800, PEER_SOURCE, prefix("2001:db8:1::/64", 0xc0, 7200, 3600)));
        host.passes(3 * SECOND);
        assertThat(usable(host)).contains("2001:db8:1::ff:fe00:1/64");
        assertThat(host.stack.routes())
                .extracting(route -> route.network() + " " + route.gateway())
                .containsExactly("2001:db8:1::/64 ::", "::/0 fe80::2");
        assertThat(host.stack.sourceFor(Ipv6Address.of("2001:db8:9::1")))
                .contains(IpAddress.of("2001:db8:1::ff:fe00:1"));
        host.passes(3600 * SECOND);
        assertThat(host.stack.addresses()).anyMatch(AddressInfo::isDeprecated);
        assertThat(host.stack.routes()).hasSize(1);
        host.passes(3600 * SECOND);
        assertThat(usable(host)).containsExactly(HOST_LINK + "/64");
        assertThat(host.stack.routes()).isEmpty();
    }

    /// RFC 4862, 5.5.3 (e): nobody may end an address at once.
    @Test
    void aForgedShortLifetimeIsBroughtToTwoHoursOnly() {
        Host host = settled();
        advertise(host, router(1800, prefix("2001:db8:1::/64", 0x40, 86_400, 86_400)));
        host.passes(3 * SECOND);
        advertise(host, router(1800, prefix("2001:db8:1::/64", 0x40, 1, 0)));
        host.passes(7000 * SECOND);
        assertThat(usable(host)).hasSize(2);
        advertise(host, router(1800, prefix("2001:db8:1::/64", 0x40, 1, 0)));
        host.passes(100 * SECOND);
        assertThat(usable(host)).hasSize(2);
        host.passes(200 * SECOND);
        assertThat(usable(host)).hasSize(1);
    }

    @Test
    void prefixesThatCanNotBeMeantAreIgnored() {
        Host host = settled();
        advertise(
                host,
                router(
                        0,
                        prefix("2001:db8:1::/64", 0xc0, 10, 20),
                        prefix("2001:db8:2::/48", 0x40, 20, 10),
                        prefix("fe80::/64", 0xc0, 20, 10),
                        prefix("2001:db8:3::/64", 0x40, 0, 0)));
        host.passes(3 * SECOND);
        assertThat(usable(host)).hasSize(1);
    }

    @Test
    void anAdvertisementFromAGlobalAddressIsDropped() {
        Host host = settled();
        host.gets(Frames.nd(PEER_6, ALL_NODES, router(1800)));
        assertThat(host.stack.routes()).isEmpty();
        assertThat(host.stack.counters().dropped(Verdict.ND_BAD_SOURCE)).isOne();
    }

    /// RFC 4191, 2.2 and 2.3.
    @Test
    void preferencesAndRoutesOfRoutersDecideBetweenThem() {
        Host host = settled();
        Ipv6Address other = Ipv6Address.of("fe80::3");
        advertise(host, new RouterAdvertisement(0, 0x18, 1800, 0, 0, List.of()));
        host.gets(
                Frames.nd(
                        other, ALL_NODES, new RouterAdvertisement(0, 0x08, 1800, 0, 0, List.of())));
        assertThat(gateway(host, "2001:db8:9::1")).isEqualTo(other);
        var route = new NdOption.RouteInformation(IpPrefix.of("2001:db8:9::/48"), 0, 600, 2);
        advertise(host, new RouterAdvertisement(0, 0x18, 1800, 0, 0, List.of(route)));
        assertThat(gateway(host, "2001:db8:9::1")).isEqualTo(PEER_LINK);
        host.passes(601 * SECOND);
        assertThat(gateway(host, "2001:db8:9::1")).isEqualTo(other);
    }

    private static IpAddress gateway(Host host, String to) {
        return host.stack.routes().stream()
                .filter(route -> route.network().contains(IpAddress.of(to)))
                .map(Route::gateway)
                .findFirst()
                .orElseThrow();
    }

    /// RFC 8106, 5.1.
    @Test
    void nameServersAreKnownForTheirLifetime() {
        Host host = settled();
        Ipv6Address server = Ipv6Address.of("2001:db8::53");
        advertise(host, router(1800, new NdOption.Rdnss(0, 100, List.of(server))));
        assertThat(host.stack.nameServers(host.now)).containsExactly(server);
        host.passes(101 * SECOND);
        assertThat(host.stack.nameServers(host.now)).isEmpty();
        advertise(host, router(1800, new NdOption.Rdnss(0, 100, List.of(server))));
        advertise(host, router(1800, new NdOption.Rdnss(0, 0, List.of(server))));
        assertThat(host.stack.nameServers(host.now)).isEmpty();
    }

    @Test
    void anAdvertisedMtuBelow1280IsNotBelieved() {
        Host host = settled();
        advertise(host, router(1800, new NdOption.Mtu(0, 1279)));
        assertThat(host.stack.mtu(false)).isEqualTo(1500);
        advertise(host, router(1800, new NdOption.Mtu(0, 1400)));
        assertThat(host.stack.mtu(false)).isEqualTo(1400);
        advertise(host, router(1800, new NdOption.Mtu(0, 9000)));
        assertThat(host.stack.mtu(false)).isEqualTo(1500);
    }

    /// RFC 8981, 3.4: made beside the stable one, preferred, replaced before it is deprecated.
    @Test
    void temporaryAddressesComeAndGo() {
        Host host = Host.of(settings -> settings.ipv6Only().temporaryAddresses(true));
        host.passes(3 * SECOND);
        advertise(host, router(9000, prefix("2001:db8:1::/64", 0xc0, -1, -1)));
        host.passes(3 * SECOND);
        Set<IpAddress> seen = temporary(host);
        assertThat(seen).hasSize(1);
        assertThat(host.stack.sourceFor(Ipv6Address.of("2001:db8:9::1")).orElseThrow())
                .isEqualTo(seen.iterator().next());
        host.passes(5 * 86_400 * SECOND);
        assertThat(temporary(host)).hasSizeBetween(2, 5).doesNotContainAnyElementsOf(seen);
        assertThat(host.stack.addresses())
                .filteredOn(info -> info.isTemporary() && !info.isDeprecated())
                .isNotEmpty();
    }

    private static Set<IpAddress> temporary(Host host) {
        return host.stack.addresses().stream()
                .filter(AddressInfo::isTemporary)
                .map(info -> info.address().address())
                .collect(Collectors.toSet());
    }

    /// RFC 4861, 8.1: off by default, and only from who forwards for us.
    @Test
    void redirectsAreBelievedFromTheRouterOnly() {
        Host host = Host.of(settings -> settings.ipv6Only().redirects(true));
        host.passes(3 * SECOND);
        advertise(host, router(1800, PEER_SOURCE));
        Ipv6Address far = Ipv6Address.of("2001:db8:9::1");
        var redirect = new Redirect(0, Ipv6Address.of("fe80::7"), far, List.of());
        host.gets(Frames.nd(Ipv6Address.of("fe80::66"), HOST_LINK, redirect));
        assertThat(host.stack.counters().dropped(Verdict.ICMP_REDIRECT_REFUSED)).isOne();
        host.gets(Frames.nd(PEER_LINK, HOST_LINK, redirect));
        assertThat(gateway(host, "2001:db8:9::1")).isEqualTo(IpAddress.of("fe80::7"));
        host.passes(601 * SECOND);
        assertThat(gateway(host, "2001:db8:9::1")).isEqualTo(PEER_LINK);
        Host careful = settled();
        advertise(careful, router(1800, PEER_SOURCE));
        careful.gets(Frames.nd(PEER_LINK, HOST_LINK, redirect));
        assertThat(careful.stack.counters().dropped(Verdict.ICMP_REDIRECT_REFUSED)).isOne();
    }

    /// RFC 4861, 7.2.5; RFC 4191, 3.2.
    @Test
    void aSilentRouterGivesWayToAnother() {
        Host host = settled();
        Ipv6Address other = Ipv6Address.of("fe80::3");
        var prefix = prefix("2001:db8:1::/64", 0x40, 7200, 7200);
        advertise(host, new RouterAdvertisement(0, 0x08, 1800, 0, 0, List.of(PEER_SOURCE, prefix)));
        var mac = new NdOption.LinkAddress(false, MacAddress.of("02:00:00:00:00:03"));
        host.gets(Frames.nd(other, ALL_NODES, router(1800, mac)));
        host.passes(2 * SECOND);
        UdpPort port = host.stack.bindUdp(Endpoint.of("[::]:0"), (_, _) -> {}).orElseThrow();
        List<Long> hops = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            port.send(Frames.octets(1), new Endpoint(Ipv6Address.of("2001:db8:9::1"), 9), host.now);
            for (Cstruct frame : host.passes(SECOND)) {
                if (frame.u8(14 + 6) == IpProtocol.UDP) {
                    hops.add(EthernetWire.destination(frame));
                }
            }
        }
        // It is used until the probes of unreachability detection have failed.
        assertThat(hops).startsWith(PEER_MAC.bits()).endsWith(0x0200_0000_0003L);
    }

    @Test
    void aFloodOfAdvertisementsFillsListsAndNoMore() {
        Host host = settled();
        for (int i = 0; i < 5_000; i++) {
            host.gets(
                    Frames.nd(
                            new Ipv6Address(0xfe80L << 48, 100 + i),
                            ALL_NODES,
                            router(
                                    1800,
                                    PEER_SOURCE,
                                    prefix(
                                            "2001:db8:" + Integer.toHexString(i) + "::/64",
                                            0xc0,
                                            9,
                                            9),
                                    new NdOption.Rdnss(
                                            0, 1000, List.of(new Ipv6Address(1L << 61, i))))));
            host.sends();
        }
        assertThat(host.stack.routes()).hasSizeLessThanOrEqualTo(Routers.MOST);
        assertThat(host.stack.addresses()).hasSizeLessThanOrEqualTo(17);
        assertThat(host.stack.nameServers(host.now)).hasSizeLessThanOrEqualTo(8);
        assertThat(host.stack.counters().neighbours()).isLessThanOrEqualTo(1024);
        assertThat(host.stack.counters().timers()).isLessThan(2000);
    }
}
