// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.UdpWire;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

/// UDP (RFC 768, RFC 1122, 4.1, RFC 8085): which port a datagram is for, and datagrams on their way
/// out. Both allocate nothing.
final class Udp {
    private static final int BUCKETS = 1024;

    /// RFC 6056, 3.2: all but what is well known.
    private static final int FIRST_EPHEMERAL = 1024;

    private static final int LAST_EPHEMERAL = 0xffff;
    private static final int RANDOM_TRIES = 64;

    private final Stack stack;
    private final @Nullable UdpPort[] buckets = new UdpPort[BUCKETS];
    private final Departure departure = new Departure();
    private final Cstruct head = Cstruct.create(UdpWire.HEADER_LENGTH);
    private final UdpDatagram datagram = new UdpDatagram();

    Udp(Stack stack) {
        this.stack = stack;
    }

    /// Binds a port, or any free one for port 0; null if it is taken.
    ///
    /// @param versions those of the unspecified address
    @Nullable UdpPort bind(Endpoint local, IpVersions versions, UdpReceiver receiver) {
        IpAddress address = local.address();
        int number = local.port() == 0 ? choose(address, versions) : local.port();
        if (number == 0 || isTaken(address, versions, number)) return null;
        var port = new UdpPort(this, address, versions, number, receiver);
        int bucket = number & (BUCKETS - 1);
        port.next = buckets[bucket];
        buckets[bucket] = port;
        return port;
    }

    /// RFC 6056, 3.3.1: at random, and then in turn, so that this ends.
    private int choose(IpAddress local, IpVersions versions) {
        int range = LAST_EPHEMERAL - FIRST_EPHEMERAL + 1;
        int number = 0;
        for (int i = 0; i < RANDOM_TRIES; i++) {
            number = FIRST_EPHEMERAL + stack.entropy.nextInt(range);
            if (!isTaken(local, versions, number)) return number;
        }
        for (int i = 0; i < range; i++) {
            number = number == LAST_EPHEMERAL ? FIRST_EPHEMERAL : number + 1;
            if (!isTaken(local, versions, number)) return number;
        }
        return 0;
    }

    private boolean isTaken(IpAddress local, IpVersions versions, int number) {
        for (UdpPort port = buckets[number & (BUCKETS - 1)]; port != null; port = port.next) {
            if (port.port == number && overlaps(port, local, versions)) return true;
        }
        return false;
    }

    private static boolean overlaps(UdpPort port, IpAddress local, IpVersions versions) {
        long high = Addresses.high(local);
        long low = Addresses.low(local);
        if (port.any) {
            return local.isUnspecified()
                    ? port.versions.overlaps(versions)
                    : port.versions.has(high, low);
        }
        return local.isUnspecified()
                ? versions.has(port.localHigh, port.localLow)
                : port.localHigh == high && port.localLow == low;
    }

    void unbind(UdpPort closed) {
        int bucket = closed.port & (BUCKETS - 1);
        UdpPort before = null;
        for (UdpPort port = buckets[bucket]; port != null; before = port, port = port.next) {
            if (port == closed) {
                if (before == null) {
                    buckets[bucket] = port.next;
                } else {
                    before.next = port.next;
                }
                return;
            }
        }
    }

    Memberships memberships() {
        return new Memberships(stack.groups);
    }

    Verdict receive(Arrival a, long now) {
        Verdict verdict = check(a, stack.reception.isChecksumDone);
        if (verdict != Verdict.OK) return verdict;
        UdpDatagram d = datagram;
        d.buf = a.buf;
        d.off = a.off + UdpWire.HEADER_LENGTH;
        d.len = UdpWire.length(a.buf, a.off) - UdpWire.HEADER_LENGTH;
        d.sourceHigh = a.sourceHigh;
        d.sourceLow = a.sourceLow;
        d.sourcePort = UdpWire.sourcePort(a.buf, a.off);
        d.destinationHigh = a.destinationHigh;
        d.destinationLow = a.destinationLow;
        d.destinationPort = UdpWire.destinationPort(a.buf, a.off);
        d.hopLimit = a.hopLimit;
        d.tos = a.tos;
        if (a.toGroup()) return toAll(d, a.toBroadcast, now);
        if (d.destinationPort == stack.tcp.parameters().udpPort) {
            return stack.tcpInput.receiveOverUdp(a, d, now);
        }
        UdpPort port =
                find(
                        d.destinationPort,
                        d.destinationHigh,
                        d.destinationLow,
                        d.sourceHigh,
                        d.sourceLow,
                        d.sourcePort);
        if (port == null) {
            boolean ipv4 = a.isIpv4();
            stack.icmpErrors.send(
                    a,
                    ipv4 ? IcmpWire.UNREACHABLE : IcmpWire.UNREACHABLE_V6,
                    ipv4 ? IcmpWire.PORT : IcmpWire.PORT_V6,
                    0,
                    now);
            return Verdict.UDP_PORT_CLOSED;
        }
        d.port = port;
        port.receiver.received(d, now);
        return Verdict.OK;
    }

