// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv4Options;
import io.mirage4j.tcpip.wire.Ipv4Wire;
import io.mirage4j.tcpip.wire.Verdict;

/// IPv4 on the way in (RFC 791, RFC 1122). Only fragments allocate.
final class Ipv4 {
    /// Linux waits as long; RFC 1122 would have a minute, which mostly serves floods.
    private static final long REASSEMBLY_TIMEOUT = 30_000_000_000L;

    private final Stack stack;
    private final Arrival arrival = new Arrival();
    private final SoundPair sound;
    final Fragments fragments;

    Ipv4(Stack stack) {
        this.stack = stack;
        sound = new SoundPair(stack);
        fragments = new Fragments(stack, arrival, REASSEMBLY_TIMEOUT, Ipv4::putHeader);
    }

    /// Takes the packet in the `len` octets at `off`.
    Verdict receive(Cstruct buf, int off, int len, long linkSource, boolean linkGroup, long now) {
        Verdict verdict = Ipv4Wire.check(buf, off, len);
        if (verdict != Verdict.OK) return verdict;
        // The header in the same three reads that checked it.
        long first = buf.u64be(off);
        long second = buf.u64be(off + Long.BYTES);
        int header = Ipv4Wire.headerLength(buf, off);
        int source = (int) second;
        int destination = Ipv4Wire.destination(buf, off);
        Arrival a = arrival;
        a.linkSource = linkSource;
        a.linkGroup = linkGroup;
        a.sourceHigh = 0;
        a.sourceLow = Addresses.mapped(source);
        a.destinationHigh = 0;
        a.destinationLow = Addresses.mapped(destination);
        a.tos = (int) (first >>> 48) & 0xff;
        a.hopLimit = (int) (second >>> 56);
        a.protocol = (int) (second >>> 48) & 0xff;
        a.header = buf;
        a.headerOff = off;
        a.headerLen = header;
        a.buf = buf;
        a.bodyOff = off + header;
        a.off = off + header;
        a.len = ((int) (first >>> 32) & 0xffff) - header;
        a.joined = false;
        a.toBroadcast = false;
        if (!sound.isOf(a)) {
            a.toBroadcast = stack.locals.isBroadcast(0, a.destinationLow);
            verdict = checkAddresses(a, source);
            if (verdict == Verdict.OK) {
                sound.set(a);
            }
        }
        if (verdict == Verdict.OK && header > Ipv4Wire.HEADER_LENGTH) {
            verdict =
                    Ipv4Options.check(
                            buf, off + Ipv4Wire.HEADER_LENGTH, header - Ipv4Wire.HEADER_LENGTH);
            if (verdict == Verdict.IPV4_BAD_OPTION) {
                stack.icmpErrors.send(
                        a, IcmpWire.PARAMETER_PROBLEM, 0, Ipv4Wire.HEADER_LENGTH << 24, now);
            }
        }
        if (verdict != Verdict.OK) return verdict;
        if (((int) first & (Ipv4Wire.MORE_FRAGMENTS | Ipv4Wire.OFFSET_MASK)) != 0) {
            return fragment(a, now);
        }
        return deliver(a, now);
    }

    /// RFC 1122, 3.2.1.3 and 3.3.6.
    private Verdict checkAddresses(Arrival a, int source) {
        boolean own = a.linkSource == -1;
        if (source >>> 28 >= 0xe
                || (source >>> 24 == 127 && !own)
                || stack.locals.isBroadcast(0, a.sourceLow)) {
            return Verdict.BAD_SOURCE;
        }
        // Nobody else sends with an address of ours; 0.0.0.0 is for hosts that have none yet.
        boolean ours = !own && stack.locals.isOurs(0, a.sourceLow);
        if (ours || (source >>> 24 == 0 && !(source == 0 && a.toGroup()))) {
            return Verdict.BAD_SOURCE;
        }
        boolean forUs = stack.locals.isOurs(0, a.destinationLow);
        if (!forUs && (a.toBroadcast || stack.groups.hears(0, a.destinationLow))) return Verdict.OK;
        boolean loopback = Addresses.isLoopback(0, a.destinationLow);
        return forUs && !a.linkGroup && (own || !loopback) ? Verdict.OK : Verdict.NOT_OURS;
    }

    private Verdict fragment(Arrival a, long now) {
        int field = Ipv4Wire.fragment(a.header, a.headerOff);
        int identification = Ipv4Wire.identification(a.header, a.headerOff);
        int offset = (field & Ipv4Wire.OFFSET_MASK) << 3;
        boolean more = (field & Ipv4Wire.MORE_FRAGMENTS) != 0;
        Verdict verdict = fragments.add(a, identification, a.protocol, offset, more, now);
        return fragments.completes(a, identification) ? deliver(a, now) : verdict;
    }

    private Verdict deliver(Arrival a, long now) {
        return switch (a.protocol) {
            case IpProtocol.TCP -> stack.tcpInput.receive(a, now);
            case IpProtocol.UDP -> stack.udp.receive(a, now);
            case IpProtocol.ICMP -> stack.icmp.receiveV4(a, now);
            case IpProtocol.IGMP -> stack.igmp.receive(a, now);
            default -> {
                stack.icmpErrors.send(a, IcmpWire.UNREACHABLE, IcmpWire.PROTOCOL, 0, now);
                yield Verdict.PROTOCOL_UNKNOWN;
            }
        };
    }

    private static void putHeader(Arrival a, int payload, int identification, boolean isPiece) {
        a.header = Cstruct.create(Ipv4Wire.HEADER_LENGTH);
        a.headerOff = 0;
        a.headerLen = Ipv4Wire.HEADER_LENGTH;
        Ipv4Wire.put(
                a.header,
                0,
                Ipv4Wire.HEADER_LENGTH,
                a.tos,
                Math.min(0xffff, Ipv4Wire.HEADER_LENGTH + payload),
                identification,
                isPiece ? Ipv4Wire.MORE_FRAGMENTS : 0,
                a.hopLimit,
                a.protocol,
                (int) a.sourceLow,
                (int) a.destinationLow);
    }
}
