// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.tcpip.table.Packet;
import io.mirage4j.tcpip.table.TokenBucket;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv4Wire;
import io.mirage4j.tcpip.wire.Ipv6Extensions;
import io.mirage4j.tcpip.wire.Ipv6Wire;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.Verdict;

/// ICMP errors of both versions: those that we send about packets, and whom of ours those concern
/// that we get. Nothing here allocates.
final class IcmpErrors {
    /// RFC 1812, 4.3.2.3: as much as fits into 576 octets. RFC 4443, 2.4 (c): into 1280.
    private static final int MOST_V4 = 576;

    private static final int MOST_V6 = Ipv6Wire.MIN_MTU;

    private static final int BURST = 50;

    private final Stack stack;
    private final TokenBucket bucket;
    private final Departure departure = new Departure();
    private final Envelope envelope = new Envelope();

    IcmpErrors(Stack stack) {
        this.stack = stack;
        bucket = new TokenBucket(stack.config.icmpErrorsPerSecond(), BURST);
    }

    /// Tells the sender of a packet what is wrong with it, where that is allowed (RFC 1122, 3.2.2;
    /// RFC 4443, 2.4 (e)).
    void send(Arrival about, int type, int code, int rest, long now) {
        boolean ipv4 = about.isIpv4();
        if (!mayAnswer(about, ipv4, type, code)) return;
        if (!bucket.take(now)) {
            stack.drops.count(Verdict.ICMP_RATE_LIMITED);
            return;
        }
        Departure to =
                departure.to(
                        about.sourceHigh,
                        about.sourceLow,
                        ipv4 ? IpProtocol.ICMP : IpProtocol.ICMPV6);
        LocalAddress source =
                stack.locals.isOurs(about.destinationHigh, about.destinationLow)
                        ? stack.locals.find(about.destinationHigh, about.destinationLow)
                        : stack.locals.select(about.sourceHigh, about.sourceLow);
        if (source == null) {
            stack.drops.count(Verdict.NO_SOURCE_ADDRESS);
            return;
        }
        to.from(source.high, source.low);
        Packet packet = stack.link.take();
        if (packet == null) {
            stack.drops.count(Verdict.NO_BUFFER);
            return;
        }
        quote(packet, about, type, code, rest, ipv4);
        long sum =
                ipv4
                        ? 0
                        : PseudoHeader.sum(
                                to.sourceHigh,
                                to.sourceLow,
                                to.destinationHigh,
                                to.destinationLow,
                                IpProtocol.ICMPV6,
                                packet.len);
        sum += InternetChecksum.onesComplementSum(packet.buf, packet.off, packet.len);
        IcmpWire.putChecksum(packet.buf, packet.off, InternetChecksum.finish(sum));
        stack.count(stack.output.send(to, packet, now));
    }

    private void quote(Packet packet, Arrival about, int type, int code, int rest, boolean ipv4) {
        int most =
                Math.min(
                        ipv4 ? MOST_V4 - Ipv4Wire.HEADER_LENGTH : MOST_V6 - Ipv6Wire.HEADER_LENGTH,
                        stack.link.mtu - Ipv6Wire.HEADER_LENGTH);
        int at = packet.off;
        IcmpWire.put(packet.buf, at, type, code, rest);
        int header = about.headerLen;
        about.header.copyTo(about.headerOff, packet.buf, at + IcmpWire.HEADER_LENGTH, header);
        int body = about.off + about.len - about.bodyOff;
        int room = most - IcmpWire.HEADER_LENGTH - header;
        int quoted = Math.min(body, room);
        about.buf.copyTo(about.bodyOff, packet.buf, at + IcmpWire.HEADER_LENGTH + header, quoted);
        packet.len = IcmpWire.HEADER_LENGTH + header + quoted;
    }

    private boolean mayAnswer(Arrival about, boolean ipv4, int type, int code) {
        if (Addresses.isUnspecified(about.sourceHigh, about.sourceLow)) return false;
        // RFC 4443, 2.4 (e.3): two errors may answer what went to a group.
        boolean evenToGroup =
                !ipv4 && type == IcmpWire.PARAMETER_PROBLEM_V6 && code == IcmpWire.UNKNOWN_OPTION;
        if ((about.toGroup() || about.linkGroup) && !evenToGroup) return false;
        if (ipv4) {
            int offset = Ipv4Wire.fragment(about.header, about.headerOff) & Ipv4Wire.OFFSET_MASK;
            return offset == 0 && !isErrorV4(about);
        }
        return !(about.protocol == IpProtocol.ICMPV6
                && (about.len < 1
                        || about.buf.u8(about.off) < 128
                        || about.buf.u8(about.off) == IcmpWire.REDIRECT_V6));
    }

