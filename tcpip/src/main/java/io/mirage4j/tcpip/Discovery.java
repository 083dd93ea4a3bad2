// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.tcpip.table.Packet;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Decoded;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.NdMessage;
import io.mirage4j.tcpip.wire.NdMessage.NeighbourAdvertisement;
import io.mirage4j.tcpip.wire.NdMessage.NeighbourSolicitation;
import io.mirage4j.tcpip.wire.NdMessage.Redirect;
import io.mirage4j.tcpip.wire.NdMessage.RouterAdvertisement;
import io.mirage4j.tcpip.wire.NdMessage.RouterSolicitation;
import io.mirage4j.tcpip.wire.NdOption;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Neighbour discovery (RFC 4861): answers for our addresses, asks for those of others. What
/// routers say goes to [Routers].
final class Discovery {
    /// RFC 4861: proof that a message comes from the link.
    private static final int HOP_LIMIT = 255;

    private static final long MILLI = 1_000_000;
    private static final long ALL_NODES = 1;
    private static final long ALL_ROUTERS = 2;

    private final Stack stack;
    private final Departure departure = new Departure();

    /// RFC 4861, 10: RETRANS_TIMER and REACHABLE_TIME, unless a router says otherwise.
    private long retransNanos = 1_000 * MILLI;

    private long baseReachableNanos = 30_000 * MILLI;

    Discovery(Stack stack) {
        this.stack = stack;
    }

    long retransNanos() {
        return retransNanos;
    }

    /// Between half of the base and half more (RFC 4861, 6.3.2).
    long reachableNanos() {
        long random = Long.remainderUnsigned(stack.entropy.nextLong(), baseReachableNanos);
        return baseReachableNanos / 2 + random;
    }

    Verdict receive(Arrival a, int type, long now) {
        if (a.hopLimit != HOP_LIMIT) return Verdict.ND_BAD_HOP_LIMIT;
        return switch (NdMessage.parse(a.buf, a.off, a.len)) {
            case Decoded.Refused<NdMessage>(Verdict verdict) -> verdict;
            case Decoded.Whole<NdMessage>(NdMessage message) ->
                    switch (message) {
                        case NeighbourSolicitation asked -> solicited(a, asked, now);
                        case NeighbourAdvertisement told -> advertised(told, now);
                        case RouterAdvertisement told -> routerAdvertised(a, told, now);
                        case Redirect redirect -> redirected(a, redirect, now);
                        case RouterSolicitation _ -> Verdict.ND_FOR_ANOTHER;
                    };
        };
    }

    /// RFC 4861, 7.1.1 and 7.2.3; RFC 4862, 5.4.3.
    private Verdict solicited(Arrival a, NeighbourSolicitation asked, long now) {
        Ipv6Address target = asked.target();
        if (target.isMulticast()) return Verdict.ND_BAD_TARGET;
        boolean probe = Addresses.isUnspecified(a.sourceHigh, a.sourceLow);
        Long mac = asked.mac(false);
        boolean toSolicitedNode =
                a.destinationHigh == Addresses.LINK_GROUPS
                        && a.destinationLow == Addresses.solicitedNode(a.destinationLow);
        if (probe && (mac != null || !toSolicitedNode)) return Verdict.ND_BAD_SOURCE;
        LocalAddress ours = stack.locals.find(target.high(), target.low());
        if (ours == null) return Verdict.ND_FOR_ANOTHER;
        if (!ours.isUsable()) {
            if (probe && !hasNonce(asked, ours.nonce)) {
                stack.probing.conflict(ours, now);
            }
            return Verdict.OK;
        }
        if (probe) {
            advertise(ours, Addresses.LINK_GROUPS, ALL_NODES, 0, now);
            return Verdict.OK;
        }
        if (mac != null) {
            stack.neighbours.heard(a.sourceHigh, a.sourceLow, mac, true, now);
        }
        advertise(ours, a.sourceHigh, a.sourceLow, NeighbourAdvertisement.SOLICITED, now);
        return Verdict.OK;
    }

    /// RFC 7527, 4.2: a probe with our nonce is ours, come back.
    private static boolean hasNonce(NeighbourSolicitation asked, long nonce) {
        return asked.options().contains(new NdOption.Nonce(nonce));
    }

    /// RFC 4861, 7.1.2 and 7.2.5; RFC 4862, 5.4.4.
    private Verdict advertised(NeighbourAdvertisement told, long now) {
        Ipv6Address target = told.target();
        if (target.isMulticast()) return Verdict.ND_BAD_TARGET;
        LocalAddress ours = stack.locals.find(target.high(), target.low());
        if (ours != null) {
            stack.probing.conflict(ours, now);
            return Verdict.OK;
        }
        Long mac = told.mac(true);
        int flags = told.flags();
        stack.neighbours.advertised(
                target.high(),
                target.low(),
                mac == null ? -1 : mac,
                (flags & NeighbourAdvertisement.SOLICITED) != 0,
                (flags & NeighbourAdvertisement.OVERRIDE) != 0,
                (flags & NeighbourAdvertisement.ROUTER) != 0,
                now);
        return Verdict.OK;
    }

