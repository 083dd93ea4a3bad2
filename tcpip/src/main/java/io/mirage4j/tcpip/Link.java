// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.Offload;
import io.mirage4j.tcpip.table.Drops;
import io.mirage4j.tcpip.table.Packet;
import io.mirage4j.tcpip.table.PacketPool;
import io.mirage4j.tcpip.table.PacketQueue;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

/// The port to the link: which frames are ours, and which of ours wait for the device. Nothing here
/// allocates.
final class Link {
    /// In front of what IP carries: Ethernet, a tag, IPv6, options or a fragment header, UDP.
    static final int HEADROOM = 80;

    /// TCP asks for room for the longest header before it knows its options.
    private static final int SLACK = 40;

    /// What the length field of IPv4 leaves behind the longest headers of IP and TCP.
    private static final int LONGEST_SEGMENT = 0xffff - 60 - 60;

    private static final int TCP_OFFSET = 12;
    private static final int TCP_FLAGS = 13;
    private static final int TCP_CHECKSUM = 16;
    private static final int TCP_CWR = 0x80;

    /// Longest frame header.
    private static final int FRAME_HEADER = EthernetWire.HEADER_LENGTH + EthernetWire.TAG_LENGTH;

    final long mac;
    final int mtu;
    final boolean leavesChecksums;

    /// The most payload of a segment that the device cuts; 0: it does not.
    final int segmentationLimit;

    private final int vlan;
    private final PacketPool pool;
    private final PacketQueue ready = new PacketQueue();
    private final Drops drops;

    /// How many packets TCP and applications leave to ARP, neighbour discovery and ICMP.
    private final int reserve;

    /// Of the frame that was accepted last: its sender, whether it was sent to a group, what it
    /// carries and where that begins.
    long source;

    boolean toGroup;
    int type;
    int payload;

    long framesIn;
    long octetsIn;
    long framesOut;
    long octetsOut;

    Link(StackConfig config, Drops drops) {
        mac = config.mac().bits();
        mtu = config.mtu();
        vlan = config.vlan();
        boolean cut =
                config.offloads().contains(Offload.TCP4_SEGMENTS)
                        && config.offloads().contains(Offload.TCP6_SEGMENTS);
        leavesChecksums = cut || config.offloads().contains(Offload.CHECKSUM);
        segmentationLimit = cut ? LONGEST_SEGMENT : 0;
        pool =
                new PacketPool(
                        config.packets(), HEADROOM + Math.max(mtu, segmentationLimit) + SLACK);
        reserve = config.packets() / 8;
        this.drops = drops;
    }

    /// Tells whether a frame that came in is for us, and reads its header.
    Verdict accept(Cstruct frame) {
        framesIn++;
        int length = frame.length();
        octetsIn += length;
        if (length < EthernetWire.HEADER_LENGTH) return Verdict.FRAME_TRUNCATED;
        // The header in three reads, each octet once.
        long first = frame.u64be(0);
        long destination = first >>> Short.SIZE;
        source = (first & 0xffff) << Integer.SIZE | Integer.toUnsignedLong(frame.u32be(Long.BYTES));
        type = frame.u16be(Long.BYTES + Integer.BYTES);
        payload = EthernetWire.HEADER_LENGTH;
        toGroup = EthernetWire.isGroup(destination);
        if (destination != mac && !toGroup) return Verdict.FRAME_FOR_ANOTHER;
        if (EthernetWire.isGroup(source)) return Verdict.FRAME_FROM_GROUP;
        int theirs = 0;
        if (type == EthernetWire.VLAN) {
            if (length < FRAME_HEADER) return Verdict.FRAME_TRUNCATED;
            theirs = EthernetWire.vlan(EthernetWire.tag(frame));
            type = EthernetWire.type(frame);
            payload = FRAME_HEADER;
        }
        return theirs == vlan ? Verdict.OK : Verdict.FRAME_OF_ANOTHER_VLAN;
    }

    /// An empty packet that begins behind the headroom, or null if there are too few.
    @Nullable Packet take() {
        return pool.take(HEADROOM, reserve);
    }

    /// As [#take], for what keeps the link alive.
    @Nullable Packet takeUrgent() {
        return pool.take(HEADROOM, 0);
    }

    void give(Packet packet) {
        pool.give(packet);
    }

    int packetsInUse() {
        return pool.inUse();
    }

    /// Puts a frame header in front of a packet and lets it wait for the device.
    void send(Packet packet, long destination, int type) {
        if (vlan == 0) {
            packet.off -= EthernetWire.HEADER_LENGTH;
            packet.len += EthernetWire.HEADER_LENGTH;
            EthernetWire.put(packet.buf, packet.off, destination, mac, type);
        } else {
            packet.off -= FRAME_HEADER;
            packet.len += FRAME_HEADER;
            EthernetWire.putTagged(packet.buf, packet.off, destination, mac, vlan, type);
        }
        ready.add(packet);
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    private void leave(Packet packet, FrameNote note) {
        int start = packet.partialStart - packet.off;
        note.partialChecksum(start, TCP_CHECKSUM);
        if (packet.segmentOctets != 0) {
            Cstruct buf = packet.buf;
            int ip = packet.off + (vlan == 0 ? EthernetWire.HEADER_LENGTH : FRAME_HEADER);
            boolean ipv4 = buf.u8(ip) >>> 4 == 4;
            int header = buf.u8(packet.partialStart + TCP_OFFSET) >>> 4 << 2;
            note.segments(
                            ipv4 ? FrameNote.Segments.TCP4 : FrameNote.Segments.TCP6,
                            start + header,
                            packet.segmentOctets)
                    .congestionWindowReduced(
                            (buf.u8(packet.partialStart + TCP_FLAGS) & TCP_CWR) != 0);
        }
    }

    /// Writes the next frame into `slot`, what the device has to do into `note`, and returns the
    /// frame's length; 0 if there is none.
    int transmit(Cstruct slot, FrameNote note) {
        for (Packet packet; (packet = ready.poll()) != null; ) {
            int len = packet.len;
            if (len <= slot.length()) {
                packet.buf.copyTo(packet.off, slot, 0, len);
                if (packet.partialStart != 0) {
                    leave(packet, note);
                }
                give(packet);
                framesOut++;
                octetsOut += len;
                return len;
            }
            drops.count(Verdict.TOO_LONG);
            give(packet);
        }
        return 0;
    }
}