    private static Verdict check(Arrival a, boolean isChecksumDone) {
        Verdict verdict = UdpWire.check(a.buf, a.off, a.len);
        if (verdict != Verdict.OK) return verdict;
        if (UdpWire.destinationPort(a.buf, a.off) == 0) return Verdict.UDP_BAD_PORT;
        int length = UdpWire.length(a.buf, a.off);
        if (isChecksumDone && !a.joined) return Verdict.OK;
        if (UdpWire.checksum(a.buf, a.off) == 0) {
            // RFC 8200, 8.1: IPv6 has no other checksum.
            return a.isIpv4() ? Verdict.OK : Verdict.UDP_NO_CHECKSUM;
        }
        long sum =
                PseudoHeader.sum(
                                a.sourceHigh,
                                a.sourceLow,
                                a.destinationHigh,
                                a.destinationLow,
                                IpProtocol.UDP,
                                length)
                        + InternetChecksum.onesComplementSum(a.buf, a.off, length);
        return InternetChecksum.isValid(sum) ? Verdict.OK : Verdict.UDP_BAD_CHECKSUM;
    }

    private Verdict toAll(UdpDatagram d, boolean broadcast, long now) {
        boolean heard = false;
        UdpPort next;
        for (UdpPort port = buckets[d.destinationPort & (BUCKETS - 1)]; port != null; port = next) {
            next = port.next;
            boolean fits =
                    port.any
                            && port.fit(
                                            d.destinationHigh,
                                            d.destinationLow,
                                            d.sourceHigh,
                                            d.sourceLow,
                                            d.sourcePort)
                                    > 0;
            if (port.port == d.destinationPort && fits && port.hears(d, broadcast)) {
                d.port = port;
                port.receiver.received(d, now);
                heard = true;
            }
        }
        return heard ? Verdict.OK : Verdict.UDP_PORT_CLOSED;
    }

    private @Nullable UdpPort find(
            int number, long high, long low, long theirHigh, long theirLow, int theirPort) {
        UdpPort best = null;
        int bestFit = 0;
        for (UdpPort port = buckets[number & (BUCKETS - 1)]; port != null; port = port.next) {
            if (port.port == number) {
                int fit = port.fit(high, low, theirHigh, theirLow, theirPort);
                if (fit > bestFit) {
                    best = port;
                    bestFit = fit;
                }
            }
        }
        return best;
    }

    /// An ICMP error about a datagram of ours; the quoted UDP header is at `off`.
    Verdict failed(
            Envelope quoted, IcmpError error, int mtu, Cstruct buf, int off, int len, long now) {
        int ourPort = UdpWire.sourcePort(buf, off);
        int theirPort = UdpWire.destinationPort(buf, off);
        if (ourPort != 0 && ourPort == stack.tcp.parameters().udpPort) {
            return stack.tcpInput.failedOverUdp(quoted, error, mtu, buf, off, len, now);
        }
        UdpPort port =
                find(
                        ourPort,
                        quoted.sourceHigh(),
                        quoted.sourceLow(),
                        quoted.destinationHigh(),
                        quoted.destinationLow(),
                        theirPort);
        if (port == null) return Verdict.ICMP_NOBODY_ASKED;
        if (error == IcmpError.TOO_BIG) {
            stack.icmpErrors.learnMtu(quoted, mtu, now);
        }
        port.receiver.failed(new Endpoint(quoted.destination(), theirPort), error, now);
        return Verdict.OK;
    }

    Verdict send(
            UdpPort port,
            ReadOnlyCstruct buf,
            int off,
            int len,
            long fromHigh,
            long fromLow,
            long toHigh,
            long toLow,
            int toPort,
            long now) {
        int length = UdpWire.HEADER_LENGTH + len;
        if (length > 0xffff) return Verdict.TOO_LONG;
        if (!port.open || toPort == 0) return Verdict.UDP_BAD_PORT;
        Departure to = departure.to(toHigh, toLow, IpProtocol.UDP);
        boolean group = Addresses.isMulticast(toHigh, toLow);
        to.hopLimit = port.hopLimit != 0 ? port.hopLimit : group ? 1 : stack.hopLimit(to.isIpv4());
        to.tos = port.tos;
        to.dontFragment = port.dontFragment;
        Verdict verdict = from(to, port, fromHigh, fromLow);
        if (verdict != Verdict.OK) return verdict;
        UdpWire.put(head, 0, port.port, toPort, length);
        long sum =
                PseudoHeader.sum(to.sourceHigh, to.sourceLow, toHigh, toLow, IpProtocol.UDP, length)
                        + InternetChecksum.onesComplementSum(head)
                        + InternetChecksum.onesComplementSum(buf, off, len);
        UdpWire.putChecksum(head, 0, InternetChecksum.finish(sum));
        return stack.output.send(to, head, UdpWire.HEADER_LENGTH, buf, off, len, now);
    }

    private Verdict from(Departure to, UdpPort port, long fromHigh, long fromLow) {
        long high = port.any ? fromHigh : port.localHigh;
        long low = port.any ? fromLow : port.localLow;
        boolean given = !Addresses.isUnspecified(high, low);
        boolean sameVersion = Addresses.isIpv4(high, low) == to.isIpv4();
        if (given && sameVersion && stack.locals.isOurs(high, low)) {
            to.from(high, low);
            return Verdict.OK;
        }
        if (given && !port.any) return Verdict.NO_SOURCE_ADDRESS;
        LocalAddress source = stack.locals.select(to.destinationHigh, to.destinationLow);
        if (source != null) {
            to.from(source.high, source.low);
            return Verdict.OK;
        }
        // DHCP asks for an address from 0.0.0.0 (RFC 2131, 4.1), and only it may.
        return Addresses.isBroadcast(to.destinationHigh, to.destinationLow)
                ? Verdict.OK
                : Verdict.NO_SOURCE_ADDRESS;
    }
}
