// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.ArpPacket;
import io.mirage4j.tcpip.wire.ArpWire;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv4Header;
import io.mirage4j.tcpip.wire.Ipv6Header;
import io.mirage4j.tcpip.wire.NdMessage;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.UdpWire;

import java.util.ArrayList;
import java.util.List;

/// Frames as a peer would send them to [Host], and what is in those that it sends.
final class Frames {
    static final MacAddress PEER_MAC = MacAddress.of("02:00:00:00:00:02");
    static final Ipv4Address PEER = Ipv4Address.of("192.0.2.2");
    static final Ipv4Address HOST = Ipv4Address.of("192.0.2.1");
    static final Ipv6Address PEER_6 = Ipv6Address.of("2001:db8::2");
    static final Ipv6Address HOST_6 = Ipv6Address.of("2001:db8::1");
    static final Ipv6Address PEER_LINK = Ipv6Address.of("fe80::2");
    static final Ipv6Address HOST_LINK = Ipv6Address.of("fe80::ff:fe00:1");
    static final Ipv6Address ALL_NODES = Ipv6Address.of("ff02::1");

    static Cstruct frame(long destination, int type, Cstruct payload) {
        Cstruct frame = Cstruct.create(EthernetWire.HEADER_LENGTH + payload.length());
        EthernetWire.put(frame, 0, destination, PEER_MAC.bits(), type);
        frame.put(EthernetWire.HEADER_LENGTH, payload);
        return frame;
    }

    static Cstruct arp(ArpPacket packet) {
        Cstruct octets = Cstruct.create(ArpWire.LENGTH);
        packet.emit(octets, 0);
        Cstruct frame = frame(EthernetWire.BROADCAST, EthernetWire.ARP, octets);
        frame.putU48be(6, packet.senderMac().bits());
        return frame;
    }

    static Cstruct arpRequest(Ipv4Address sender, Ipv4Address target) {
        return arp(
                new ArpPacket(
                        ArpPacket.Operation.REQUEST, PEER_MAC, sender, new MacAddress(0), target));
    }

    static Cstruct arpReply(Ipv4Address sender) {
        return arp(new ArpPacket(ArpPacket.Operation.REPLY, PEER_MAC, sender, Host.MAC, HOST));
    }

    static Cstruct ip(IpAddress from, IpAddress to, int protocol, Cstruct payload) {
        return ip(from, to, protocol, 64, payload);
    }

    static Cstruct ip(IpAddress from, IpAddress to, int protocol, int hops, Cstruct payload) {
        Cstruct packet;
        if (from instanceof Ipv4Address source && to instanceof Ipv4Address destination) {
            packet = ipv4(source, destination, protocol, hops, 0, 7, payload);
        } else {
            packet = ipv6((Ipv6Address) from, (Ipv6Address) to, protocol, hops, payload);
        }
        return frame(macFor(to), typeOf(from), packet);
    }

    static Cstruct ipv4(
            Ipv4Address from,
            Ipv4Address to,
            int protocol,
            int ttl,
            int fragment,
            int id,
            Cstruct payload) {
        var header =
                new Ipv4Header(
                        0,
                        id,
                        fragment,
                        ttl,
                        protocol,
                        from,
                        to,
                        Cstruct.empty(),
                        payload.length());
        Cstruct packet = Cstruct.create(20 + payload.length());
        header.emit(packet, 0);
        packet.put(20, payload);
        return packet;
    }

    static Cstruct ipv6(Ipv6Address from, Ipv6Address to, int next, int hops, Cstruct payload) {
        Cstruct packet = Cstruct.create(40 + payload.length());
        new Ipv6Header(0, 0, payload.length(), next, hops, from, to).emit(packet, 0);
        packet.put(40, payload);
        return packet;
    }

    private static int typeOf(IpAddress address) {
        return address instanceof Ipv4Address ? EthernetWire.IPV4 : EthernetWire.IPV6;
    }

    private static long macFor(IpAddress to) {
        if (to instanceof Ipv4Address address && (address.bits() & 0xff) == 0xff) {
            return EthernetWire.BROADCAST;
        }
        return to.isMulticast()
                ? Addresses.groupMac(Addresses.high(to), Addresses.low(to))
                : Host.MAC.bits();
    }

    static Cstruct udp(IpAddress from, IpAddress to, int fromPort, int toPort, Cstruct data) {
        return ip(from, to, IpProtocol.UDP, udpOctets(from, to, fromPort, toPort, data));
    }

