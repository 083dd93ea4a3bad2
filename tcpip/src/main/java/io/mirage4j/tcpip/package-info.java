// SPDX-License-Identifier: Apache-2.0

/// A host on one Ethernet link: [Stack][io.mirage4j.tcpip.Stack] takes frames and gives frames, and
/// between them are ARP, IPv4, IPv6, ICMP, neighbour discovery, multicast groups, UDP, DHCP and the
/// seam to [TCP][io.mirage4j.tcpip.tcp].
@NullMarked
package io.mirage4j.tcpip;

import org.jspecify.annotations.NullMarked;
