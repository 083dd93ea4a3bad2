// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// What an ICMP or ICMPv6 error says, in words of both. IP has checked the ICMP message; that the
/// quoted segment is really one of ours is for TCP to judge (RFC 5927).
public enum IcmpError {
    NET_UNREACHABLE,
    HOST_UNREACHABLE,
    PROTOCOL_UNREACHABLE,
    PORT_UNREACHABLE,
    /// Fragmentation needed (RFC 1191), or packet too big (RFC 8201): an MTU comes with it.
    TOO_BIG,
    SOURCE_ROUTE_FAILED,
    ADMINISTRATIVELY_PROHIBITED,
    TIME_EXCEEDED,
    PARAMETER_PROBLEM
}
