// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.dhcp.Lease;
import io.mirage4j.tcpip.table.Drops;
import io.mirage4j.tcpip.table.PathMtus;
import io.mirage4j.tcpip.table.Route;
import io.mirage4j.tcpip.table.RouteTable;
import io.mirage4j.tcpip.table.Timers;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.tcp.TcpStack;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A host on one Ethernet link, IPv4 and IPv6, as an [Engine]: frames, time and randomness come in,
/// frames go out.
///
/// ```java
/// var stack = Stack.create(config, entropy, now);
/// UdpPort echo = stack.bindUdp(Endpoint.of("[::]:7"), (datagram, time) -> ...);
/// ```
///
/// One owner at a time; [UdpReceiver], [PingListener] and TCP's events are called from within
/// [#receive] and [#advance]. Whatever octets come in, nothing throws but what these do. In the
/// steady state receiving and sending allocate nothing.
public final class Stack implements Engine {
    private static final int MOST_ROUTES = 256;
    private static final int MOST_PATHS = 1024;

    final StackConfig config;
    final Entropy entropy;
    final Timers timers = new Timers();
    final Drops drops = new Drops();
    final Link link;
    final Reception reception = new Reception(this);
    final RouteTable routes = new RouteTable(MOST_ROUTES);
    final PathMtus pathMtus;
    final Locals locals;
    final Probing probing;
    final Neighbours neighbours;
    final Groups groups;
    final Arp arp;
    final Discovery discovery;
    final Routers routers;
    final Slaac slaac;
    final Ipv4 ipv4;
    final Ipv6 ipv6;
    final Icmp icmp;
    final IcmpErrors icmpErrors;
    final Igmp igmp;
    final Mld mld;
    final Output output;
    final Udp udp;
    final Pings pings;
    final TcpInput tcpInput;
    final TcpStack tcp;
    final Dhcp dhcp;

    /// TCP found no packet to write into, and wants to be told when there is one.
    boolean tcpWaits;

    private final FrameNote plain = new FrameNote();
    int mtuV4;
    private int configurations;

    private Stack(StackConfig config, Entropy entropy, long now) {
        this.config = config;
        this.entropy = entropy;
        link = new Link(config, drops);
        mtuV4 = link.mtu;
        pathMtus = new PathMtus(MOST_PATHS, entropy.nextLong());
        locals = new Locals(this);
        probing = new Probing(this);
        neighbours = new Neighbours(this);
        groups = new Groups(this);
        arp = new Arp(this);
        discovery = new Discovery(this);
        routers = new Routers(this);
        slaac = new Slaac(this);
        ipv4 = new Ipv4(this);
        ipv6 = new Ipv6(this);
        icmp = new Icmp(this);
        icmpErrors = new IcmpErrors(this);
        igmp = new Igmp(this);
        mld = new Mld(this);
        output = new Output(this);
        udp = new Udp(this);
        pings = new Pings(this);
        tcpInput = new TcpInput(this);
        tcp = new TcpStack(tcpInput, entropy, config.tcp());
        dhcp = new Dhcp(this, now);
    }

    /// A stack whose first frames (announcements, probes, questions) can be sent at once.
    public static Stack create(StackConfig config, Entropy entropy, long nowNanos) {
        var stack = new Stack(config, entropy, nowNanos);
        for (Route route : config.routes()) {
            stack.routes.add(route);
        }
        if (config.ipv6()) {
            stack.slaac.addLinkLocal(nowNanos);
        }
        for (IpPrefix address : config.addresses()) {
            stack.addAddress(address, nowNanos);
        }
        stack.dhcp.advance(nowNanos);
        return stack;
    }

    @Override
    public void receive(Cstruct frame, FrameNote note, long nowNanos) {
        reception.receive(frame, note, nowNanos);
    }

    /// What follows each other in the batch on one connection of TCP is taken as one segment.
    @Override
    public void receive(FrameBatch batch, long nowNanos) {
        reception.receive(batch, nowNanos);
    }

    @Override
    public void receive(Cstruct frame, long nowNanos) {
        reception.receive(frame, nowNanos);
    }

    @Override
    public void advance(long nowNanos) {
        timers.advance(nowNanos);
        ipv4.fragments.advance(nowNanos);
        ipv6.fragments.advance(nowNanos);
        dhcp.advance(nowNanos);
        tcp.advance(nowNanos);
        output.deliverLooped(nowNanos);
    }

    /// For a driver that knows no notes: what was left to the device is done here, but for cutting.
    ///
    /// @throws IllegalStateException if [StackConfig#offloads] has segments
    @Override
    public int transmit(Cstruct slot, long nowNanos) {
        if (!hasFrames()) return 0;
        int len = transmit(slot, plain.clear(), nowNanos);
        if (plain.segments() != FrameNote.Segments.NONE) {
            throw new IllegalStateException("a long segment, and no device that cuts it");
        }
        if (!plain.isPlain()) {
            plain.completeChecksum(slot.sub(0, len));
        }
        return len;
    }

    private boolean hasFrames() {
        return link.hasReady() || tcpWaits;
    }

    @Override
    public int transmit(Cstruct slot, FrameNote note, long nowNanos) {
        int len = link.transmit(slot, note);
        if (tcpWaits && !link.hasReady()) {
            tcpWaits = false;
            tcp.resume(nowNanos);
            if (len == 0) {
                len = link.transmit(slot, note);
            }
        }
        return len;
    }

