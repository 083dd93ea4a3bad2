// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// Memory for packets on their way out: made when first needed, up to a number, then used again,
/// the latest first: it is in the processor's cache still.
public final class PacketPool {
    private final int most;
    private final int octets;

    /// Those that nobody uses, by their own links.
    private @Nullable Packet idle;

    private int idleCount;
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
        return idleCount + most - made;
    }

    public int inUse() {
        return made - idleCount;
    }

    /// A packet that is empty and begins at `headroom`, or null if then fewer than `reserve` were
    /// left for those who need them more.
    public @Nullable Packet take(int headroom, int reserve) {
        if (available() <= reserve) return null;
        Packet packet = idle;
        if (packet == null) {
            packet = new Packet(Cstruct.create(octets));
            made++;
        } else {
            idle = packet.next;
            packet.next = null;
            idleCount--;
        }
        packet.off = headroom;
        packet.len = 0;
        packet.partialStart = 0;
        packet.segmentOctets = 0;
        return packet;
    }

    public void give(Packet packet) {
        packet.next = idle;
        idle = packet;
        idleCount++;
    }
}
