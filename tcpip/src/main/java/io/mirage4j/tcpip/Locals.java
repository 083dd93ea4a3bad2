// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.Engine;
import io.mirage4j.tcpip.table.Route;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The addresses of ours, at most [#MOST]: what is for us, and which one a packet bears. Looking up
/// allocates nothing.
final class Locals {
    static final int MOST = 64;

    private static final LocalAddress LOOPBACK_V4 = loopback(Addresses.mapped(0x7f00_0001));
    private static final LocalAddress LOOPBACK_V6 = loopback(1);

    private final Stack stack;
    private LocalAddress[] addresses = {};

    Locals(Stack stack) {
        this.stack = stack;
    }

    private static LocalAddress loopback(long low) {
        var address = new LocalAddress(0, low, low == 1 ? 128 : 8, LocalAddress.Origin.STATIC);
        address.state = LocalAddress.State.PREFERRED;
        return address;
    }

    List<LocalAddress> all() {
        return List.of(addresses);
    }

    /// An address of ours, tentative ones too.
    @Nullable LocalAddress find(long high, long low) {
        for (LocalAddress address : addresses) {
            if (address.low == low && address.high == high) return address;
        }
        return null;
    }

    /// Whether packets to an address are for us alone.
    boolean isOurs(long high, long low) {
        LocalAddress address = find(high, low);
        return address != null ? address.isUsable() : Addresses.isLoopback(high, low);
    }

    /// 255.255.255.255, or the broadcast address of a network that we are in.
    boolean isBroadcast(long high, long low) {
        if (!Addresses.isIpv4(high, low)) return false;
        if (Addresses.isBroadcast(high, low)) return true;
        for (LocalAddress address : addresses) {
            if (address.isIpv4() && address.isBroadcast((int) low)) return true;
        }
        return false;
    }

    /// The address of ours that packets to another bear, or null if none may (RFC 6724, 5).
    @Nullable LocalAddress select(long high, long low) {
        boolean ipv4 = Addresses.isIpv4(high, low);
        if (Addresses.isLoopback(high, low)) return ipv4 ? LOOPBACK_V4 : LOOPBACK_V6;
        LocalAddress best = null;
        for (LocalAddress address : addresses) {
            if (address.isIpv4() == ipv4
                    && address.isUsable()
                    && (best == null || SourceSelection.compare(address, best, high, low) > 0)) {
                best = address;
            }
        }
        return best;
    }

    /// The usable link-local IPv6 address, or null.
    @Nullable LocalAddress linkLocal() {
        for (LocalAddress address : addresses) {
            if (!address.isIpv4()
                    && address.isUsable()
                    && Addresses.isLinkLocal(address.high, address.low)) {
                return address;
            }
        }
        return null;
    }

    /// Takes an address as ours, once nobody else is found to have it. False if there are too many
    /// or we have it.
    boolean add(LocalAddress address, long now) {
        if (addresses.length == MOST || find(address.high, address.low) != null) return false;
        List<LocalAddress> more = new ArrayList<>(List.of(addresses));
        more.add(address);
        addresses = more.toArray(new LocalAddress[0]);
        address.created = now;
        address.ageing = stack.timers.timer(time -> age(address, time));
        if (!address.isIpv4()) {
            solicitations(address, SourceFilter.EVERYBODY, now);
        }
        // A prefix of SLAAC is on the link only if the router says so (RFC 5942, 4).
        boolean routed =
                address.origin == LocalAddress.Origin.STATIC
                        || address.origin == LocalAddress.Origin.DHCP;
        if (routed) {
            stack.routes.add(Route.onLink(address.prefix(), Route.Origin.ADDRESS));
        }
        age(address, now);
        stack.probing.start(address, now);
        stack.changed();
        return true;
    }

    private void solicitations(LocalAddress address, SourceFilter wanted, long now) {
        long group = Addresses.solicitedNode(address.low);
        stack.groups.listen(address, Addresses.LINK_GROUPS, group, wanted, now);
    }

    void remove(LocalAddress address, long now) {
        List<LocalAddress> fewer = new ArrayList<>(List.of(addresses));
        if (!fewer.remove(address)) return;
        addresses = fewer.toArray(new LocalAddress[0]);
        if (address.ageing != null) {
            address.ageing.cancel();
        }
        if (address.probing != null) {
            address.probing.cancel();
        }
        if (!address.isIpv4()) {
            solicitations(address, SourceFilter.NOBODY, now);
        }
        Route route = Route.onLink(address.prefix(), Route.Origin.ADDRESS);
        if (fewer.stream().noneMatch(other -> other.prefix().network().equals(route.network()))) {
            stack.routes.remove(route);
        }
        stack.changed();
    }

    /// Sets how long an address may be used; [Engine#NEVER] for ever.
    void live(LocalAddress address, long preferredUntil, long validUntil, long now) {
        address.preferredUntil = preferredUntil;
        address.validUntil = validUntil;
        age(address, now);
    }

    private void age(LocalAddress address, long now) {
        if (address.validUntil <= now) {
            remove(address, now);
            return;
        }
        if (address.isUsable()) {
            address.state =
                    address.preferredUntil <= now
                            ? LocalAddress.State.DEPRECATED
                            : LocalAddress.State.PREFERRED;
        }
        long next = address.preferredUntil > now ? address.preferredUntil : address.validUntil;
        if (address.ageing != null && next != Engine.NEVER) {
            address.ageing.set(next);
        }
    }
}
