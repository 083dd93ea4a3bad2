// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Echo as the one who asks (RFC 792, RFC 4443).
final class Pings {
    static final int MOST = 256;
    private static final int MOST_OCTETS = 0xffff - 60 - IcmpWire.HEADER_LENGTH;

    private final Stack stack;
    private final Map<Integer, Ping> pings = new HashMap<>();
    private final Departure departure = new Departure();
    private final Cstruct head = Cstruct.create(IcmpWire.HEADER_LENGTH);
    private Cstruct pattern = Cstruct.empty();

    Pings(Stack stack) {
        this.stack = stack;
    }

    @Nullable Ping open(IpAddress to, PingListener listener) {
        if (pings.size() == MOST) return null;
        int identifier;
        do {
            identifier = stack.entropy.nextInt(0x10000);
        } while (pings.containsKey(identifier));
        var ping = new Ping(this, listener, identifier, to);
        pings.put(identifier, ping);
        return ping;
    }

    void close(Ping ping) {
        pings.remove(ping.identifier, ping);
    }

    Verdict send(Ping ping, int octets, long now) {
        if (octets < 0 || octets > MOST_OCTETS) return Verdict.TOO_LONG;
        if (pattern.length() < octets) {
            pattern = Cstruct.create(octets);
            for (int i = 0; i < octets; i++) {
                pattern.putU8(i, i);
            }
        }
        Departure to = departure.to(ping.high, ping.low, IpProtocol.ICMP);
        boolean ipv4 = to.isIpv4();
        to.protocol = ipv4 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        to.hopLimit = ping.hopLimit != 0 ? ping.hopLimit : stack.hopLimit(ipv4);
        LocalAddress source = stack.locals.select(ping.high, ping.low);
        if (source == null) return Verdict.NO_SOURCE_ADDRESS;
        to.from(source.high, source.low);
        int sequence = ping.next;
        ping.next = sequence + 1 & 0xffff;
        ping.sentAt[sequence & (Ping.WINDOW - 1)] = now;
        int type = ipv4 ? IcmpWire.ECHO : IcmpWire.ECHO_V6;
        IcmpWire.put(head, 0, type, 0, ping.identifier << 16 | sequence);
        int length = IcmpWire.HEADER_LENGTH + octets;
        long sum =
                ipv4
                        ? 0
                        : PseudoHeader.sum(
                                to.sourceHigh,
                                to.sourceLow,
                                ping.high,
                                ping.low,
                                IpProtocol.ICMPV6,
                                length);
        sum += InternetChecksum.onesComplementSum(head);
        sum += InternetChecksum.onesComplementSum(pattern, 0, octets);
        IcmpWire.putChecksum(head, 0, InternetChecksum.finish(sum));
        return stack.output.send(to, head, IcmpWire.HEADER_LENGTH, pattern, 0, octets, now);
    }

    Verdict answered(Arrival a, long now) {
        Ping ping = find(a.sourceHigh, a.sourceLow, a.buf, a.off);
        int sequence = IcmpWire.rest(a.buf, a.off) & 0xffff;
        if (ping == null || (ping.next - 1 - sequence & 0xffff) >= Ping.WINDOW) {
            return Verdict.ICMP_NOBODY_ASKED;
        }
        ping.listener.answered(
                sequence,
                a.len - IcmpWire.HEADER_LENGTH,
                a.hopLimit,
                now - ping.sentAt[sequence & (Ping.WINDOW - 1)]);
        return Verdict.OK;
    }

    /// An ICMP error about a question of ours, quoted at `off`.
    Verdict failed(Envelope quoted, IcmpError error, int mtu, Cstruct buf, int off, long now) {
        Ping ping = find(quoted.destinationHigh(), quoted.destinationLow(), buf, off);
        if (ping == null) return Verdict.ICMP_NOBODY_ASKED;
        if (error == IcmpError.TOO_BIG) {
            stack.icmpErrors.learnMtu(quoted, mtu, now);
        }
        ping.listener.failed(IcmpWire.rest(buf, off) & 0xffff, error);
        return Verdict.OK;
    }

    private @Nullable Ping find(long high, long low, Cstruct buf, int off) {
        Ping ping = pings.get(IcmpWire.rest(buf, off) >>> 16);
        return ping != null && ping.high == high && ping.low == low ? ping : null;
    }
}
