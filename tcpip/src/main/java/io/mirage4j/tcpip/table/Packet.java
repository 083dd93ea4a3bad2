// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// A packet on its way out, in memory of a [PacketPool]. Headers are put in front of what is there.
/// It is in one queue at most.
public final class Packet {
    public final Cstruct buf;

    /// The first octet and how many there are.
    public int off;

    public int len;

    /// Where the header of TCP stands in [#buf] whose checksum the device has to finish; 0: none.
    public int partialStart;

    /// The payload of each piece that the device has to cut this into; 0: it is one.
    public int segmentOctets;

    @Nullable Packet next;

    Packet(Cstruct buf) {
        this.buf = buf;
    }
}
