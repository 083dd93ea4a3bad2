// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

/// Numbers of what an IP packet carries: the protocol of IPv4, the next header of IPv6.
public final class IpProtocol {
    public static final int HOP_BY_HOP = 0;
    public static final int ICMP = 1;
    public static final int IGMP = 2;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int ICMPV6 = 58;
    public static final int NO_NEXT = 59;
    public static final int DESTINATION_OPTIONS = 60;

    private IpProtocol() {}
}
