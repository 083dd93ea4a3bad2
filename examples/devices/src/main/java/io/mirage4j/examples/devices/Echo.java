// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.MacAddress;

/// Answers ARP requests, pings and UDP datagrams for one address, each with what it got. A few
/// lines instead of a network stack: enough to see that frames come and go whole. Nothing here
/// allocates.
final class Echo {
    private static final int ETHERNET = 14;
    private static final int TYPE = 12;
    private static final int TYPE_ARP = 0x0806;
    private static final int TYPE_IPV4 = 0x0800;

    // RFC 826, behind the Ethernet header.
    private static final int ARP_OCTETS = 28;
    private static final int ARP_OPERATION = ETHERNET + 6;
    private static final int ARP_SENDER = ETHERNET + 8;
    private static final int ARP_TARGET = ETHERNET + 18;
    private static final int ARP_TARGET_ADDRESS = ETHERNET + 24;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    // RFC 791, without options.
    private static final int IP_OCTETS = 20;
    private static final int IP_LENGTH = ETHERNET + 2;
    private static final int IP_FRAGMENT = ETHERNET + 6;
    private static final int IP_PROTOCOL = ETHERNET + 9;
    private static final int IP_SOURCE = ETHERNET + 12;
    private static final int IP_DESTINATION = ETHERNET + 16;
    private static final int PAYLOAD = ETHERNET + IP_OCTETS;
    private static final int ICMP = 1;
    private static final int UDP = 17;

    private static final int ICMP_ECHO = 8;
    private static final int ICMP_CHECKSUM = PAYLOAD + 2;

    private final MacAddress mac;
    private final int address;

    Echo(MacAddress mac, Ipv4Address address) {
        this.mac = mac;
        this.address = address.bits();
    }

    /// Writes the answer to `frame` into `slot` and returns its length, 0 if there is none.
    int answer(Cstruct frame, Cstruct slot) {
        if (frame.length() < ETHERNET || frame.length() > slot.length()) return 0;
        return switch (frame.u16be(TYPE)) {
            case TYPE_ARP -> arp(frame, slot);
            case TYPE_IPV4 -> ipv4(frame, slot);
            default -> 0;
        };
    }

    private int arp(Cstruct frame, Cstruct slot) {
        int len = ETHERNET + ARP_OCTETS;
        if (frame.length() < len
                || frame.u16be(ARP_OPERATION) != REQUEST
                || frame.u32be(ARP_TARGET_ADDRESS) != address) {
            return 0;
        }
        frame.copyTo(0, slot, 0, len);
        turnEthernet(frame, slot);
        slot.putU16be(ARP_OPERATION, REPLY);
        mac.write(slot, ARP_SENDER);
        slot.putU32be(ARP_SENDER + MacAddress.OCTETS, address);
        frame.copyTo(ARP_SENDER, slot, ARP_TARGET, MacAddress.OCTETS + 4);
        return len;
    }

    private int ipv4(Cstruct frame, Cstruct slot) {
        if (frame.length() < PAYLOAD + 8 || frame.u8(ETHERNET) != 0x45) return 0;
        int len = ETHERNET + frame.u16be(IP_LENGTH);
        boolean isFragment = (frame.u16be(IP_FRAGMENT) & 0x3fff) != 0;
        if (len < PAYLOAD + 8
                || len > frame.length()
                || isFragment
                || frame.u32be(IP_DESTINATION) != address) {
            return 0;
        }
        int protocol = frame.u8(IP_PROTOCOL);
        if (protocol != UDP && !(protocol == ICMP && frame.u8(PAYLOAD) == ICMP_ECHO)) return 0;
        frame.copyTo(0, slot, 0, len);
        turnEthernet(frame, slot);
        // Addresses and ports that change places leave every sum as it is.
        frame.copyTo(IP_SOURCE, slot, IP_DESTINATION, 4);
        frame.copyTo(IP_DESTINATION, slot, IP_SOURCE, 4);
        if (protocol == UDP) {
            frame.copyTo(PAYLOAD, slot, PAYLOAD + 2, 2);
            frame.copyTo(PAYLOAD + 2, slot, PAYLOAD, 2);
        } else {
            int sum = frame.u16be(ICMP_CHECKSUM);
            slot.putU16be(PAYLOAD, 0);
            slot.putU16be(ICMP_CHECKSUM, InternetChecksum.updateU16(sum, frame.u16be(PAYLOAD), 0));
        }
        return len;
    }

    private void turnEthernet(Cstruct frame, Cstruct slot) {
        frame.copyTo(MacAddress.OCTETS, slot, 0, MacAddress.OCTETS);
        mac.write(slot, MacAddress.OCTETS);
    }
}
