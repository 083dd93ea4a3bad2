// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.dhcp.DhcpClient;
import io.mirage4j.tcpip.dhcp.DhcpMessage;
import io.mirage4j.tcpip.dhcp.Lease;
import io.mirage4j.tcpip.table.Route;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a lease means here: an address, routes, name servers; and the port that the client uses.
final class Dhcp implements DhcpClient.Host, UdpReceiver {
    private final Stack stack;
    private final DhcpClient client;
    private final @Nullable UdpPort port;

    Dhcp(Stack stack, long now) {
        this.stack = stack;
        client = new DhcpClient(stack.link.mac, stack.config.hostName(), stack.entropy, this);
        port =
                stack.config.dhcp()
                        ? stack.udp.bind(
                                new Endpoint(Ipv4Address.UNSPECIFIED, DhcpMessage.CLIENT_PORT),
                                IpVersions.IPV4,
                                this)
                        : null;
        if (port != null) {
            client.start(now);
        }
    }

    @Nullable Lease lease() {
        return client.lease();
    }

    List<? extends IpAddress> nameServers() {
        Lease lease = client.lease();
        return lease == null ? List.of() : lease.nameServers();
    }

    long nextDeadline() {
        return port == null ? Engine.NEVER : client.nextDeadline();
    }

    void advance(long now) {
        if (port != null) {
            client.advance(now);
        }
    }

    void stop(long now) {
        client.stop(now);
    }

    @Override
    public void received(UdpDatagram datagram, long now) {
        stack.count(client.receive(datagram.buf(), datagram.off(), datagram.len(), now));
    }

    @Override
    public void send(DhcpMessage message, Ipv4Address server, long now) {
        UdpPort from = port;
        if (from == null) return;
        Cstruct octets = Cstruct.create(message.lengthOctets());
        message.emit(octets, 0);
        IpAddress to = server.isUnspecified() ? Ipv4Address.BROADCAST : server;
        Verdict verdict = from.send(octets, new Endpoint(to, DhcpMessage.SERVER_PORT), now);
        stack.count(verdict);
    }

    @Override
    public void leased(Lease lease, long now) {
        LocalAddress held = find(lease);
        if (held == null) {
            held = LocalAddress.of(lease.address(), LocalAddress.Origin.DHCP);
            stack.locals.add(held, now);
        }
        stack.routes.removeAll(Route.Origin.DHCP, true);
        for (Lease.Hop hop : lease.routes()) {
            stack.routes.add(Route.via(hop.network(), hop.router(), Route.Origin.DHCP));
        }
        stack.mtuV4 = lease.mtu() >= 576 ? Math.min(lease.mtu(), stack.link.mtu) : stack.link.mtu;
        stack.changed();
    }

    @Override
    public void lost(Lease lease, long now) {
        LocalAddress held = find(lease);
        if (held != null && held.origin == LocalAddress.Origin.DHCP) {
            stack.locals.remove(held, now);
        }
        stack.routes.removeAll(Route.Origin.DHCP, true);
        stack.changed();
    }

    private @Nullable LocalAddress find(Lease lease) {
        var address = (Ipv4Address) lease.address().address();
        return stack.locals.find(0, Addresses.mapped(address.bits()));
    }

    /// Somebody else has the address.
    void taken(long now) {
        client.decline(now);
    }
}
