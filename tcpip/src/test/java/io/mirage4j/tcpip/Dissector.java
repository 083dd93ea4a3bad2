// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.tcpip.dhcp.DhcpMessage;
import io.mirage4j.tcpip.wire.ArpPacket;
import io.mirage4j.tcpip.wire.ArpWire;
import io.mirage4j.tcpip.wire.Decoded;
import io.mirage4j.tcpip.wire.EthernetHeader;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IgmpMessage;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv4Header;
import io.mirage4j.tcpip.wire.Ipv4Wire;
import io.mirage4j.tcpip.wire.Ipv6Extensions;
import io.mirage4j.tcpip.wire.Ipv6Header;
import io.mirage4j.tcpip.wire.Ipv6Wire;
import io.mirage4j.tcpip.wire.MldMessage;
import io.mirage4j.tcpip.wire.NdMessage;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.UdpHeader;
import io.mirage4j.tcpip.wire.UdpWire;
import io.mirage4j.tcpip.wire.Verdict;

/// Reads a packet through all the protocols that there are values for, and writes each value over
/// noise: where it was read, the octets must be the same.
final class Dissector {
    static Verdict frame(Cstruct frame) {
        return switch (EthernetHeader.parse(frame)) {
            case Decoded.Refused<EthernetHeader>(Verdict verdict) -> verdict;
            case Decoded.Whole<EthernetHeader>(EthernetHeader header) -> {
                same(frame, 0, header.lengthOctets(), header::emit);
                yield payload(header.type(), frame, header.lengthOctets());
            }
        };
    }

    static Verdict payload(int type, Cstruct buf, int off) {
        int len = buf.length() - off;
        return switch (type) {
            case EthernetWire.ARP -> arp(buf, off, len);
            case EthernetWire.IPV4 -> ipv4(buf, off, len);
            case EthernetWire.IPV6 -> ipv6(buf, off, len);
            default -> Verdict.ETHERTYPE_UNKNOWN;
        };
    }

    /// A packet without a frame.
    static Verdict ip(Cstruct buf, int off) {
        if (off >= buf.length()) return Verdict.FRAME_TRUNCATED;
        return payload(buf.u8(off) >>> 4 == 6 ? EthernetWire.IPV6 : EthernetWire.IPV4, buf, off);
    }

    private static Verdict arp(Cstruct buf, int off, int len) {
        return switch (ArpPacket.parse(buf, off, len)) {
            case Decoded.Refused<ArpPacket>(Verdict verdict) -> verdict;
            case Decoded.Whole<ArpPacket>(ArpPacket packet) ->
                    same(buf, off, ArpWire.LENGTH, packet::emit);
        };
    }

    private static Verdict ipv4(Cstruct buf, int off, int len) {
        return switch (Ipv4Header.parse(buf, off, len)) {
            case Decoded.Refused<Ipv4Header>(Verdict verdict) -> verdict;
            case Decoded.Whole<Ipv4Header>(Ipv4Header header) -> {
                int headerLength = header.lengthOctets();
                same(buf, off, headerLength, header::emit);
                if (Ipv4Wire.isFragment(buf, off)) yield Verdict.OK;
                int body = off + headerLength;
                int length = header.payloadLength();
                yield switch (header.protocol()) {
                    case IpProtocol.UDP -> {
                        long sum =
                                PseudoHeader.sum(
                                        header.source().bits(),
                                        header.destination().bits(),
                                        IpProtocol.UDP,
                                        udpLength(buf, body, length));
                        yield udp(buf, body, length, sum);
                    }
                    case IpProtocol.ICMP -> IcmpWire.check(buf, body, length, 0);
                    case IpProtocol.IGMP -> igmp(buf, body, length);
                    case IpProtocol.TCP -> Verdict.OK;
                    default -> Verdict.PROTOCOL_UNKNOWN;
                };
            }
        };
    }

    private static int udpLength(Cstruct buf, int off, int len) {
        return len >= UdpWire.HEADER_LENGTH ? UdpWire.length(buf, off) : 0;
    }

    private static Verdict ipv6(Cstruct buf, int off, int len) {
        return switch (Ipv6Header.parse(buf, off, len)) {
            case Decoded.Refused<Ipv6Header>(Verdict verdict) -> verdict;
            case Decoded.Whole<Ipv6Header>(Ipv6Header header) -> {
                same(buf, off, Ipv6Wire.HEADER_LENGTH, header::emit);
                yield chain(header, buf, off + Ipv6Wire.HEADER_LENGTH);
            }
        };
    }

