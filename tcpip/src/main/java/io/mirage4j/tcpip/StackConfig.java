// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;
import io.mirage4j.tcpip.table.Route;
import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.tcpip.wire.Ipv6Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a [Stack] is and may use. A static host needs its address and its gateway:
///
/// ```java
/// var config = StackConfig.builder(nic)
///         .address(IpPrefix.of("192.0.2.2/24"))
///         .gateway(IpAddress.of("192.0.2.1"))
///         .build();
/// ```
///
/// @param vlan the VLAN whose frames are ours, all tagged; 0 for untagged ones
/// @param addresses those that are ours whatever DHCP and routers say, each in its network
/// @param routes the static ones
/// @param dhcp ask a DHCPv4 server for an address
/// @param hostName what we call ourselves to a DHCP server; may be empty
/// @param routerAdvertisements make IPv6 addresses and routes from what routers say
/// @param temporaryAddresses also make IPv6 addresses that change every day (RFC 8981)
/// @param addressProbes ask three times whether somebody has an IPv4 address before it is used (RFC
///   5227), which takes about five seconds; otherwise it is used, announced and defended at once
/// @param duplicateProbes how often to ask before an IPv6 address is used (RFC 4862); 0 never
/// @param stableSecret key of opaque interface identifiers (RFC 7217); empty for those made of the
///   MAC address
/// @param redirects believe routers that name a better one (IPv6 only)
/// @param echo answer pings
/// @param packets how many may wait to be sent, those for silent neighbours included
/// @param neighbours how many are remembered
/// @param reassemblyOctets what datagrams in pieces may cost, half of it for one source
/// @param icmpErrorsPerSecond how many ICMP errors we send on average
/// @param offloads what is left to the device, of what it offers as long as the stack lives: see
///   [Builder#offloads]
/// @param tcp the parameters of TCP; its UDP port is where TCP in UDP arrives
public record StackConfig(
        MacAddress mac,
        int mtu,
        int vlan,
        boolean ipv4,
        boolean ipv6,
        List<IpPrefix> addresses,
        List<Route> routes,
        boolean dhcp,
        String hostName,
        boolean routerAdvertisements,
        boolean temporaryAddresses,
        boolean addressProbes,
        int duplicateProbes,
        Optional<Long> stableSecret,
        boolean redirects,
        boolean echo,
        int packets,
        int neighbours,
        int reassemblyOctets,
        int icmpErrorsPerSecond,
        Set<Offload> offloads,
        TcpParameters tcp) {
    public StackConfig {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        offloads = Set.copyOf(offloads);
        int least = ipv6 ? Ipv6Wire.MIN_MTU : 576;
        if (mtu < least || mtu > 0xffff) {
            throw new IllegalArgumentException("mtu " + mtu + " is not in " + least + "..65535");
        }
        if (vlan < 0 || vlan > 0xffe) {
            throw new IllegalArgumentException("vlan " + vlan + " is not in 0..4094");
        }
        if (!ipv4 && !ipv6) throw new IllegalArgumentException("neither IPv4 nor IPv6");
        if (packets < 64) throw new IllegalArgumentException("packets " + packets + " < 64");
        if (Integer.bitCount(neighbours) != 1 || neighbours < 16) {
            throw new IllegalArgumentException(
                    "neighbours " + neighbours + " is no power of two from 16");
        }
        if (hostName.length() > 255) {
            throw new IllegalArgumentException("host name of " + hostName.length() + " > 255");
        }
        for (IpPrefix address : addresses) {
            checkVersion(address.address(), ipv4, ipv6);
        }
    }

    private static void checkVersion(IpAddress address, boolean ipv4, boolean ipv6) {
        boolean on =
                switch (address) {
                    case Ipv4Address _ -> ipv4;
                    case Ipv6Address _ -> ipv6;
                };
        if (!on) {
            throw new IllegalArgumentException("address " + address + " of a version that is off");
        }
    }

    /// For a host at a port of this MAC address and MTU.
    public static Builder builder(MacAddress mac, int mtu) {
        return new Builder(mac, mtu);
    }

    public static Builder builder(NetDevice nic) {
        return builder(nic.mac(), nic.mtu());
    }

    /// Starts with both versions, no address but the link-local one of IPv6, routers believed, no
    /// DHCP.
    public static final class Builder {
        private final MacAddress mac;
        private int mtu;
        private int vlan;
        private boolean ipv4 = true;
        private boolean ipv6 = true;
        private final List<IpPrefix> addresses = new ArrayList<>();
        private final List<Route> routes = new ArrayList<>();
        private boolean dhcp;
        private String hostName = "";
        private boolean routerAdvertisements = true;
        private boolean temporaryAddresses;
        private boolean addressProbes;
        private int duplicateProbes = 1;
        private Optional<Long> stableSecret = Optional.empty();
        private boolean redirects;
        private boolean echo = true;
        private int packets = 1024;
        private int neighbours = 1024;
        private int reassemblyOctets = 1 << 20;
        private int icmpErrorsPerSecond = 100;
        private Set<Offload> offloads = Set.of();
        private TcpParameters tcp = TcpParameters.linux();

        private Builder(MacAddress mac, int mtu) {
            this.mac = mac;
            this.mtu = mtu;
        }

        public Builder mtu(int octets) {
            mtu = octets;
            return this;
        }

        public Builder vlan(int id) {
            vlan = id;
            return this;
        }

        public Builder ipv4Only() {
            ipv4 = true;
            ipv6 = false;
            return this;
        }

        public Builder ipv6Only() {
            ipv4 = false;
            ipv6 = true;
            return this;
        }

        /// Adds an address; there may be many.
        public Builder address(IpPrefix address) {
            addresses.add(address);
            return this;
        }

        /// Adds a default route.
        public Builder gateway(IpAddress router) {
            IpAddress all =
                    router instanceof Ipv4Address
                            ? Ipv4Address.UNSPECIFIED
                            : Ipv6Address.UNSPECIFIED;
            return route(new IpPrefix(all, 0), router);
        }

        public Builder route(IpPrefix network, IpAddress router) {
            routes.add(Route.via(network, router, Route.Origin.STATIC));
            return this;
        }

        public Builder dhcp(boolean on) {
            dhcp = on;
            return this;
        }

        public Builder hostName(String name) {
            hostName = name;
            return this;
        }

        public Builder routerAdvertisements(boolean believed) {
            routerAdvertisements = believed;
            return this;
        }

        public Builder temporaryAddresses(boolean on) {
            temporaryAddresses = on;
            return this;
        }

        public Builder addressProbes(boolean on) {
            addressProbes = on;
            return this;
        }

        public Builder duplicateProbes(int count) {
            duplicateProbes = count;
            return this;
        }

        public Builder stableSecret(long key) {
            stableSecret = Optional.of(key);
            return this;
        }

        public Builder redirects(boolean believed) {
            redirects = believed;
            return this;
        }

        public Builder echo(boolean answered) {
            echo = answered;
            return this;
        }

        public Builder packets(int most) {
            packets = most;
            return this;
        }

        public Builder neighbours(int most) {
            neighbours = most;
            return this;
        }

        public Builder reassemblyOctets(int most) {
            reassemblyOctets = most;
            return this;
        }

        public Builder icmpErrorsPerSecond(int most) {
            icmpErrorsPerSecond = most;
            return this;
        }

        /// What the stack leaves to its device, normally [NetDevice#sendOffloads]: the checksums of
        /// TCP and, where both versions are offered, the cutting of long segments, for which each
        /// waiting packet takes 64 KiB. Whoever drives it passes [FrameNote]s on. What comes in
        /// undone is taken whatever is said here.
        public Builder offloads(Set<Offload> offloads) {
            this.offloads = offloads;
            return this;
        }

        public Builder tcp(TcpParameters parameters) {
            tcp = parameters;
            return this;
        }

        public StackConfig build() {
            return new StackConfig(
                    mac,
                    mtu,
                    vlan,
                    ipv4,
                    ipv6,
                    addresses,
                    routes,
                    dhcp && ipv4,
                    hostName,
                    routerAdvertisements && ipv6,
                    temporaryAddresses,
                    addressProbes,
                    duplicateProbes,
                    stableSecret,
                    redirects,
                    echo,
                    packets,
                    neighbours,
                    reassemblyOctets,
                    icmpErrorsPerSecond,
                    offloads,
                    tcp);
        }
    }
}
