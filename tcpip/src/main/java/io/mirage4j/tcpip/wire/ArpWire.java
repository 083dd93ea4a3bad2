// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// ARP for IPv4 over Ethernet (RFC 826), read and written in place; `off` is its first octet.
/// Nothing here allocates.
///
/// ```
///  0               15 16             31
/// +------------------+----------------+
/// |  hardware 1      | protocol 0x800 |
/// |  lengths 6, 4    | operation      |
/// |  sender hardware address ...      |
/// |  ... (6)         | sender IPv4 (4)|
/// |  target hardware address (6), target IPv4 (4)
/// ```
public final class ArpWire {
    public static final int LENGTH = 28;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int ETHERNET = 1;
    private static final int OPERATION = 6;
    private static final int SENDER_MAC = 8;
    private static final int SENDER = 14;
    private static final int TARGET_MAC = 18;
    private static final int TARGET = 24;

    public static Verdict check(ReadOnlyCstruct buf, int off, int available) {
        if (available < LENGTH) return Verdict.ARP_TRUNCATED;
        if (buf.u16be(off) != ETHERNET
                || buf.u16be(off + 2) != EthernetWire.IPV4
                || buf.u16be(off + 4) != 0x0604) {
            return Verdict.ARP_OTHER_HARDWARE;
        }
        int operation = operation(buf, off);
        if (operation != REQUEST && operation != REPLY) return Verdict.ARP_BAD_OPERATION;
        return Verdict.OK;
    }

    public static int operation(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + OPERATION);
    }

    public static long senderMac(ReadOnlyCstruct buf, int off) {
        return buf.u48be(off + SENDER_MAC);
    }

    public static int sender(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + SENDER);
    }

    public static long targetMac(ReadOnlyCstruct buf, int off) {
        return buf.u48be(off + TARGET_MAC);
    }

    public static int target(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + TARGET);
    }

    public static void put(
            Cstruct buf,
            int off,
            int operation,
            long senderMac,
            int sender,
            long targetMac,
            int target) {
        buf.putU16be(off, ETHERNET);
        buf.putU16be(off + 2, EthernetWire.IPV4);
        buf.putU16be(off + 4, 0x0604);
        buf.putU16be(off + OPERATION, operation);
        buf.putU48be(off + SENDER_MAC, senderMac);
        buf.putU32be(off + SENDER, sender);
        buf.putU48be(off + TARGET_MAC, targetMac);
        buf.putU32be(off + TARGET, target);
    }

    private ArpWire() {}
}
