// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

/// A way to a network.
///
/// @param network where it leads
/// @param gateway who forwards; the unspecified address if the network is on the link
/// @param preference 1 high, 0 medium, -1 low (RFC 4191)
/// @param metric the lower the better, among equal preferences
/// @param origin who told
public record Route(
        IpPrefix network, IpAddress gateway, int preference, int metric, Origin origin) {
    /// Who told of a route.
    public enum Origin {
        /// The configuration.
        STATIC,
        /// An address of ours, whose network is on the link.
        ADDRESS,
        DHCP,
        ROUTER_ADVERTISEMENT
    }

    public Route {
        network = network.network();
        if (gateway.lengthOctets() != network.address().lengthOctets()) {
            throw new IllegalArgumentException(
                    "gateway " + gateway + " has another version than " + network);
        }
    }

    /// A network on the link.
    public static Route onLink(IpPrefix network, Origin origin) {
        IpAddress none =
                switch (network.address()) {
                    case Ipv4Address _ -> Ipv4Address.UNSPECIFIED;
                    case Ipv6Address _ -> Ipv6Address.UNSPECIFIED;
                };
        return new Route(network, none, 0, 0, origin);
    }

    public static Route via(IpPrefix network, IpAddress gateway, Origin origin) {
        return new Route(network, gateway, 0, 0, origin);
    }

    public boolean isOnLink() {
        return gateway.isUnspecified();
    }
}