    /// RFC 4861, 6.1.2 and 6.3.4.
    private Verdict routerAdvertised(Arrival a, RouterAdvertisement told, long now) {
        if (!Addresses.isLinkLocal(a.sourceHigh, a.sourceLow)) return Verdict.ND_BAD_SOURCE;
        if (!stack.config.routerAdvertisements()) return Verdict.ND_FOR_ANOTHER;
        // As numbers without sign: a week and an hour are enough for anybody.
        long reachable = Integer.toUnsignedLong(told.reachable());
        if (reachable > 0 && reachable <= 3_600_000) {
            baseReachableNanos = reachable * MILLI;
        }
        long retrans = Integer.toUnsignedLong(told.retrans());
        if (retrans >= 100 && retrans <= 60_000) {
            retransNanos = retrans * MILLI;
        }
        Long mac = told.mac(false);
        if (mac != null) {
            stack.neighbours.heard(a.sourceHigh, a.sourceLow, mac, true, now);
        }
        Neighbour router = stack.neighbours.find(a.sourceHigh, a.sourceLow);
        if (router != null) {
            router.isRouter = true;
        }
        stack.routers.advertised(new Ipv6Address(a.sourceHigh, a.sourceLow), told, now);
        return Verdict.OK;
    }

    /// RFC 4861, 8.1 and 8.3: only from who forwards for us now.
    private Verdict redirected(Arrival a, Redirect redirect, long now) {
        Ipv6Address target = redirect.target();
        Ipv6Address destination = redirect.destination();
        boolean onLink = target.equals(destination);
        int route = stack.routes.lookup(destination.high(), destination.low());
        boolean fromRouter =
                route >= 0
                        && stack.routes.gatewayHigh(route) == a.sourceHigh
                        && stack.routes.gatewayLow(route) == a.sourceLow;
        if (!stack.config.redirects()
                || !Addresses.isLinkLocal(a.sourceHigh, a.sourceLow)
                || !fromRouter
                || destination.isMulticast()
                || !(onLink || target.isLinkLocal())) {
            return Verdict.ICMP_REDIRECT_REFUSED;
        }
        Long mac = redirect.mac(true);
        if (mac != null) {
            stack.neighbours.heard(target.high(), target.low(), mac, true, now);
        }
        stack.routers.redirected(destination, target, onLink, now);
        return Verdict.OK;
    }

    /// Asks for an address: its group, or one who should have it.
    ///
    /// @param mac -1 for the group
    void solicit(long high, long low, long mac, long now) {
        LocalAddress source = stack.locals.select(high, low);
        if (source == null) return;
        var message = new NeighbourSolicitation(0, new Ipv6Address(high, low), ourMac(false));
        if (mac == -1) {
            long group = Addresses.solicitedNode(low);
            send(source, Addresses.LINK_GROUPS, group, message, now);
        } else {
            send(source, high, low, message, now);
        }
    }

    /// Asks whether an address is free (RFC 4862, 5.4.2).
    void probe(LocalAddress address, long now) {
        var target = new Ipv6Address(address.high, address.low);
        List<NdOption> nonce = List.of(new NdOption.Nonce(address.nonce));
        long group = Addresses.solicitedNode(address.low);
        var message = new NeighbourSolicitation(0, target, nonce);
        send(null, Addresses.LINK_GROUPS, group, message, now);
    }

    /// Tells routers of a new address before anybody asks (RFC 9131).
    void announce(LocalAddress address, long now) {
        var target = new Ipv6Address(address.high, address.low);
        var message = new NeighbourAdvertisement(0, target, ourMac(true));
        send(address, Addresses.LINK_GROUPS, ALL_ROUTERS, message, now);
    }

    private void advertise(LocalAddress ours, long high, long low, int flags, long now) {
        var target = new Ipv6Address(ours.high, ours.low);
        int all = flags | NeighbourAdvertisement.OVERRIDE;
        send(ours, high, low, new NeighbourAdvertisement(all, target, ourMac(true)), now);
    }

    /// RFC 4861, 4.1.
    void solicitRouters(long now) {
        LocalAddress source = stack.locals.linkLocal();
        List<NdOption> options = source == null ? List.of() : ourMac(false);
        send(source, Addresses.LINK_GROUPS, ALL_ROUTERS, new RouterSolicitation(0, options), now);
    }

    private List<NdOption> ourMac(boolean isTarget) {
        return List.of(new NdOption.LinkAddress(isTarget, new MacAddress(stack.link.mac)));
    }

    /// A neighbour does not answer any more.
    void silent(long high, long low) {
        stack.routers.silent(high, low);
    }

    /// A router says that it is none any more (RFC 4861, 7.2.5).
    void noRouter(long high, long low, long now) {
        stack.routers.gone(new Ipv6Address(high, low));
    }

    private void send(
            @Nullable LocalAddress source, long high, long low, NdMessage message, long now) {
        Cstruct octets = Cstruct.create(message.lengthOctets());
        message.emit(octets, 0);
        send(source, high, low, HOP_LIMIT, false, octets, now);
    }

    /// Sends a message of ICMPv6 whose checksum is still 0.
    ///
    /// @param source null for `::`
    void send(
            @Nullable LocalAddress source,
            long high,
            long low,
            int hopLimit,
            boolean routerAlert,
            Cstruct octets,
            long now) {
        Packet packet = stack.link.takeUrgent();
        if (packet == null) {
            stack.drops.count(Verdict.NO_BUFFER);
            return;
        }
        Departure to = departure.to(high, low, IpProtocol.ICMPV6);
        if (source != null) {
            to.from(source.high, source.low);
        }
        to.hopLimit = hopLimit;
        to.routerAlert = routerAlert;
        int len = octets.length();
        octets.copyTo(0, packet.buf, packet.off, len);
        packet.len = len;
        long sum =
                PseudoHeader.sum(to.sourceHigh, to.sourceLow, high, low, IpProtocol.ICMPV6, len)
                        + InternetChecksum.onesComplementSum(octets);
        IcmpWire.putChecksum(packet.buf, packet.off, InternetChecksum.finish(sum));
        stack.count(stack.output.send(to, packet, now));
    }
}
