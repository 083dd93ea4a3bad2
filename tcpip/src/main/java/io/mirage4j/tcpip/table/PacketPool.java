// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// Memory for packets on their way out: made when first needed, up to a number, then used again.
public final class PacketPool {
    private final int most;
    private final int octets;
    private final PacketQueue idle = new PacketQueue();
    private int made;

    /// A pool that has made none yet.
    ///
    /// @param most how many packets there may be
    /// @param octets of each, room for headers included
    public PacketPool(int most, int octets) {
        this.most = most;
        this.octets = octets;
    }

    /// How many could be had now.
    public int available() {
        return idle.size() + most - made;
    }

    public int inUse() {
        return made - idle.size();
    }

    /// A packet that is empty and begins at `headroom`, or null if then fewer than `reserve` were
    /// left for those who need them more.
    public @Nullable Packet take(int headroom, int reserve) {
        if (available() <= reserve) return null;
        Packet packet = idle.poll();
        if (packet == null) {
            packet = new Packet(Cstruct.create(octets));
            made++;
        }
        packet.off = headroom;
        packet.len = 0;
        packet.partialStart = 0;
        packet.segmentOctets = 0;
        return packet;
    }

    public void give(Packet packet) {
        idle.add(packet);
    }
}
