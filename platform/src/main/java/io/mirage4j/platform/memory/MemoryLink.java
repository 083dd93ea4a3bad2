// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;

/// A cable between two ports. What one commits the other polls: at once, in order, in the same
/// memory. Each direction holds so many frames and then has no room, so nothing is lost. The two
/// ports may belong to two threads.
///
/// What one end takes undone ([NetDevice#receiveOffloads]) the other may leave undone: all of it on
/// a link that was made for long frames, as between two guests on one machine, only checksums on
/// others. Sending and polling allocates nothing but a window where a frame's length is not that of
/// the slot's last one.
public final class MemoryLink {
    public static final int MTU = 1500;

    /// The longest IP packet, in a frame.
    public static final int LONG_FRAME = 65_535 + NetDevice.HEADER_OCTETS;

    private static final MacAddress LEFT = new MacAddress(0x02_00_00_00_00_01L);
    private static final MacAddress RIGHT = new MacAddress(0x02_00_00_00_00_02L);

    private final NetDevice left;
    private final NetDevice right;

    private MemoryLink(int frames, int mtu, int slotOctets) {
        var eastward = new MemoryLane(frames, slotOctets);
        var westward = new MemoryLane(frames, slotOctets);
        left = new MemoryPort(LEFT, mtu, westward, eastward);
        right = new MemoryPort(RIGHT, mtu, eastward, westward);
    }

    /// A link of the usual MTU that holds up to `frames` frames, a power of two, in each direction.
    public static MemoryLink create(int frames) {
        return create(frames, MTU);
    }

    public static MemoryLink create(int frames, int mtu) {
        return new MemoryLink(frames, mtu, mtu + NetDevice.HEADER_OCTETS);
    }

    /// A link of the usual MTU over which frames of [#LONG_FRAME] octets go uncut where the
    /// receiver takes them. Each of the `frames` slots has as many octets.
    public static MemoryLink createLong(int frames) {
        return new MemoryLink(frames, MTU, LONG_FRAME);
    }

    /// The port `02:00:00:00:00:01`.
    public NetDevice left() {
        return left;
    }

    /// The port `02:00:00:00:00:02`.
    public NetDevice right() {
        return right;
    }
}