    @Override
    public long nextDeadline() {
        if (output.hasLooped()) return 0;
        long deadline = Math.min(timers.nextDeadline(), tcp.nextDeadline());
        deadline = Math.min(deadline, dhcp.nextDeadline());
        deadline = Math.min(deadline, ipv4.fragments.nextDeadline());
        return Math.min(deadline, ipv6.fragments.nextDeadline());
    }

    /// TCP over this stack.
    public TcpStack tcp() {
        return tcp;
    }

    /// Binds a UDP port: to one address of ours or, with `0.0.0.0` or `::`, to any of IPv4 or of
    /// both versions; port 0 takes a free one. Empty if it is taken.
    public Optional<UdpPort> bindUdp(Endpoint local, UdpReceiver receiver) {
        IpAddress address = local.address();
        var versions = IpVersions.of(Addresses.high(address), Addresses.low(address));
        return bindUdp(local, versions, receiver);
    }

    /// As [#bindUdp(Endpoint, UdpReceiver)]; an unspecified address stands for `versions`.
    public Optional<UdpPort> bindUdp(Endpoint local, IpVersions versions, UdpReceiver receiver) {
        return Optional.ofNullable(udp.bind(local, versions, receiver));
    }

    /// Opens a ping to a host. Empty if there are too many.
    public Optional<Ping> ping(IpAddress host, PingListener listener) {
        return Optional.ofNullable(pings.open(host, listener));
    }

    /// Takes an address as ours. False if we have it or too many.
    public boolean addAddress(IpPrefix address, long nowNanos) {
        boolean isOn = address.address() instanceof Ipv4Address ? config.ipv4() : config.ipv6();
        if (!isOn) {
            throw new IllegalArgumentException("address " + address + " of a version that is off");
        }
        return locals.add(LocalAddress.of(address, LocalAddress.Origin.STATIC), nowNanos);
    }

    public void removeAddress(IpAddress address, long nowNanos) {
        LocalAddress found = locals.find(Addresses.high(address), Addresses.low(address));
        if (found != null) {
            locals.remove(found, nowNanos);
        }
    }

    /// All addresses of ours.
    public List<AddressInfo> addresses() {
        List<AddressInfo> result = new ArrayList<>();
        for (LocalAddress address : locals.all()) {
            result.add(
                    new AddressInfo(
                            address.prefix(),
                            address.isUsable(),
                            address.state == LocalAddress.State.DEPRECATED,
                            address.origin == LocalAddress.Origin.TEMPORARY));
        }
        return result;
    }

    /// The address of ours that packets to another bear (RFC 6724), if any may.
    public Optional<IpAddress> sourceFor(IpAddress destination) {
        LocalAddress source =
                locals.select(Addresses.high(destination), Addresses.low(destination));
        return source == null
                ? Optional.empty()
                : Optional.of(Addresses.value(source.high, source.low));
    }

    /// The addresses of one host, in the order in which they should be tried (RFC 6724, 6).
    public List<IpAddress> byPreference(List<? extends IpAddress> addresses) {
        return DestinationOrder.of(addresses, this);
    }

    /// Tells whether there is a way to a destination: it is ours, on the link, or behind a router.
    public boolean reaches(IpAddress destination) {
        long high = Addresses.high(destination);
        long low = Addresses.low(destination);
        return locals.isOurs(high, low)
                || Addresses.isLinkLocal(high, low)
                || routes.lookup(high, low) >= 0;
    }

    /// False if there are too many.
    public boolean addRoute(Route route) {
        return routes.add(route);
    }

    public void removeRoute(Route route) {
        routes.remove(route);
    }

    /// All routes, best first.
    public List<Route> routes() {
        return routes.routes();
    }

    /// The name servers that routers and DHCP told of, those of routers first.
    public List<IpAddress> nameServers(long nowNanos) {
        List<IpAddress> result = new ArrayList<>(routers.servers(nowNanos));
        result.addAll(dhcp.nameServers());
        return result;
    }

    /// What DHCP gave.
    public Optional<Lease> lease() {
        return Optional.ofNullable(dhcp.lease());
    }

    /// Gives back what DHCP gave; call it before the stack is let go.
    public void releaseLease(long nowNanos) {
        dhcp.stop(nowNanos);
    }

    /// Grows whenever an address, a route or a name server comes or goes.
    public int configurations() {
        return configurations;
    }

    public StackCounters counters() {
        return new StackCounters(
                link.framesIn,
                link.octetsIn,
                link.framesOut,
                link.octetsOut,
                neighbours.size(),
                link.packetsInUse(),
                neighbours.waiting(),
                ipv4.fragments.cost() + ipv6.fragments.cost(),
                timers.size(),
                drops.snapshot());
    }

    void changed() {
        configurations++;
    }

    void count(Verdict verdict) {
        if (verdict != Verdict.OK) {
            drops.count(verdict);
        }
    }

    /// Of the link, as DHCP or a router says.
    int mtu(boolean isIpv4) {
        return isIpv4 ? mtuV4 : routers.mtu();
    }

    int hopLimit(boolean isIpv4) {
        return isIpv4 ? Departure.HOP_LIMIT : routers.hopLimit();
    }

    /// An address has been found to be ours alone.
    void usable(LocalAddress address, long now) {
        changed();
        if (address.origin == LocalAddress.Origin.LINK_LOCAL) {
            routers.start(now);
        }
    }

    /// An address has been found to be somebody else's.
    void lost(LocalAddress address, long now) {
        switch (address.origin) {
            case DHCP -> dhcp.taken(now);
            case LINK_LOCAL, ROUTER, TEMPORARY -> slaac.taken(address, now);
            case STATIC -> {}
        }
    }
}
