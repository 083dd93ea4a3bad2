// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

/// The sum of the pseudo-header that checksums of UDP, TCP and ICMPv6 begin with (RFC 768; RFC
/// 8200, 8.1), as a partial sum of [io.mirage4j.cstruct.InternetChecksum]. Nothing here allocates.
public final class PseudoHeader {
    /// Of IPv4, whose addresses are given as numbers.
    public static long sum(int source, int destination, int protocol, int length) {
        return words(Integer.toUnsignedLong(source))
                + words(Integer.toUnsignedLong(destination))
                + protocol
                + length;
    }

    /// Of IPv6, or of IPv4 if the addresses are IPv4-mapped.
    public static long sum(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int protocol,
            int length) {
        if (Addresses.isIpv4(sourceHigh, sourceLow)) {
            return sum((int) sourceLow, (int) destinationLow, protocol, length);
        }
        return words(sourceHigh)
                + words(sourceLow)
                + words(destinationHigh)
                + words(destinationLow)
                + protocol
                + (length >>> 16)
                + (length & 0xffff);
    }

    private static long words(long octets) {
        return (octets >>> 32) + (octets & 0xffff_ffffL);
    }

    private PseudoHeader() {}
}
