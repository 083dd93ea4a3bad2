// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv6Extensions;
import io.mirage4j.tcpip.wire.Ipv6Wire;
import io.mirage4j.tcpip.wire.Verdict;

/// IPv6 on the way in, through its extension headers (RFC 8200). Only fragments allocate.
final class Ipv6 {
    /// RFC 8200, 4.5.
    private static final long REASSEMBLY_TIMEOUT = 60_000_000_000L;

    private static final int FRAGMENT_OFFSET_FIELD = 2;

    private final Stack stack;
    private final Arrival arrival = new Arrival();
    private final SoundPair sound;
    final Fragments fragments;

    Ipv6(Stack stack) {
        this.stack = stack;
        sound = new SoundPair(stack);
        fragments = new Fragments(stack, arrival, REASSEMBLY_TIMEOUT, Ipv6::putHeader);
    }

    /// Takes the packet in the `len` octets at `off`.
    Verdict receive(Cstruct buf, int off, int len, long linkSource, boolean linkGroup, long now) {
        Verdict verdict = Ipv6Wire.check(buf, off, len);
        if (verdict != Verdict.OK) return verdict;
        Arrival a = arrival;
        a.linkSource = linkSource;
        a.linkGroup = linkGroup;
        a.sourceHigh = Ipv6Wire.sourceHigh(buf, off);
        a.sourceLow = Ipv6Wire.sourceLow(buf, off);
        a.destinationHigh = Ipv6Wire.destinationHigh(buf, off);
        a.destinationLow = Ipv6Wire.destinationLow(buf, off);
        a.tos = Ipv6Wire.trafficClass(buf, off);
        a.hopLimit = Ipv6Wire.hopLimit(buf, off);
        a.protocol = Ipv6Wire.nextHeader(buf, off);
        a.header = buf;
        a.headerOff = off;
        a.headerLen = Ipv6Wire.HEADER_LENGTH;
        a.buf = buf;
        a.bodyOff = off + Ipv6Wire.HEADER_LENGTH;
        a.off = a.bodyOff;
        a.len = Ipv6Wire.payloadLength(buf, off);
        a.joined = false;
        a.toBroadcast = false;
        if (!sound.isOf(a)) {
            verdict = checkAddresses(a);
            if (verdict == Verdict.OK) {
                sound.set(a);
            }
        }
        return verdict == Verdict.OK ? walk(a, true, now) : verdict;
    }

    private Verdict checkAddresses(Arrival a) {
        boolean own = a.linkSource == -1;
        long high = a.destinationHigh;
        long low = a.destinationLow;
        // Mapped addresses stand for IPv4 within; on the wire they would get around filters.
        if (Addresses.isMulticast(a.sourceHigh, a.sourceLow)
                || Addresses.isIpv4(a.sourceHigh, a.sourceLow)
                || (!own && Addresses.isLoopback(a.sourceHigh, a.sourceLow))) {
            return Verdict.BAD_SOURCE;
        }
        if (Addresses.isIpv4(high, low) || (!own && Addresses.isLoopback(high, low))) {
            return Verdict.NOT_OURS;
        }
        if (Addresses.isMulticast(high, low)) {
            return stack.groups.hears(high, low) ? Verdict.OK : Verdict.NOT_OURS;
        }
        // Advertisements and probes for addresses that are still being asked for come here too.
        if (!stack.locals.isOurs(high, low)) return Verdict.NOT_OURS;
        return a.linkGroup ? Verdict.NOT_OURS : Verdict.OK;
    }

    /// Goes from header to header; a chain has few, or is dropped.
    ///
    /// @param first whether hop-by-hop options may come next
    private Verdict walk(Arrival a, boolean first, long now) {
        boolean hopByHop = first;
        int nextHeaderAt = a.headerOff + 6;
        for (int count = 0; count < Ipv6Extensions.MAX_HEADERS; count++) {
            int header = a.protocol;
            if (header == IpProtocol.FRAGMENT) {
                if (a.len < Ipv6Extensions.FRAGMENT_LENGTH) return Verdict.IPV6_BAD_EXTENSION;
                return fragment(a, now);
            }
            if (!Ipv6Extensions.isSized(header)) return deliver(a, nextHeaderAt, now);
            if (header == IpProtocol.HOP_BY_HOP && !hopByHop) {
                // RFC 8200, 4.1: only right behind the IPv6 header.
                problem(a, IcmpWire.UNKNOWN_NEXT_HEADER, nextHeaderAt, now);
                return Verdict.IPV6_BAD_EXTENSION;
            }
            if (a.len < 8 || Ipv6Extensions.length(a.buf, a.off) > a.len) {
                return Verdict.IPV6_BAD_EXTENSION;
            }
            int length = Ipv6Extensions.length(a.buf, a.off);
            Verdict verdict =
                    header == IpProtocol.ROUTING ? routing(a, now) : options(a, length, now);
            if (verdict != Verdict.OK) return verdict;
            hopByHop = false;
            nextHeaderAt = a.off;
            a.protocol = Ipv6Extensions.nextHeader(a.buf, a.off);
            a.off += length;
            a.len -= length;
        }
        return Verdict.IPV6_TOO_MANY_EXTENSIONS;
    }

