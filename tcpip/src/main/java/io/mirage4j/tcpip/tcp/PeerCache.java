// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is remembered of hosts between connections: Fast Open cookies (RFC 7413, 4.1.3), the MSS
/// they announced, and what ICMP said of the path. Bounded: who was used least recently is
/// forgotten.
final class PeerCache {
    private static final int LIMIT = 4096;
    private static final long PATH_LIFETIME_NANOS = 600_000_000_000L;

    private record Address(long high, long low) {}

    static final class Peer {
        byte @Nullable [] cookie;
        boolean cookieExperimental;

        /// 1: the experimental option is to be tried; 2: it was, in vain.
        int tryExperimental;

        int mss;
        boolean fastOpenDisabled;

        /// The MTU of the path; 0: not known to be smaller than the route's.
        int pathMtu;

        long pathMtuAt;
    }

    private final Map<Address, Peer> peers =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Address, Peer> eldest) {
                    return size() > LIMIT;
                }
            };

    @Nullable Peer find(long high, long low) {
        return peers.isEmpty() ? null : peers.get(new Address(high, low));
    }

    Peer of(long high, long low) {
        return peers.computeIfAbsent(new Address(high, low), a -> new Peer());
    }

    /// The MTU of the path to a host; 0: nothing is known, or it is too old to count (RFC 1191,
    /// 6.3).
    int pathMtu(long high, long low, long now) {
        Peer peer = find(high, low);
        return peer == null || now - peer.pathMtuAt > PATH_LIFETIME_NANOS ? 0 : peer.pathMtu;
    }

    void setPathMtu(long high, long low, int mtu, long now) {
        Peer peer = of(high, low);
        peer.pathMtu = mtu;
        peer.pathMtuAt = now;
    }

    void clear() {
        peers.clear();
    }
}
