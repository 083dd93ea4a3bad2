// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Ipv6Wire;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

/// ICMP (RFC 792, RFC 1122) and ICMPv6 (RFC 4443) on the way in: answers pings, hands errors and
/// neighbour discovery on. Nothing here allocates.
final class Icmp {
    private final Stack stack;
    private final Departure departure = new Departure();
    private final Cstruct head = Cstruct.create(IcmpWire.HEADER_LENGTH);

    Icmp(Stack stack) {
        this.stack = stack;
    }

    Verdict receiveV4(Arrival a, long now) {
        Verdict verdict = IcmpWire.check(a.buf, a.off, a.len, 0);
        if (verdict != Verdict.OK) return verdict;
        int code = IcmpWire.code(a.buf, a.off);
        return switch (IcmpWire.type(a.buf, a.off)) {
            case IcmpWire.ECHO -> echo(a, IcmpWire.ECHO_REPLY, now);
            case IcmpWire.ECHO_REPLY -> stack.pings.answered(a, now);
            case IcmpWire.UNREACHABLE -> {
                int mtu =
                        code == IcmpWire.FRAGMENTATION_NEEDED
                                ? IcmpWire.rest(a.buf, a.off) & 0xffff
                                : 0;
                yield error(a, unreachableV4(code), mtu, now);
            }
            case IcmpWire.TIME_EXCEEDED -> error(a, IcmpError.TIME_EXCEEDED, 0, now);
            case IcmpWire.PARAMETER_PROBLEM -> error(a, IcmpError.PARAMETER_PROBLEM, 0, now);
            // RFC 1122, 3.2.2.2 would follow; who can send these can also send lies.
            case IcmpWire.REDIRECT -> Verdict.ICMP_REDIRECT_REFUSED;
            // Source quench is ignored by RFC 6633; the others have been historic for long.
            default -> Verdict.ICMP_TYPE_UNKNOWN;
        };
    }

    private static @Nullable IcmpError unreachableV4(int code) {
        return switch (code) {
            case 0, 6, 11 -> IcmpError.NET_UNREACHABLE;
            case 1, 7, 8, 12 -> IcmpError.HOST_UNREACHABLE;
            case IcmpWire.PROTOCOL -> IcmpError.PROTOCOL_UNREACHABLE;
            case IcmpWire.PORT -> IcmpError.PORT_UNREACHABLE;
            case IcmpWire.FRAGMENTATION_NEEDED -> IcmpError.TOO_BIG;
            case IcmpWire.SOURCE_ROUTE_FAILED -> IcmpError.SOURCE_ROUTE_FAILED;
            case 9, 10, 13, 14, 15 -> IcmpError.ADMINISTRATIVELY_PROHIBITED;
            default -> null;
        };
    }

    Verdict receiveV6(Arrival a, long now) {
        long pseudo =
                PseudoHeader.sum(
                        a.sourceHigh,
                        a.sourceLow,
                        a.destinationHigh,
                        a.destinationLow,
                        IpProtocol.ICMPV6,
                        a.len);
        if (a.len < 4) return Verdict.ICMP_TRUNCATED;
        Verdict verdict = IcmpWire.check(a.buf, a.off, a.len, pseudo);
        if (verdict != Verdict.OK) return verdict;
        int type = IcmpWire.type(a.buf, a.off);
        int code = IcmpWire.code(a.buf, a.off);
        return switch (type) {
            case IcmpWire.ECHO_V6 -> echo(a, IcmpWire.ECHO_REPLY_V6, now);
            case IcmpWire.ECHO_REPLY_V6 -> stack.pings.answered(a, now);
            case IcmpWire.UNREACHABLE_V6 -> error(a, unreachableV6(code), 0, now);
            case IcmpWire.PACKET_TOO_BIG -> {
                int mtu = IcmpWire.rest(a.buf, a.off);
                yield mtu >= Ipv6Wire.MIN_MTU
                        ? error(a, IcmpError.TOO_BIG, mtu, now)
                        : Verdict.ICMP_BAD_QUOTE;
            }
            case IcmpWire.TIME_EXCEEDED_V6 -> error(a, IcmpError.TIME_EXCEEDED, 0, now);
            case IcmpWire.PARAMETER_PROBLEM_V6 ->
                    error(
                            a,
                            code == IcmpWire.UNKNOWN_NEXT_HEADER
                                    ? IcmpError.PROTOCOL_UNREACHABLE
                                    : IcmpError.PARAMETER_PROBLEM,
                            0,
                            now);
            case IcmpWire.MLD_QUERY, IcmpWire.MLD_REPORT, IcmpWire.MLD_DONE ->
                    stack.mld.receive(a, now);
            case IcmpWire.MLDV2_REPORT -> Verdict.OK;
            case IcmpWire.ROUTER_SOLICITATION -> Verdict.ND_FOR_ANOTHER;
            case IcmpWire.ROUTER_ADVERTISEMENT,
                    IcmpWire.NEIGHBOUR_SOLICITATION,
                    IcmpWire.NEIGHBOUR_ADVERTISEMENT,
                    IcmpWire.REDIRECT_V6 ->
                    stack.discovery.receive(a, type, now);
            default -> Verdict.ICMP_TYPE_UNKNOWN;
        };
    }

