// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;

import org.jspecify.annotations.Nullable;

/// A cable between two ports. What one commits the other polls: at once, in order, in the same
/// memory. Each direction holds so many frames and then has no room, so nothing is lost. The two
/// ports may belong to two threads.
///
/// Sending and polling a frame allocates nothing but its window.
public final class MemoryLink {
    public static final int MTU = 1500;

    private static final MacAddress LEFT = new MacAddress(0x02_00_00_00_00_01L);
    private static final MacAddress RIGHT = new MacAddress(0x02_00_00_00_00_02L);

    private final NetDevice left;
    private final NetDevice right;

    private MemoryLink(NetDevice left, NetDevice right) {
        this.left = left;
        this.right = right;
    }

    /// A link of the usual MTU that holds up to `frames` frames, a power of two, in each direction.
    public static MemoryLink create(int frames) {
        return create(frames, MTU);
    }

    public static MemoryLink create(int frames, int mtu) {
        var eastward = new Lane(frames, mtu);
        var westward = new Lane(frames, mtu);
        return new MemoryLink(
                new Port(LEFT, mtu, westward, eastward), new Port(RIGHT, mtu, eastward, westward));
    }

    /// The port `02:00:00:00:00:01`.
    public NetDevice left() {
        return left;
    }

    /// The port `02:00:00:00:00:02`.
    public NetDevice right() {
        return right;
    }

    /// One direction: slots in a ring, numbered for ever. Slot `n` is in the reader's hands iff
    /// `taken <= n < committed`, in the writer's otherwise; each number has one writer and is
    /// volatile, so what was done to a slot is seen by whoever gets it.
    private static final class Lane {
        final Cstruct[] slots;
        final int[] lengths;
        final int capacity;
        volatile long committed;
        volatile long taken;

        Lane(int frames, int mtu) {
            if (frames < 1 || Integer.bitCount(frames) != 1) {
                throw new IllegalArgumentException("frames " + frames + " is no power of two");
            }
            capacity = frames;
            slots = new Cstruct[frames];
            lengths = new int[frames];
            for (int i = 0; i < frames; i++) {
                slots[i] = Cstruct.create(mtu + NetDevice.HEADER_OCTETS);
            }
        }

        int index(long number) {
            return (int) number & (capacity - 1);
        }
    }

    private static final class Port implements NetDevice {
        private final MacAddress mac;
        private final int mtu;
        private final Lane in;
        private final Lane out;

        /// Whether the slot `in.taken` was handed out and goes back with the next poll.
        private boolean holding;

        Port(MacAddress mac, int mtu, Lane in, Lane out) {
            this.mac = mac;
            this.mtu = mtu;
            this.in = in;
            this.out = out;
        }

        @Override
        public MacAddress mac() {
            return mac;
        }

        @Override
        public int mtu() {
            return mtu;
        }

        @Override
        public @Nullable Cstruct poll() {
            long number = in.taken;
            if (holding) {
                holding = false;
                in.taken = ++number;
            }
            if (number == in.committed) {
                return null;
            }
            holding = true;
            int index = in.index(number);
            return in.slots[index].sub(0, in.lengths[index]);
        }

        @Override
        public boolean hasRoom() {
            return out.committed - out.taken < out.capacity;
        }

        @Override
        public Cstruct slot() {
            if (!hasRoom()) {
                throw new IllegalStateException(
                        "no room: " + out.capacity + " frames are under way");
            }
            return out.slots[out.index(out.committed)];
        }

        @Override
        public void commit(int len) {
            int most = mtu + HEADER_OCTETS;
            if (len < HEADER_OCTETS || len > most) {
                throw new IllegalArgumentException(
                        "length " + len + " is not in " + HEADER_OCTETS + ".." + most);
            }
            if (!hasRoom()) {
                throw new IllegalStateException(
                        "no room: " + out.capacity + " frames are under way");
            }
            long number = out.committed;
            out.lengths[out.index(number)] = len;
            out.committed = number + 1;
        }
    }
}