    private static Verdict chain(Ipv6Header header, Cstruct buf, int off) {
        int next = header.nextHeader();
        int at = off;
        int len = header.payloadLength();
        while (Ipv6Extensions.isSized(next)) {
            if (len < 8 || Ipv6Extensions.length(buf, at) > len) return Verdict.IPV6_BAD_EXTENSION;
            int length = Ipv6Extensions.length(buf, at);
            next = Ipv6Extensions.nextHeader(buf, at);
            at += length;
            len -= length;
        }
        long sum =
                PseudoHeader.sum(
                        header.source().high(),
                        header.source().low(),
                        header.destination().high(),
                        header.destination().low(),
                        next,
                        next == IpProtocol.UDP ? udpLength(buf, at, len) : len);
        return switch (next) {
            case IpProtocol.UDP -> udp(buf, at, len, sum);
            case IpProtocol.ICMPV6 -> icmpv6(buf, at, len, sum);
            case IpProtocol.TCP, IpProtocol.FRAGMENT, IpProtocol.NO_NEXT -> Verdict.OK;
            default -> Verdict.PROTOCOL_UNKNOWN;
        };
    }

    private static Verdict udp(Cstruct buf, int off, int len, long pseudoHeader) {
        return switch (UdpHeader.parse(buf, off, len)) {
            case Decoded.Refused<UdpHeader>(Verdict verdict) -> verdict;
            case Decoded.Whole<UdpHeader>(UdpHeader header) -> {
                same(buf, off, UdpWire.HEADER_LENGTH, header::emit);
                long sum =
                        pseudoHeader
                                + InternetChecksum.onesComplementSum(buf, off, header.length());
                if (header.checksum() != 0 && !InternetChecksum.isValid(sum)) {
                    yield Verdict.UDP_BAD_CHECKSUM;
                }
                boolean dhcp =
                        header.sourcePort() == DhcpMessage.SERVER_PORT
                                || header.destinationPort() == DhcpMessage.SERVER_PORT;
                yield dhcp ? dhcp(buf, off + 8, header.length() - 8) : Verdict.OK;
            }
        };
    }

    private static Verdict dhcp(Cstruct buf, int off, int len) {
        return switch (DhcpMessage.parse(buf, off, len)) {
            case Decoded.Refused<DhcpMessage>(Verdict verdict) -> verdict;
            case Decoded.Whole<DhcpMessage>(DhcpMessage message) -> {
                // Pads between options are not kept, so the octets may differ: the value may not.
                Cstruct written = Cstruct.create(message.lengthOctets());
                message.emit(written, 0);
                assertThat(DhcpMessage.parse(written, 0, written.length()).orThrow())
                        .isEqualTo(message);
                yield Verdict.OK;
            }
        };
    }

    private static Verdict igmp(Cstruct buf, int off, int len) {
        return switch (IgmpMessage.parse(buf, off, len)) {
            case Decoded.Refused<IgmpMessage>(Verdict verdict) -> verdict;
            case Decoded.Whole<IgmpMessage>(IgmpMessage message) -> {
                // The checksum is over all that came; what is behind the message is not ours.
                if (message.lengthOctets() == len) {
                    same(buf, off, len, message::emit);
                }
                yield Verdict.OK;
            }
        };
    }

    private static Verdict icmpv6(Cstruct buf, int off, int len, long pseudoHeader) {
        Verdict verdict = IcmpWire.check(buf, off, len, pseudoHeader);
        if (verdict != Verdict.OK) return verdict;
        int type = IcmpWire.type(buf, off);
        if (type >= IcmpWire.ROUTER_SOLICITATION && type <= IcmpWire.REDIRECT_V6) {
            return switch (NdMessage.parse(buf, off, len)) {
                case Decoded.Refused<NdMessage>(Verdict refused) -> refused;
                case Decoded.Whole<NdMessage>(NdMessage message) ->
                        sameButChecksum(buf, off, len, message::emit);
            };
        }
        if (type == IcmpWire.MLDV2_REPORT
                || (type >= IcmpWire.MLD_QUERY && type <= IcmpWire.MLD_DONE)) {
            return switch (MldMessage.parse(buf, off, len)) {
                case Decoded.Refused<MldMessage>(Verdict refused) -> refused;
                case Decoded.Whole<MldMessage>(MldMessage message) ->
                        sameButChecksum(buf, off, message.lengthOctets(), message::emit);
            };
        }
        return Verdict.OK;
    }

    @FunctionalInterface
    private interface Emitter {
        void emit(Cstruct buf, int off);
    }

    private static Verdict same(Cstruct buf, int off, int len, Emitter emitter) {
        Cstruct written = Cstruct.create(len + 2);
        written.fill(0xa5);
        emitter.emit(written, 1);
        assertThat(written.sub(1, len)).isEqualTo(buf.sub(off, len));
        assertThat(written.u8(0)).isEqualTo(0xa5);
        assertThat(written.u8(len + 1)).isEqualTo(0xa5);
        return Verdict.OK;
    }

    private static Verdict sameButChecksum(Cstruct buf, int off, int len, Emitter emitter) {
        int checksum = IcmpWire.checksum(buf, off);
        return same(
                buf,
                off,
                len,
                (target, at) -> {
                    emitter.emit(target, at);
                    IcmpWire.putChecksum(target, at, checksum);
                });
    }

    private Dissector() {}
}