    private static boolean isErrorV4(Arrival about) {
        if (about.protocol != IpProtocol.ICMP) return false;
        if (about.len < 1) return true;
        int type = about.buf.u8(about.off);
        return type != IcmpWire.ECHO && type != IcmpWire.ECHO_REPLY;
    }

    /// Hands an error that came in to whom it concerns. The quoted packet is in the `len` octets at
    /// `off`.
    Verdict received(
            IcmpError error, int mtu, Cstruct buf, int off, int len, boolean ipv4, long now) {
        return ipv4
                ? quotedV4(error, mtu, buf, off, len, now)
                : quotedV6(error, mtu, buf, off, len, now);
    }

    /// A packet of ours, with its IP header, that we could not get rid of.
    void failedHere(Cstruct buf, int off, int len, IcmpError error, long now) {
        received(error, 0, buf, off, len, buf.u8(off) >>> 4 == 4, now);
    }

    private Verdict quotedV4(IcmpError error, int mtu, Cstruct buf, int off, int len, long now) {
        if (len < Ipv4Wire.HEADER_LENGTH || buf.u8(off) >>> 4 != 4) return Verdict.ICMP_BAD_QUOTE;
        int header = Ipv4Wire.headerLength(buf, off);
        // A later fragment has no ports; RFC 792 promises 8 octets of the payload.
        if (header < Ipv4Wire.HEADER_LENGTH
                || len < header + 8
                || (Ipv4Wire.fragment(buf, off) & Ipv4Wire.OFFSET_MASK) != 0) {
            return Verdict.ICMP_BAD_QUOTE;
        }
        envelope.addresses(Ipv4Wire.source(buf, off), Ipv4Wire.destination(buf, off));
        int total = Math.min(len, Math.max(header + 8, Ipv4Wire.totalLength(buf, off)));
        int smaller = mtu == 0 ? Ipv4Wire.totalLength(buf, off) - 1 : mtu;
        return dispatch(
                error,
                smaller,
                Ipv4Wire.protocol(buf, off),
                buf,
                off + header,
                total - header,
                now);
    }

    private Verdict quotedV6(IcmpError error, int mtu, Cstruct buf, int off, int len, long now) {
        if (len < Ipv6Wire.HEADER_LENGTH + 8 || buf.u8(off) >>> 4 != 6) {
            return Verdict.ICMP_BAD_QUOTE;
        }
        envelope.addresses(
                Ipv6Wire.sourceHigh(buf, off),
                Ipv6Wire.sourceLow(buf, off),
                Ipv6Wire.destinationHigh(buf, off),
                Ipv6Wire.destinationLow(buf, off));
        int protocol = Ipv6Wire.nextHeader(buf, off);
        int at = off + Ipv6Wire.HEADER_LENGTH;
        int end = off + len;
        for (int count = 0; count < Ipv6Extensions.MAX_HEADERS; count++) {
            int length;
            if (protocol == IpProtocol.FRAGMENT && at + 8 <= end) {
                if (Ipv6Extensions.fragmentOffset(buf, at) != 0) return Verdict.ICMP_BAD_QUOTE;
                length = Ipv6Extensions.FRAGMENT_LENGTH;
            } else if (Ipv6Extensions.isSized(protocol) && at + 8 <= end) {
                length = Ipv6Extensions.length(buf, at);
            } else {
                break;
            }
            protocol = Ipv6Extensions.nextHeader(buf, at);
            at += length;
        }
        return at + 8 <= end
                ? dispatch(error, mtu, protocol, buf, at, end - at, now)
                : Verdict.ICMP_BAD_QUOTE;
    }

    /// The first thing that is checked of an error: that we are whom it quotes (RFC 5927, 4).
    private Verdict dispatch(
            IcmpError error, int mtu, int protocol, Cstruct buf, int off, int len, long now) {
        if (!stack.locals.isOurs(envelope.sourceHigh(), envelope.sourceLow())) {
            return Verdict.ICMP_NOBODY_ASKED;
        }
        return switch (protocol) {
            case IpProtocol.TCP -> {
                stack.tcp.error(envelope, error, mtu, buf, off, len, now);
                yield Verdict.OK;
            }
            case IpProtocol.UDP -> stack.udp.failed(envelope, error, mtu, buf, off, len, now);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
                    stack.pings.failed(envelope, error, mtu, buf, off, now);
            default -> Verdict.ICMP_NOBODY_ASKED;
        };
    }

    /// Believes what an error says of the path, once its owner has found that the packet was his.
    void learnMtu(Envelope quoted, int mtu, long now) {
        boolean ipv4 = quoted.isIpv4();
        // RFC 8201, 4: less than 1280 is a lie. RFC 1191 knows links of 68; a liar's favourites.
        int least = ipv4 ? 552 : Ipv6Wire.MIN_MTU;
        if (mtu < least && !ipv4) return;
        stack.pathMtus.learn(
                quoted.destinationHigh(), quoted.destinationLow(), Math.max(mtu, least), now);
    }
}
