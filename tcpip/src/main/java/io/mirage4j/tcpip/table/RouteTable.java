// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.tcpip.wire.Addresses;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Where packets go next, by longest prefix. Among routes of one length the preferred one wins (RFC
/// 4191), then the lower metric; one whose gateway is silent counts only if there is no other.
/// Looking up allocates nothing.
///
/// Routes stand sorted, best first, and their masks in arrays beside them, so a look-up is a scan
/// that stops at the first match: for the few routes of a host that beats a tree.
public final class RouteTable {
    private static final Comparator<Route> BEST_FIRST =
            Comparator.<Route>comparingInt(route -> -prefixLength(route))
                    .thenComparingInt(route -> -route.preference())
                    .thenComparingInt(Route::metric);

    private final int capacity;
    private final List<Route> routes = new ArrayList<>();
    private long[] networks = {};
    private long[] masks = {};
    private long[] gateways = {};
    private boolean[] ipv4 = {};
    private boolean[] silent = {};
    private Route[] sorted = {};
    private int changes;

    public RouteTable(int capacity) {
        this.capacity = capacity;
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /// Grows whenever a look-up may find something else than before.
    public int changes() {
        return changes;
    }

    /// Adds a route, in place of one that has the same prefix, gateway and origin. False if there
    /// are too many.
    public boolean add(Route route) {
        routes.removeIf(other -> isSame(route, other));
        if (routes.size() >= capacity) return false;
        routes.add(route);
        routes.sort(BEST_FIRST);
        rebuild();
        return true;
    }

    private static boolean isSame(Route a, Route b) {
        return a.network().equals(b.network())
                && a.gateway().equals(b.gateway())
                && a.origin() == b.origin();
    }

    public void remove(Route route) {
        if (routes.removeIf(other -> isSame(route, other))) {
            rebuild();
        }
    }

    /// Forgets all routes of one origin and version.
    public void removeAll(Route.Origin origin, boolean ipv4) {
        if (routes.removeIf(r -> r.origin() == origin && isIpv4(r.network().address()) == ipv4)) {
            rebuild();
        }
    }

    private static boolean isIpv4(IpAddress address) {
        return address.lengthOctets() == 4;
    }

    /// The index of the route to an address, or -1.
    public int lookup(long high, long low) {
        boolean isIpv4 = Addresses.isIpv4(high, low);
        int fallback = -1;
        for (int i = 0; i < sorted.length; i++) {
            if ((high & masks[2 * i]) == networks[2 * i]
                    && (low & masks[2 * i + 1]) == networks[2 * i + 1]
                    && ipv4[i] == isIpv4) {
                if (!silent[i]) return i;
                if (fallback < 0) {
                    fallback = i;
                }
            }
        }
        return fallback;
    }

    public Route route(int index) {
        return sorted[index];
    }

    /// Whether the network of a route is on the link, so that its addresses are neighbours.
    public boolean isOnLink(int index) {
        return Addresses.isUnspecified(gateways[2 * index], gateways[2 * index + 1]);
    }

    public long gatewayHigh(int index) {
        return gateways[2 * index];
    }

    public long gatewayLow(int index) {
        return gateways[2 * index + 1];
    }

    /// Says whether a gateway answers; until then it is thought to.
    public void gatewayIsSilent(long high, long low, boolean isSilent) {
        for (int i = 0; i < sorted.length; i++) {
            if (gateways[2 * i] == high && gateways[2 * i + 1] == low && !isOnLink(i)) {
                changes += silent[i] == isSilent ? 0 : 1;
                silent[i] = isSilent;
            }
        }
    }

    private void rebuild() {
        changes++;
        int count = routes.size();
        sorted = routes.toArray(new Route[0]);
        networks = new long[2 * count];
        masks = new long[2 * count];
        gateways = new long[2 * count];
        ipv4 = new boolean[count];
        silent = new boolean[count];
        for (int i = 0; i < count; i++) {
            IpPrefix network = sorted[i].network();
            int length = prefixLength(sorted[i]);
            ipv4[i] = isIpv4(network.address());
            masks[2 * i] = mask(length);
            masks[2 * i + 1] = mask(length - Long.SIZE);
            gateways[2 * i] = Addresses.high(sorted[i].gateway());
            gateways[2 * i + 1] = Addresses.low(sorted[i].gateway());
            networks[2 * i] = Addresses.high(network.address());
            networks[2 * i + 1] = Addresses.low(network.address());
        }
    }

    /// Of the mapped form: that of IPv4 has 96 bits more.
    private static int prefixLength(Route route) {
        IpPrefix network = route.network();
        return network.length() + (isIpv4(network.address()) ? 96 : 0);
    }

    private static long mask(int ones) {
        return ones <= 0 ? 0 : ones >= Long.SIZE ? -1 : -1L << (Long.SIZE - ones);
    }
}
