// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.Engine;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.tcpip.table.Route;
import io.mirage4j.tcpip.table.Timers.Timer;
import io.mirage4j.tcpip.wire.Ipv6Wire;
import io.mirage4j.tcpip.wire.NdMessage.RouterAdvertisement;
import io.mirage4j.tcpip.wire.NdOption;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What routers advertise, as long as they say: default routes and their preference (RFC 4861, RFC
/// 4191), prefixes on the link, more routes, name servers (RFC 8106), the MTU. Asks for it at first
/// (RFC 7559). All within [#MOST], so that who forges advertisements fills a list and no more.
final class Routers {
    static final int MOST = 32;
    private static final int MOST_SERVERS = 8;

    private static final long SECOND = 1_000_000_000;
    private static final int FOR_EVER = -1;

    /// RFC 7559, 2
    private static final long IRT = 4 * SECOND;

    private static final long MRT = 3600 * SECOND;

    /// A redirect counts as long as a path MTU.
    private static final long REDIRECT_LIFETIME = 600 * SECOND;

    private static final IpPrefix EVERYTHING = new IpPrefix(Ipv6Address.UNSPECIFIED, 0);

    private static final class Learnt {
        final Route route;
        final Timer timer;

        Learnt(Route route, Timer timer) {
            this.route = route;
            this.timer = timer;
        }
    }

    private static final class Server {
        final Ipv6Address address;
        long until;

        Server(Ipv6Address address) {
            this.address = address;
        }
    }

    private final Stack stack;
    private final List<Learnt> learnt = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private final Timer solicitation;
    private long interval;
    private boolean heard;

    /// Of the link, as a router says; IPv4 does not care.
    private int mtu = Integer.MAX_VALUE;

    private int hopLimit = Departure.HOP_LIMIT;

    Routers(Stack stack) {
        this.stack = stack;
        solicitation = stack.timers.timer(this::solicit);
    }

    int mtu() {
        return Math.min(mtu, stack.link.mtu);
    }

    int hopLimit() {
        return hopLimit;
    }

    List<IpAddress> servers(long now) {
        List<IpAddress> result = new ArrayList<>();
        for (Server server : servers) {
            if (server.until > now) {
                result.add(server.address);
            }
        }
        return result;
    }

    /// Asks for advertisements, if none has come.
    void start(long now) {
        if (stack.config.routerAdvertisements() && !heard && !solicitation.isSet()) {
            interval = 0;
            solicit(now);
        }
    }

    private void solicit(long now) {
        stack.discovery.solicitRouters(now);
        // RFC 7559, 2: doubled each time, up to an hour, and a tenth more or less.
        interval = interval == 0 ? IRT : Math.min(2 * interval, MRT);
        long tenth = interval / 10;
        long jitter = Long.remainderUnsigned(stack.entropy.nextLong(), 2 * tenth) - tenth;
        solicitation.set(now + interval + jitter);
    }

    void advertised(Ipv6Address router, RouterAdvertisement told, long now) {
        if (told.lifetime() > 0) {
            heard = true;
            solicitation.cancel();
        }
        if (told.hopLimit() > 0) {
            hopLimit = told.hopLimit();
        }
        learn(
                EVERYTHING,
                router,
                told.lifetime() == 0 ? 0 : preference(told.flags()),
                told.lifetime(),
                now);
        for (NdOption option : told.options()) {
            switch (option) {
                case NdOption.Prefix prefix -> prefix(prefix, now);
                case NdOption.RouteInformation route -> {
                    // RFC 4191, 2.3: the reserved preference makes the option void.
                    if ((route.flags() & 0x18) != 0x10) {
                        int preference = preference(route.flags());
                        learn(route.prefix(), router, preference, route.lifetime(), now);
                    }
                }
                case NdOption.Rdnss rdnss -> servers(rdnss, now);
                case NdOption.Mtu link -> {
                    if (link.mtu() >= Ipv6Wire.MIN_MTU) {
                        mtu = link.mtu();
                    }
                }
                case NdOption.LinkAddress _, NdOption.Nonce _, NdOption.Other _ -> {}
            }
        }
    }

    /// RFC 4191, 2.1: 01 high, 00 medium, 11 low; 10 is to be taken as medium.
    private static int preference(int flags) {
        return switch (flags & 0x18) {
            case 0x08 -> 1;
            case 0x18 -> -1;
            default -> 0;
        };
    }

    private void prefix(NdOption.Prefix option, long now) {
        IpPrefix prefix = option.prefix();
        // RFC 4861, 6.3.4: the link-local prefix is no router's business.
        if (prefix.address().isLinkLocal() || prefix.address().isMulticast()) return;
        if (option.isOnLink()) {
            learn(prefix, Ipv6Address.UNSPECIFIED, 0, option.valid(), now);
        }
        if (option.isAutonomous()) {
            stack.slaac.prefix(prefix, option.valid(), option.preferred(), now);
        }
    }

    /// Remembers a route for some time.
    ///
    /// @param seconds unsigned; 0 forgets it
    private void learn(
            IpPrefix network, Ipv6Address gateway, int preference, int seconds, long now) {
        var route = new Route(network, gateway, preference, 0, Route.Origin.ROUTER_ADVERTISEMENT);
        learn(route, until(now, seconds), now);
    }

    private void learn(Route route, long until, long now) {
        Learnt before = find(route);
        if (before != null && (until <= now || !before.route.equals(route))) {
            forget(before);
            before = null;
        }
        if (until <= now) return;
        if (before == null) {
            if (learnt.size() == MOST || !stack.routes.add(route)) return;
            Timer timer = stack.timers.timer(_ -> expired(route));
            before = new Learnt(route, timer);
            learnt.add(before);
            stack.changed();
        }
        if (until == Engine.NEVER) {
            before.timer.cancel();
        } else {
            before.timer.set(until);
        }
    }

    private void expired(Route route) {
        Learnt entry = find(route);
        if (entry != null) {
            forget(entry);
        }
    }

    private @Nullable Learnt find(Route route) {
        for (Learnt entry : learnt) {
            if (entry.route.network().equals(route.network())
                    && entry.route.gateway().equals(route.gateway())) {
                return entry;
            }
        }
        return null;
    }

    private void forget(Learnt entry) {
        entry.timer.cancel();
        learnt.remove(entry);
        stack.routes.remove(entry.route);
        stack.changed();
    }

    private void servers(NdOption.Rdnss option, long now) {
        long until = until(now, option.lifetime());
        servers.removeIf(server -> server.until <= now);
        for (Ipv6Address address : option.servers()) {
            servers.removeIf(server -> server.address.equals(address));
            if (until > now && servers.size() < MOST_SERVERS) {
                var server = new Server(address);
                server.until = until;
                servers.add(server);
            }
        }
        stack.changed();
    }

    void redirected(Ipv6Address destination, Ipv6Address target, boolean onLink, long now) {
        Ipv6Address gateway = onLink ? Ipv6Address.UNSPECIFIED : target;
        var network = new IpPrefix(destination, 128);
        var route = new Route(network, gateway, 0, 0, Route.Origin.ROUTER_ADVERTISEMENT);
        learn(route, now + REDIRECT_LIFETIME, now);
    }

    /// A router that is silent may have left; who else is there tells when asked.
    void silent(long high, long low) {
        for (Learnt entry : learnt) {
            if (entry.route.gateway().equals(new Ipv6Address(high, low))) {
                heard = false;
            }
        }
    }

    void gone(Ipv6Address router) {
        for (Learnt entry : List.copyOf(learnt)) {
            if (entry.route.gateway().equals(router)) {
                forget(entry);
            }
        }
    }

    /// When a lifetime ends.
    ///
    /// @param seconds unsigned; all ones is for ever (RFC 4861, 4.6.2)
    static long until(long now, int seconds) {
        return seconds == FOR_EVER ? Engine.NEVER : now + Integer.toUnsignedLong(seconds) * SECOND;
    }
}
