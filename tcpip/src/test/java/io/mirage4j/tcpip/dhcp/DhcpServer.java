// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.dhcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Ipv4Address;

import java.util.ArrayList;
import java.util.List;

/// What a server would say to a client's message.
final class DhcpServer {
    static final Ipv4Address SERVER = Ipv4Address.of("192.0.2.254");
    static final Ipv4Address OFFERED = Ipv4Address.of("192.0.2.100");
    static final int OFFER = 2;
    static final int ACK = 5;
    static final int NAK = 6;

    static List<DhcpOption> usual(int seconds) {
        return List.of(
                DhcpOption.of(DhcpOption.SUBNET_MASK, Ipv4Address.of("255.255.255.0")),
                DhcpOption.of(DhcpOption.ROUTER, SERVER),
                DhcpOption.of(DhcpOption.NAME_SERVER, Ipv4Address.of("192.0.2.53")),
                DhcpOption.of(DhcpOption.DOMAIN_NAME, "example.org"),
                u32(DhcpOption.LEASE_TIME, seconds));
    }

    static DhcpOption u32(int code, int value) {
        return DhcpOption.ofU8(
                code, value >>> 24, value >>> 16 & 0xff, value >>> 8 & 0xff, value & 0xff);
    }

    static Cstruct answer(DhcpMessage asked, int type, List<DhcpOption> more) {
        List<DhcpOption> options = new ArrayList<>();
        options.add(DhcpOption.ofU8(DhcpOption.MESSAGE_TYPE, type));
        options.add(DhcpOption.of(DhcpOption.SERVER_IDENTIFIER, SERVER));
        options.addAll(more);
        Ipv4Address none = Ipv4Address.UNSPECIFIED;
        var message =
                new DhcpMessage(
                        DhcpMessage.REPLY,
                        1,
                        6,
                        0,
                        asked.transaction(),
                        0,
                        asked.flags(),
                        none,
                        type == NAK ? none : OFFERED,
                        none,
                        none,
                        asked.hardware(),
                        asked.serverName(),
                        asked.file(),
                        options);
        Cstruct octets = Cstruct.create(message.lengthOctets());
        message.emit(octets, 0);
        return octets;
    }

    private DhcpServer() {}
}
