// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The header of an Ethernet II frame, with or without one VLAN tag (IEEE 802.1Q). Nothing here
/// allocates.
///
/// ```
/// +-------------+-------------+------------------------+-----------+
/// | destination |   source    | 0x8100, PCP DEI VID    | EtherType |
/// |  6 octets   |  6 octets   | 4 octets, if tagged    | 2 octets  |
/// +-------------+-------------+------------------------+-----------+
/// ```
public final class EthernetWire {
    public static final int HEADER_LENGTH = 14;
    public static final int TAG_LENGTH = 4;

    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int VLAN = 0x8100;
    public static final int IPV6 = 0x86dd;

    public static final long BROADCAST = 0xffff_ffff_ffffL;

    private static final int SOURCE = 6;
    private static final int TYPE = 12;
    private static final int TAG = 14;

    /// Tells whether the window holds a header, with its tag where it has one.
    public static Verdict check(ReadOnlyCstruct frame) {
        int length = frame.length();
        if (length < HEADER_LENGTH
                || (frame.u16be(TYPE) == VLAN && length < HEADER_LENGTH + TAG_LENGTH)) {
            return Verdict.FRAME_TRUNCATED;
        }
        return Verdict.OK;
    }

    public static long destination(ReadOnlyCstruct frame) {
        return frame.u48be(0);
    }

    public static long source(ReadOnlyCstruct frame) {
        return frame.u48be(SOURCE);
    }

    public static boolean isTagged(ReadOnlyCstruct frame) {
        return frame.u16be(TYPE) == VLAN;
    }

    /// The 16 bits of the tag: priority (3), drop eligible (1), VLAN (12).
    public static int tag(ReadOnlyCstruct frame) {
        return frame.u16be(TAG);
    }

    /// The VLAN of a tag's 16 bits; 0 means that only the priority counts.
    public static int vlan(int tag) {
        return tag & 0xfff;
    }

    /// The EtherType, behind the tag if there is one. Below 0x600 it is the length of an LLC frame.
    public static int type(ReadOnlyCstruct frame) {
        return frame.u16be(payload(frame) - 2);
    }

    /// Where the payload begins.
    public static int payload(ReadOnlyCstruct frame) {
        return isTagged(frame) ? HEADER_LENGTH + TAG_LENGTH : HEADER_LENGTH;
    }

    /// Tells whether an address names a group of ports, or all of them.
    public static boolean isGroup(long mac) {
        return (mac >>> 40 & 1) != 0;
    }

    public static void put(Cstruct buf, int off, long destination, long source, int type) {
        buf.putU64be(off, destination << Short.SIZE | source >>> Integer.SIZE);
        buf.putU48be(off + SOURCE + 2, (source & 0xffff_ffffL) << Short.SIZE | type);
    }

    public static void putTagged(
            Cstruct buf, int off, long destination, long source, int tag, int type) {
        put(buf, off, destination, source, VLAN);
        buf.putU16be(off + TAG, tag);
        buf.putU16be(off + TAG + 2, type);
    }

    private EthernetWire() {}
}