    static Cstruct udpOctets(IpAddress from, IpAddress to, int fromPort, int toPort, Cstruct data) {
        Cstruct datagram = Cstruct.create(8 + data.length());
        UdpWire.put(datagram, 0, fromPort, toPort, datagram.length());
        datagram.put(8, data);
        long sum =
                pseudo(from, to, IpProtocol.UDP, datagram.length())
                        + InternetChecksum.onesComplementSum(datagram);
        UdpWire.putChecksum(datagram, 0, InternetChecksum.finish(sum));
        return datagram;
    }

    static long pseudo(IpAddress from, IpAddress to, int protocol, int length) {
        return PseudoHeader.sum(
                Addresses.high(from),
                Addresses.low(from),
                Addresses.high(to),
                Addresses.low(to),
                protocol,
                length);
    }

    static Cstruct echoOctets(IpAddress from, IpAddress to, int sequence, Cstruct data) {
        boolean v4 = from instanceof Ipv4Address;
        return icmpOctets(
                from, to, v4 ? IcmpWire.ECHO : IcmpWire.ECHO_V6, 0, 0x1234_0000 | sequence, data);
    }

    static Cstruct icmpOctets(
            IpAddress from, IpAddress to, int type, int code, int rest, Cstruct data) {
        Cstruct message = Cstruct.create(8 + data.length());
        IcmpWire.put(message, 0, type, code, rest);
        message.put(8, data);
        return checksummed(from, to, message);
    }

    static Cstruct checksummed(IpAddress from, IpAddress to, Cstruct message) {
        boolean v4 = from instanceof Ipv4Address;
        long sum = v4 ? 0 : pseudo(from, to, IpProtocol.ICMPV6, message.length());
        sum += InternetChecksum.onesComplementSum(message);
        IcmpWire.putChecksum(message, 0, InternetChecksum.finish(sum));
        return message;
    }

    static Cstruct icmp(IpAddress from, IpAddress to, int type, int code, int rest, Cstruct data) {
        boolean v4 = from instanceof Ipv4Address;
        int protocol = v4 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        return ip(from, to, protocol, icmpOctets(from, to, type, code, rest, data));
    }

    static Cstruct echo(IpAddress from, IpAddress to, int sequence, Cstruct data) {
        int protocol = from instanceof Ipv4Address ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        return ip(from, to, protocol, echoOctets(from, to, sequence, data));
    }

    static Cstruct nd(Ipv6Address from, Ipv6Address to, int hops, NdMessage message) {
        Cstruct octets = Cstruct.create(message.lengthOctets());
        message.emit(octets, 0);
        return ip(from, to, IpProtocol.ICMPV6, hops, checksummed(from, to, octets));
    }

    static Cstruct nd(Ipv6Address from, Ipv6Address to, NdMessage message) {
        return nd(from, to, 255, message);
    }

    static Cstruct octets(int count) {
        Cstruct result = Cstruct.create(count);
        for (int i = 0; i < count; i++) {
            result.putU8(i, i * 7 + (i >>> 8));
        }
        return result;
    }

    // What is in frames that were sent.

    static List<Cstruct> payloads(List<Cstruct> frames, int type) {
        List<Cstruct> result = new ArrayList<>();
        for (Cstruct frame : frames) {
            if (EthernetWire.type(frame) == type) {
                result.add(frame.shift(EthernetWire.payload(frame)));
            }
        }
        return result;
    }

    static List<ArpPacket> arps(List<Cstruct> frames) {
        return payloads(frames, EthernetWire.ARP).stream()
                .map(packet -> ArpPacket.parse(packet, 0, packet.length()).orThrow())
                .toList();
    }

    static List<NdMessage> nds(List<Cstruct> frames) {
        List<NdMessage> result = new ArrayList<>();
        for (Cstruct message : bodies(frames, EthernetWire.IPV6, IpProtocol.ICMPV6)) {
            int type = message.u8(0);
            if (type >= IcmpWire.ROUTER_SOLICITATION && type <= IcmpWire.REDIRECT_V6) {
                result.add(NdMessage.parse(message, 0, message.length()).orThrow());
            }
        }
        return result;
    }

    /// What follows the IP headers of unfragmented packets of a protocol.
    static List<Cstruct> bodies(List<Cstruct> frames, int type, int protocol) {
        List<Cstruct> result = new ArrayList<>();
        for (Cstruct packet : payloads(frames, type)) {
            boolean v4 = type == EthernetWire.IPV4;
            if (packet.u8(v4 ? 9 : 6) == protocol) {
                result.add(packet.shift(v4 ? (packet.u8(0) & 15) * 4 : 40));
            }
        }
        return result;
    }

    private Frames() {}
}
