// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

/// What packets to an address may measure where the path has said so (RFC 1191, RFC 8201). After
/// ten minutes the larger ones are tried again.
public final class PathMtus {
    /// RFC 8201, 5.3: about ten minutes.
    private static final long LIFETIME = 600_000_000_000L;

    private static final class Path {
        int mtu;
        long until;
    }

    private final AddressTable<Path> paths;

    public PathMtus(int capacity, long key) {
        paths = new AddressTable<>(capacity, key);
    }

    /// The most octets of a packet, headers included: `linkMtu` unless less was learnt.
    public int mtu(long high, long low, int linkMtu, long nowNanos) {
        if (paths.size() == 0) return linkMtu;
        Path path = paths.get(high, low);
        return path == null || path.until <= nowNanos ? linkMtu : Math.min(path.mtu, linkMtu);
    }

    /// Learns a smaller one. A larger one is never believed: it would only ask to be lied to.
    public void learn(long high, long low, int mtu, long nowNanos) {
        Path path = paths.get(high, low);
        if (path == null) {
            path = new Path();
            paths.add(high, low, path);
        } else if (path.until > nowNanos && path.mtu < mtu) {
            return;
        }
        path.mtu = mtu;
        path.until = nowNanos + LIFETIME;
    }

    public int size() {
        return paths.size();
    }
}
