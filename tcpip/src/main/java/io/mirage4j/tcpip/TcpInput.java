// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.tcpip.table.Packet;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.tcp.SegmentSink;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.PseudoHeader;
import io.mirage4j.tcpip.wire.UdpWire;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

/// The seam to TCP, both ways: segments in from either IP, or out of UDP (RFC 6951 does the same
/// for SCTP); segments out with headers put in front. Nothing here allocates.
final class TcpInput implements SegmentSink {
    private static final int TCP_HEADER = 20;
    private static final int TCP_CHECKSUM = 16;

    private final Stack stack;
    private final Envelope envelope = new Envelope();
    private final Departure departure = new Departure();
    private @Nullable Packet packet;

    TcpInput(Stack stack) {
        this.stack = stack;
    }

    Verdict receive(Arrival a, long now) {
        if (a.len < TCP_HEADER) return Verdict.TCP_TRUNCATED;
        // RFC 9293, 3.9.2.3: TCP has no groups.
        if (a.toGroup() || a.linkGroup || Addresses.isUnspecified(a.sourceHigh, a.sourceLow)) {
            return Verdict.TCP_BAD_DESTINATION;
        }
        fill(a);
        if (stack.reception.isBatch && !a.joined) {
            stack.tcp.join(envelope, a.buf, a.off, a.len, now);
        } else {
            stack.tcp.receive(envelope, a.buf, a.off, a.len, now);
        }
        return Verdict.OK;
    }

    Verdict receiveOverUdp(Arrival a, UdpDatagram datagram, long now) {
        if (datagram.len < TCP_HEADER) return Verdict.TCP_TRUNCATED;
        fill(a);
        // What the device knows is the checksum of UDP.
        envelope.checksumDone(false).segmentSize(0);
        envelope.udpPorts(datagram.sourcePort, datagram.destinationPort);
        stack.tcp.receive(envelope, datagram.buf, datagram.off, datagram.len, now);
        return Verdict.OK;
    }

    private void fill(Arrival a) {
        envelope.addresses(a.sourceHigh, a.sourceLow, a.destinationHigh, a.destinationLow)
                .ecn(a.tos)
                .hopLimit(a.hopLimit)
                .checksumDone(stack.reception.isChecksumDone && !a.joined)
                .segmentSize(stack.reception.coalescedOctets);
    }

    Verdict failedOverUdp(
            Envelope quoted, IcmpError error, int mtu, Cstruct buf, int off, int len, long now) {
        int header = UdpWire.HEADER_LENGTH;
        if (len < header + 8) return Verdict.ICMP_BAD_QUOTE;
        quoted.udpPorts(UdpWire.sourcePort(buf, off), UdpWire.destinationPort(buf, off));
        stack.tcp.error(quoted, error, mtu, buf, off + header, len - header, now);
        return Verdict.OK;
    }

    @Override
    public int headroom() {
        return Link.HEADROOM;
    }

    @Override
    public @Nullable Cstruct slot(int len) {
        if (packet == null) {
            packet = stack.link.take();
            stack.tcpWaits |= packet == null;
        }
        if (packet == null) return null;
        if (Link.HEADROOM + len > packet.buf.length()) {
            throw new IllegalArgumentException(
                    "segment of " + len + " octets > " + (packet.buf.length() - Link.HEADROOM));
        }
        return packet.buf;
    }

    @Override
    public void commit(Envelope segment, Cstruct slot, int len, long nowNanos) {
        Packet ours = packet;
        if (ours == null) throw new IllegalStateException("the slot was not asked for");
        packet = null;
        ours.off = Link.HEADROOM;
        ours.len = len;
        long high = segment.destinationHigh();
        long low = segment.destinationLow();
        Departure to =
                departure
                        .to(high, low, IpProtocol.TCP)
                        .from(segment.sourceHigh(), segment.sourceLow());
        to.tos = segment.trafficClass() << 2 | segment.ecn();
        to.hopLimit = segment.hopLimit();
        to.dontFragment = segment.dontFragment();
        if (!segment.checksumDone()) {
            ours.partialStart = Link.HEADROOM;
            ours.segmentOctets = segment.segmentSize();
        }
        if (segment.udpSource() != 0) {
            wrap(to, ours, segment);
        }
        stack.count(stack.output.send(to, ours, nowNanos));
    }

    @Override
    public int segmentationLimit() {
        return stack.link.segmentationLimit;
    }

    @Override
    public boolean checksums() {
        return stack.link.leavesChecksums;
    }

    private static void wrap(Departure to, Packet packet, Envelope segment) {
        if (packet.partialStart != 0) {
            // The device finishes an outer checksum only.
            int sum =
                    InternetChecksum.finish(
                            InternetChecksum.onesComplementSum(packet.buf, packet.off, packet.len));
            packet.buf.putU16be(packet.off + TCP_CHECKSUM, sum);
            packet.partialStart = 0;
        }
        packet.off -= UdpWire.HEADER_LENGTH;
        packet.len += UdpWire.HEADER_LENGTH;
        to.protocol = IpProtocol.UDP;
        UdpWire.put(
                packet.buf, packet.off, segment.udpSource(), segment.udpDestination(), packet.len);
        long sum =
                PseudoHeader.sum(
                                to.sourceHigh,
                                to.sourceLow,
                                to.destinationHigh,
                                to.destinationLow,
                                IpProtocol.UDP,
                                packet.len)
                        + InternetChecksum.onesComplementSum(packet.buf, packet.off, packet.len);
        UdpWire.putChecksum(packet.buf, packet.off, InternetChecksum.finish(sum));
    }

    @Override
    public int mtu(long destinationHigh, long destinationLow) {
        return stack.mtu(Addresses.isIpv4(destinationHigh, destinationLow));
    }
}