    private static @Nullable IcmpError unreachableV6(int code) {
        return switch (code) {
            case IcmpWire.NO_ROUTE_V6 -> IcmpError.NET_UNREACHABLE;
            case IcmpWire.PROHIBITED_V6, 5, 6 -> IcmpError.ADMINISTRATIVELY_PROHIBITED;
            case 2, IcmpWire.ADDRESS_V6 -> IcmpError.HOST_UNREACHABLE;
            case IcmpWire.PORT_V6 -> IcmpError.PORT_UNREACHABLE;
            default -> null;
        };
    }

    private Verdict error(Arrival a, @Nullable IcmpError error, int mtu, long now) {
        if (error == null) return Verdict.ICMP_TYPE_UNKNOWN;
        return stack.icmpErrors.received(
                error,
                mtu,
                a.buf,
                a.off + IcmpWire.HEADER_LENGTH,
                a.len - IcmpWire.HEADER_LENGTH,
                a.isIpv4(),
                now);
    }

    /// Sends the same octets back (RFC 1122, 3.2.2.6; RFC 4443, 4.2), from where they were sent to.
    private Verdict echo(Arrival a, int replyType, long now) {
        // RFC 1122 lets hosts ignore what went to a broadcast or group address: smurfs use it.
        if (!stack.config.echo() || (a.isIpv4() && (a.toGroup() || a.linkGroup))) {
            return Verdict.ICMP_NOBODY_ASKED;
        }
        Departure to = departure.to(a.sourceHigh, a.sourceLow, a.protocol);
        if (a.toGroup()) {
            LocalAddress source = stack.locals.select(a.sourceHigh, a.sourceLow);
            if (source == null) return Verdict.NO_SOURCE_ADDRESS;
            to.from(source.high, source.low);
        } else {
            to.from(a.destinationHigh, a.destinationLow);
        }
        to.tos = a.tos & ~3;
        IcmpWire.put(head, 0, replyType, 0, IcmpWire.rest(a.buf, a.off));
        int body = a.len - IcmpWire.HEADER_LENGTH;
        long sum =
                a.isIpv4()
                        ? 0
                        : PseudoHeader.sum(
                                to.sourceHigh,
                                to.sourceLow,
                                to.destinationHigh,
                                to.destinationLow,
                                IpProtocol.ICMPV6,
                                a.len);
        sum += InternetChecksum.onesComplementSum(head);
        sum += InternetChecksum.onesComplementSum(a.buf, a.off + IcmpWire.HEADER_LENGTH, body);
        IcmpWire.putChecksum(head, 0, InternetChecksum.finish(sum));
        return stack.output.send(
                to, head, IcmpWire.HEADER_LENGTH, a.buf, a.off + IcmpWire.HEADER_LENGTH, body, now);
    }
}
