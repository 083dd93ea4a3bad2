// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.tcpip.table.Identifications;
import io.mirage4j.tcpip.table.Packet;
import io.mirage4j.tcpip.table.PacketQueue;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv4Options;
import io.mirage4j.tcpip.wire.Ipv4Wire;
import io.mirage4j.tcpip.wire.Ipv6Extensions;
import io.mirage4j.tcpip.wire.Ipv6Wire;
import io.mirage4j.tcpip.wire.Verdict;

/// IP on the way out, of both versions: header, pieces where the path is narrow, next hop. What is
/// for ourselves is looped back. Nothing here allocates.
final class Output {
    private static final int ROUTER_ALERT_V4 = Ipv4Options.ROUTER_ALERT << 24 | 4 << 16;

    private final Stack stack;
    private final Identifications identifications;
    private final PacketQueue looped = new PacketQueue();

    Output(Stack stack) {
        this.stack = stack;
        identifications = new Identifications(stack.entropy);
    }

    /// The most octets of an IP packet to an address.
    int mtu(long high, long low, long now) {
        return stack.pathMtus.mtu(high, low, stack.mtu(Addresses.isIpv4(high, low)), now);
    }

    /// Sends what `head` and `body` hold, one behind the other; the caller keeps both.
    Verdict send(
            Departure to,
            ReadOnlyCstruct head,
            int headLen,
            ReadOnlyCstruct body,
            int bodyOff,
            int bodyLen,
            long now) {
        int payload = headLen + bodyLen;
        int header = headerLength(to);
        int mtu = mtu(to.destinationHigh, to.destinationLow, now);
        if (header + payload > mtu) {
            return to.dontFragment || payload > longest(to)
                    ? Verdict.TOO_LONG
                    : sendPieces(to, mtu, head, headLen, body, bodyOff, bodyLen, now);
        }
        Packet packet = stack.link.take();
        if (packet == null) return Verdict.NO_BUFFER;
        head.copyTo(0, packet.buf, packet.off, headLen);
        body.copyTo(bodyOff, packet.buf, packet.off + headLen, bodyLen);
        packet.len = payload;
        return send(to, packet, now);
    }

    /// Sends a packet that holds what IP carries. It is ours from now on.
    Verdict send(Departure to, Packet packet, long now) {
        if (to.isIpv4()) {
            // RFC 6864, 4.1: a datagram that is never cut needs no identification of its own.
            putIpv4(to, packet, 0, Ipv4Wire.DONT_FRAGMENT);
        } else {
            if (to.routerAlert) {
                prepend(packet, 8);
                Ipv6Extensions.putRouterAlert(packet.buf, packet.off, to.protocol);
            }
            putIpv6(to, packet, to.routerAlert ? IpProtocol.HOP_BY_HOP : to.protocol);
        }
        return route(to, packet, now);
    }

    /// Cuts at multiples of 8 octets: RFC 791, 3.2; RFC 8200, 4.5.
    private Verdict sendPieces(
            Departure to,
            int mtu,
            ReadOnlyCstruct head,
            int headLen,
            ReadOnlyCstruct body,
            int bodyOff,
            int bodyLen,
            long now) {
        boolean ipv4 = to.isIpv4();
        int header = headerLength(to) + (ipv4 ? 0 : Ipv6Extensions.FRAGMENT_LENGTH);
        int most = mtu - header & -8;
        int total = headLen + bodyLen;
        int id = identifications.next(to.sourceLow, to.destinationHigh, to.destinationLow);
        Verdict verdict = Verdict.OK;
        for (int offset = 0; offset < total && verdict == Verdict.OK; offset += most) {
            Packet packet = stack.link.take();
            if (packet == null) return Verdict.NO_BUFFER;
            int len = Math.min(most, total - offset);
            boolean more = offset + len < total;
            // The head is shorter than the first piece.
            int fromHead = offset == 0 ? headLen : 0;
            head.copyTo(0, packet.buf, packet.off, fromHead);
            body.copyTo(
                    bodyOff + offset + fromHead - headLen,
                    packet.buf,
                    packet.off + fromHead,
                    len - fromHead);
            packet.len = len;
            if (ipv4) {
                putIpv4(to, packet, id, offset >>> 3 | (more ? Ipv4Wire.MORE_FRAGMENTS : 0));
            } else {
                prepend(packet, Ipv6Extensions.FRAGMENT_LENGTH);
                Ipv6Extensions.putFragment(packet.buf, packet.off, to.protocol, offset, more, id);
                putIpv6(to, packet, IpProtocol.FRAGMENT);
            }
            verdict = route(to, packet, now);
        }
        return verdict;
    }

    /// The most that IP carries in pieces: IPv4 counts its header, IPv6 does not.
    private static int longest(Departure to) {
        return to.isIpv4() ? Ipv4Wire.MAX_LENGTH - headerLength(to) : 0xffff;
    }

    private static int headerLength(Departure to) {
        if (to.isIpv4()) return Ipv4Wire.HEADER_LENGTH + (to.routerAlert ? 4 : 0);
        return Ipv6Wire.HEADER_LENGTH + (to.routerAlert ? 8 : 0);
    }

    private static void putIpv4(Departure to, Packet packet, int id, int fragment) {
        int header = headerLength(to);
        prepend(packet, header);
        if (to.routerAlert) {
            packet.buf.putU32be(packet.off + Ipv4Wire.HEADER_LENGTH, ROUTER_ALERT_V4);
        }
        Ipv4Wire.put(
                packet.buf,
                packet.off,
                header,
                to.tos,
                packet.len,
                id,
                fragment,
                to.hopLimit,
                to.protocol,
                (int) to.sourceLow,
                (int) to.destinationLow);
    }

    private static void putIpv6(Departure to, Packet packet, int nextHeader) {
        int payload = packet.len;
        prepend(packet, Ipv6Wire.HEADER_LENGTH);
        Ipv6Wire.put(
                packet.buf,
                packet.off,
                to.tos,
                0,
                payload,
                nextHeader,
                to.hopLimit,
                to.sourceHigh,
                to.sourceLow,
                to.destinationHigh,
                to.destinationLow);
    }

    private static void prepend(Packet packet, int octets) {
        packet.off -= octets;
        packet.len += octets;
    }

    private Verdict route(Departure to, Packet packet, long now) {
        long high = to.destinationHigh;
        long low = to.destinationLow;
        int type = to.isIpv4() ? EthernetWire.IPV4 : EthernetWire.IPV6;
        if (stack.neighbours.follow(packet, high, low, type, now)) return Verdict.OK;
        if (stack.locals.isOurs(high, low)) {
            looped.add(packet);
            return Verdict.OK;
        }
        if (Addresses.isMulticast(high, low)) {
            stack.link.send(packet, Addresses.groupMac(high, low), type);
            return Verdict.OK;
        }
        if (stack.locals.isBroadcast(high, low)) {
            stack.link.send(packet, EthernetWire.BROADCAST, type);
            return Verdict.OK;
        }
        return stack.neighbours.route(packet, high, low, type, now);
    }

    boolean hasLooped() {
        return !looped.isEmpty();
    }

    /// Hands in what was sent to ourselves. What that sends to ourselves again waits for the next
    /// call, so this ends.
    void deliverLooped(long now) {
        for (int most = looped.size(); most > 0; most--) {
            Packet packet = looped.poll();
            if (packet == null) return;
            boolean left = packet.partialStart != 0;
            stack.reception.receiveOwn(packet.buf, packet.off, packet.len, left, now);
            stack.link.give(packet);
        }
    }
}
