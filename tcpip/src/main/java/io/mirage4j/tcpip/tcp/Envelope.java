// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

/// What IP and TCP tell each other about one segment beside its octets. One of it is filled again
/// and again: whoever is given one must not keep it.
///
/// An address is two `long`s; an IPv4 address is the IPv4-mapped one (RFC 4291, 2.5.5.2): the high
/// half 0, the low half `0x0000ffff_aabbccdd`. No stack has a mapped address on its wire, so the
/// two never mix. Nothing here allocates but [#source] and [#destination], for tests and logs.
public final class Envelope {
    /// The two bits of RFC 3168 as they stand in the IP header.
    public static final int NOT_ECT = 0;

    public static final int ECT_1 = 1;
    public static final int ECT_0 = 2;
    public static final int CE = 3;

    private static final long MAPPED = 0x0000_ffff_0000_0000L;

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int ecn;
    int hopLimit;
    int trafficClass;
    boolean dontFragment;
    boolean checksumDone;
    int segmentSize;
    int udpSource;
    int udpDestination;

    /// The low half of the two that stand for an IPv4 address.
    public static long mapped(int ipv4) {
        return MAPPED | Integer.toUnsignedLong(ipv4);
    }

    public static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> Integer.SIZE == MAPPED >>> Integer.SIZE;
    }

    /// Forgets all but the addresses.
    public Envelope addresses(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        this.sourceHigh = sourceHigh;
        this.sourceLow = sourceLow;
        this.destinationHigh = destinationHigh;
        this.destinationLow = destinationLow;
        ecn = NOT_ECT;
        hopLimit = 64;
        trafficClass = 0;
        dontFragment = false;
        checksumDone = false;
        segmentSize = 0;
        udpSource = 0;
        udpDestination = 0;
        return this;
    }

    /// As [#addresses(long, long, long, long)], for IPv4.
    public Envelope addresses(int source, int destination) {
        return addresses(0, mapped(source), 0, mapped(destination));
    }

    void copyFrom(Envelope other) {
        addresses(other.sourceHigh, other.sourceLow, other.destinationHigh, other.destinationLow);
        ecn = other.ecn;
        hopLimit = other.hopLimit;
        trafficClass = other.trafficClass;
        segmentSize = other.segmentSize;
        udpSource = other.udpSource;
        udpDestination = other.udpDestination;
    }

    /// Whether a segment came from the same host to the same address, marked alike.
    boolean isSameWay(Envelope other) {
        return sourceLow == other.sourceLow
                && destinationLow == other.destinationLow
                && sourceHigh == other.sourceHigh
                && destinationHigh == other.destinationHigh
                && ecn == other.ecn
                && udpSource == other.udpSource
                && udpDestination == other.udpDestination;
    }

    public boolean isIpv4() {
        return isIpv4(sourceHigh, sourceLow);
    }

    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    /// The two ECN bits of the IP header.
    public int ecn() {
        return ecn;
    }

    public Envelope ecn(int bits) {
        ecn = bits & 3;
        return this;
    }

    /// The TTL of IPv4 or hop limit of IPv6.
    public int hopLimit() {
        return hopLimit;
    }

    public Envelope hopLimit(int hops) {
        hopLimit = hops & 0xff;
        return this;
    }

    /// The six bits of RFC 2474 that stand above those of ECN.
    public int trafficClass() {
        return trafficClass;
    }

    /// IPv4 must not cut this packet; IPv6 never does.
    public boolean dontFragment() {
        return dontFragment;
    }

    /// On the way in: the device has checked the TCP checksum. On the way out: the checksum field
    /// is complete; otherwise it holds the folded sum of the pseudo-header, for the device to
    /// finish (as virtio-net and Xen want it).
    public boolean checksumDone() {
        return checksumDone;
    }

    public Envelope checksumDone(boolean done) {
        checksumDone = done;
        return this;
    }

    /// The payload of each packet if the device is to cut this segment into several (segmentation
    /// offload), or if several have been joined to this one (receive coalescing); 0: it is one.
    public int segmentSize() {
        return segmentSize;
    }

    public Envelope segmentSize(int octets) {
        segmentSize = octets;
        return this;
    }

    /// Nonzero if the segment travels in a UDP datagram: the ports of it. TCP writes and expects no
    /// UDP header, IP puts it in front (the length from the segment, the checksum over all).
    public int udpSource() {
        return udpSource;
    }

    public int udpDestination() {
        return udpDestination;
    }

    public Envelope udpPorts(int source, int destination) {
        udpSource = source;
        udpDestination = destination;
        return this;
    }

    public IpAddress source() {
        return address(sourceHigh, sourceLow);
    }

    public IpAddress destination() {
        return address(destinationHigh, destinationLow);
    }

    private static IpAddress address(long high, long low) {
        return isIpv4(high, low) ? new Ipv4Address((int) low) : new Ipv6Address(high, low);
    }
}