    /// RFC 8200, 4.2.
    private Verdict options(Arrival a, int length, long now) {
        int at = Ipv6Extensions.unknownOption(a.buf, a.off, length);
        if (at == -1) return Verdict.OK;
        if (at == -2) return Verdict.IPV6_BAD_EXTENSION;
        int action = a.buf.u8(at) >>> 6;
        if (action == Ipv6Extensions.DISCARD_AND_REPORT
                || (action == Ipv6Extensions.DISCARD_AND_REPORT_UNICAST && !a.toGroup())) {
            problem(a, IcmpWire.UNKNOWN_OPTION, at, now);
        }
        return Verdict.IPV6_UNKNOWN_OPTION;
    }

    /// No type of route is ours to follow: skip it if it is at its end (RFC 8200, 4.4; RFC 5095).
    private Verdict routing(Arrival a, long now) {
        if (Ipv6Extensions.segmentsLeft(a.buf, a.off) == 0) return Verdict.OK;
        problem(a, IcmpWire.BAD_FIELD, a.off + 2, now);
        return Verdict.IPV6_ROUTING_HEADER;
    }

    private Verdict fragment(Arrival a, long now) {
        int at = a.off;
        int offset = Ipv6Extensions.fragmentOffset(a.buf, at);
        boolean more = Ipv6Extensions.moreFragments(a.buf, at);
        int next = Ipv6Extensions.nextHeader(a.buf, at);
        int len = a.len - Ipv6Extensions.FRAGMENT_LENGTH;
        int identification = Ipv6Extensions.identification(a.buf, at);
        a.off += Ipv6Extensions.FRAGMENT_LENGTH;
        a.len = len;
        if (more && (len & 7) != 0) {
            // RFC 8200, 4.5: the pointer shows the payload length field.
            a.protocol = next;
            problem(a, IcmpWire.BAD_FIELD, a.headerOff + 4, now);
            return Verdict.FRAGMENT_BAD_LENGTH;
        }
        if (offset + len > 0xffff) {
            a.protocol = next;
            problem(a, IcmpWire.BAD_FIELD, at + FRAGMENT_OFFSET_FIELD, now);
            return Verdict.FRAGMENT_TOO_LONG;
        }
        if (offset == 0 && more && !isChainComplete(a, next)) {
            // RFC 7112, 5; RFC 8200, 4.5
            a.protocol = next;
            problem(a, IcmpWire.INCOMPLETE_HEADER_CHAIN, a.headerOff, now);
            return Verdict.IPV6_INCOMPLETE_FIRST_FRAGMENT;
        }
        if (offset == 0 && !more) {
            // RFC 6946, 4: an atomic fragment concerns no other.
            a.protocol = next;
            return walkAfterFragment(a, now);
        }
        Verdict verdict = fragments.add(a, identification, next, offset, more, now);
        return fragments.completes(a, identification) ? walkAfterFragment(a, now) : verdict;
    }

    /// A piece has a fragment header behind its own.
    private static void putHeader(Arrival a, int payload, int identification, boolean isPiece) {
        int fragment = isPiece ? Ipv6Extensions.FRAGMENT_LENGTH : 0;
        a.headerOff = 0;
        a.headerLen = Ipv6Wire.HEADER_LENGTH + fragment;
        a.header = Cstruct.create(a.headerLen);
        Ipv6Wire.put(
                a.header,
                0,
                a.tos,
                0,
                fragment + payload,
                isPiece ? IpProtocol.FRAGMENT : a.protocol,
                a.hopLimit,
                a.sourceHigh,
                a.sourceLow,
                a.destinationHigh,
                a.destinationLow);
        if (isPiece) {
            Ipv6Extensions.putFragment(
                    a.header, Ipv6Wire.HEADER_LENGTH, a.protocol, 0, true, identification);
        }
    }

    private Verdict walkAfterFragment(Arrival a, long now) {
        if (a.protocol == IpProtocol.FRAGMENT) return Verdict.IPV6_BAD_EXTENSION;
        return walk(a, false, now);
    }

    /// Whether a first piece has all headers up to that of the upper layer.
    private static boolean isChainComplete(Arrival a, int next) {
        int header = next;
        int off = a.off;
        int len = a.len;
        while (Ipv6Extensions.isSized(header)) {
            if (len < 8 || Ipv6Extensions.length(a.buf, off) > len) return false;
            int length = Ipv6Extensions.length(a.buf, off);
            header = Ipv6Extensions.nextHeader(a.buf, off);
            off += length;
            len -= length;
        }
        int least =
                switch (header) {
                    case IpProtocol.TCP -> 20;
                    case IpProtocol.UDP, IpProtocol.ICMPV6 -> 8;
                    default -> 0;
                };
        return len >= least;
    }

    private Verdict deliver(Arrival a, int nextHeaderAt, long now) {
        return switch (a.protocol) {
            case IpProtocol.TCP -> stack.tcpInput.receive(a, now);
            case IpProtocol.UDP -> stack.udp.receive(a, now);
            case IpProtocol.ICMPV6 -> stack.icmp.receiveV6(a, now);
            case IpProtocol.NO_NEXT -> Verdict.OK;
            default -> {
                problem(a, IcmpWire.UNKNOWN_NEXT_HEADER, nextHeaderAt, now);
                yield Verdict.PROTOCOL_UNKNOWN;
            }
        };
    }

    /// Reports what is wrong in a packet.
    ///
    /// @param at the octet that is wrong, in the header or in the body
    private void problem(Arrival a, int code, int at, long now) {
        int pointer = a.joined ? at + a.headerLen : at - a.headerOff;
        stack.icmpErrors.send(a, IcmpWire.PARAMETER_PROBLEM_V6, code, pointer, now);
    }
}
