// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.VnetHeader;
import io.mirage4j.platform.host.loop.Sleeper;
import io.mirage4j.platform.host.loop.Waitable;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One queue of a TAP interface: what the kernel sends through the interface is polled here, what
/// is committed here comes in at the interface. Checksums and cutting may be left to the kernel,
/// and taken from it.
///
/// One owner; anybody may close it. The interface goes away with its last queue, unless somebody
/// made it persistent. Frames are dropped, as on a cable that is pulled out, while the interface is
/// down. Nothing here allocates but a window where a frame's length is not that of the last one in
/// the same buffer.
public final class TapDevice implements Waitable, Closeable {
    /// The longest IP packet, in a frame.
    private static final int LONGEST = 65_535 + HEADER_OCTETS;

    /// Where the frame begins in a buffer: the IP header lies on a whole word.
    private static final int FRAME = 18;

    private static final int HEADER = FRAME - VnetHeader.OCTETS;
    private static final int BUFFERS = 32;
    private static final int EIO = 5;
    private static final FrameNote PLAIN = new FrameNote();

    private final TapInterface tap;
    private final Descriptor descriptor;
    private final MacAddress mac;
    private final SystemCalls calls = new SystemCalls();
    private final Arena arena = Arena.ofAuto();

    private final List<Buffer> buffers = new ArrayList<>();
    private final Buffer out = new Buffer(arena);
    private final Cstruct slot = out.whole.sub(FRAME, LONGEST);
    private final FrameNote unread = new FrameNote();

    private long sendDrops;
    private long receiveDrops;

    /// Memory for one frame and its header, and the window that showed the last one.
    private static final class Buffer {
        final MemorySegment fromHeader;
        final Cstruct whole;
        Cstruct window;

        Buffer(Arena arena) {
            MemorySegment segment = arena.allocate(FRAME + LONGEST, 64);
            fromHeader = segment.asSlice(HEADER);
            whole = Cstruct.of(segment);
            window = whole;
        }

        Cstruct frame(int len) {
            if (window.length() != len) {
                window = whole.sub(FRAME, len);
            }
            return window;
        }
    }

    TapDevice(TapInterface tap, Descriptor descriptor, MacAddress mac) {
        this.tap = tap;
        this.descriptor = descriptor;
        this.mac = mac;
    }

    /// Opens the interface `name`, or makes it; `tap%d` finds a free number. It needs root, or an
    /// interface that was made for the user: `ip tuntap add NAME mode tap user USER vnet_hdr`.
    ///
    /// @param mac the address of this end, not that of the kernel's
    /// @throws IOException if there is no TAP, or no right to it
    public static TapDevice open(String name, MacAddress mac) throws IOException {
        return TapInterface.open(name, mac, 1).get(0);
    }

    /// Opens `queues` queues of one interface: a device each, for an owner each. The kernel keeps
    /// the frames of one flow in one queue.
    public static List<TapDevice> openQueues(String name, MacAddress mac, int queues)
            throws IOException {
        return TapInterface.open(name, mac, queues);
    }

    /// The interface's name, as the kernel has it.
    public String name() {
        return tap.name();
    }

    /// Sets the interface up, as `ip link set NAME up` would.
    public void up() throws IOException {
        tap.up();
    }

    /// Frames that were committed and that the kernel did not take.
    public long sendDrops() {
        return sendDrops;
    }

    /// Frames of the kernel's that could not be read.
    public long receiveDrops() {
        return receiveDrops;
    }

    @Override
    public MacAddress mac() {
        return mac;
    }

    @Override
    public int mtu() {
        return tap.mtu();
    }

    @Override
    public int maxFrameOctets() {
        return LONGEST;
    }

    @Override
    public Set<Offload> sendOffloads() {
        return tap.sendOffloads();
    }

    /// What is taken undone is so for all queues of an interface.
    @Override
    public Set<Offload> receiveOffloads(Set<Offload> wanted) throws IOException {
        var able = EnumSet.noneOf(Offload.class);
        if (wanted.contains(Offload.CHECKSUM)) {
            able.addAll(wanted);
            able.retainAll(tap.sendOffloads());
        }
        int fd = descriptor.acquire();
        try {
            CLibrary.check(
                    calls.ioctl(
                            fd,
                            TapInterface.TUNSETOFFLOAD,
                            MemorySegment.ofAddress(TapInterface.offloadFlags(able))),
                    name() + ": offloads " + able);
            return Set.copyOf(able);
        } finally {
            descriptor.release();
        }
    }

    @Override
    public @Nullable Cstruct poll() throws IOException {
        return poll(unread);
    }

    @Override
    public @Nullable Cstruct poll(FrameNote note) throws IOException {
        int fd = descriptor.acquire();
        try {
            int len = read(fd, buffer(0), note);
            return len == 0 ? null : buffer(0).frame(len);
        } finally {
            descriptor.release();
        }
    }

    @Override
    public int poll(FrameBatch batch) throws IOException {
        batch.clear();
        int fd = descriptor.acquire();
        try {
            for (int i = 0; i < BUFFERS && !batch.isFull(); i++) {
                int len = read(fd, buffer(i), batch.nextNote());
                if (len == 0) break;
                batch.add(buffer(i).frame(len));
            }
            return batch.size();
        } finally {
            descriptor.release();
        }
    }

    private Buffer buffer(int index) {
        if (index == buffers.size()) {
            buffers.add(new Buffer(arena));
        }
        return buffers.get(index);
    }

    /// Reads one frame and returns its length, 0 if there is none.
    private int read(int fd, Buffer buffer, FrameNote note) throws IOException {
        while (true) {
            long count = calls.read(fd, buffer.fromHeader, buffer.fromHeader.byteSize());
            if (count == -CLibrary.EAGAIN) {
                note.clear();
                return 0;
            }
            if (count == -CLibrary.EINTR) continue;
            if (count < 0) throw CLibrary.failure(count, "read from " + name());
            int len = (int) count - VnetHeader.OCTETS;
            if (len >= HEADER_OCTETS && VnetHeader.read(buffer.whole, HEADER, note)) return len;
            receiveDrops++;
        }
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public Cstruct slot() {
        return slot;
    }

    @Override
    public void commit(int len) throws IOException {
        commit(len, PLAIN);
    }

    @Override
    public void commit(int len, FrameNote note) throws IOException {
        checkCommit(len, note);
        VnetHeader.write(out.whole, HEADER, note);
        int fd = descriptor.acquire();
        try {
            long count;
            do {
                count = calls.write(fd, out.fromHeader, (long) VnetHeader.OCTETS + len);
            } while (count == -CLibrary.EINTR);
            switch ((int) -count) {
                // Down, without room, or not to the kernel's liking: a frame may get lost.
                case EIO, CLibrary.EAGAIN, CLibrary.ENOBUFS, CLibrary.EINVAL -> sendDrops++;
                default -> {
                    if (count < 0) throw CLibrary.failure(count, "write to " + name());
                }
            }
        } finally {
            descriptor.release();
        }
    }

    @Override
    public Sleeper sleeper() throws IOException {
        return new PollSleeper(descriptor);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
