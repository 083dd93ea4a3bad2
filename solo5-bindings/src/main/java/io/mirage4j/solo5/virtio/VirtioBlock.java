// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;

import java.io.IOException;
import java.lang.foreign.Arena;

/// A block device (virtio 1.2, 5.2). A transfer of any length becomes as many requests of as many
/// segments as the device takes, all of them in the queue at once.
public final class VirtioBlock {
    private static final int SIZE_MAX = 1;
    private static final int SEG_MAX = 2;
    private static final int READ_ONLY = 5;
    private static final int BLK_SIZE = 6;
    private static final int FLUSH = 9;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int SYNC = 4;

    private static final int QUEUE = 0;
    private static final int MOST_DESCRIPTORS = 128;

    /// Offsets and counts of the device are in these, whatever its blocks are.
    private static final int SECTOR = 512;

    private static final int MOST_BLOCK = 1 << 16;

    /// A segment, where the device does not say what it takes.
    private static final int USUAL_SEGMENT = 1 << 16;

    /* A request: header {type u32, reserved u32, sector u64}, segments, status u8. Header and status of each
    have a place of their own. */
    private static final int HEADER = 16;
    private static final int STATUS = HEADER;
    private static final int STRIDE = 32;
    private static final int NOT_DONE = 0xff;

    private final PciBus bus;
    private final int handle;
    private final VirtioDevice device;
    private final Virtqueue queue;
    private final int notify;
    private final long sectors;
    private final int blockSize;
    private final int mostSegments;
    private final int mostSegment;
    private final Cstruct requests;
    private final int[] slotOf; // request: the place of its header
    private final int[] freeSlots;
    private int freeCount;
    private boolean failed;

    /// Starts the device of a function.
    public VirtioBlock(PciBus bus, int function, int handle, String name) throws IOException {
        this.bus = bus;
        this.handle = handle;
        device = new VirtioDevice(bus, function, name);
        device.negotiate(
                1L << SIZE_MAX
                        | 1L << SEG_MAX
                        | 1L << READ_ONLY
                        | 1L << BLK_SIZE
                        | 1L << FLUSH
                        | 1L << VirtioDevice.EVENT_IDX);
        Cstruct about = Cstruct.of(device.configuration(24));
        blockSize = device.has(BLK_SIZE) ? about.u32le(20) : SECTOR;
        if (blockSize < SECTOR || blockSize > MOST_BLOCK || Integer.bitCount(blockSize) != 1) {
            throw device.failed("blocks of " + blockSize + " octets");
        }
        sectors = about.u64le(0);
        if (sectors < 0 || sectors > Long.MAX_VALUE / SECTOR) {
            throw device.failed("a capacity of " + Long.toUnsignedString(sectors) + " sectors");
        }
        queue = device.queue(QUEUE, MOST_DESCRIPTORS);
        notify = device.notifyOffset(QUEUE);
        int segments = device.has(SEG_MAX) ? about.u32le(12) : 1;
        mostSegments = segments < 1 ? 1 : Math.min(segments, queue.size() - 2);
        int segment = device.has(SIZE_MAX) ? about.u32le(8) : USUAL_SEGMENT;
        mostSegment = Math.clamp(segment & -SECTOR, SECTOR, USUAL_SEGMENT);
        requests = Cstruct.allocate(Arena.global(), queue.size() * STRIDE, STRIDE);
        slotOf = new int[queue.size()];
        freeSlots = new int[queue.size()];
        while (freeCount < freeSlots.length) {
            freeSlots[freeCount] = freeCount++;
        }
        bus.watch(handle, queue.doneAddress(), queue.seenAddress());
        queue.awaitNext();
        device.start();
    }

    /// In octets.
    public long capacity() {
        return (sectors * SECTOR) & -blockSize;
    }

    public int blockSize() {
        return blockSize;
    }

    public boolean isReadOnly() {
        return device.has(READ_ONLY);
    }

    /// Reads `octets` octets from `offset` on to the memory at `address`; false if the device could
    /// not.
    public boolean read(long offset, long address, long octets) throws IOException {
        return transfer(READ, offset, address, octets);
    }

    public boolean write(long offset, long address, long octets) throws IOException {
        return !isReadOnly() && transfer(WRITE, offset, address, octets);
    }

    /// Returns when what was written survives a loss of power. A device without caches has nothing
    /// to do.
    public boolean flush() throws IOException {
        if (!device.has(FLUSH)) return true;
        failed = false;
        begin(SYNC, 0);
        end();
        finish();
        return !failed;
    }

    private boolean transfer(int type, long offset, long address, long octets) throws IOException {
        failed = false;
        long done = 0;
        while (done < octets) {
            long left = octets - done;
            int most = (int) Math.min((left + mostSegment - 1) / mostSegment, mostSegments);
            while (queue.room() < most + 2) {
                waitForOne();
            }
            begin(type, (offset + done) / SECTOR);
            for (int i = 0; i < most; i++) {
                int segment = (int) Math.min(octets - done, mostSegment);
                queue.part(address + done, segment, type == READ);
                done += segment;
            }
            end();
        }
        finish();
        return !failed;
    }

    private void begin(int type, long sector) {
        int off = freeSlots[freeCount - 1] * STRIDE;
        requests.putU32le(off, type);
        requests.putU32le(off + 4, 0);
        requests.putU64le(off + 8, sector);
        requests.putU8(off + STATUS, NOT_DONE);
        queue.part(requests.asSegment().address() + off, HEADER, false);
    }

    private void end() {
        int slot = freeSlots[--freeCount];
        long off = (long) slot * STRIDE + STATUS;
        queue.part(requests.asSegment().address() + off, 1, true);
        slotOf[queue.add()] = slot;
    }

    private void finish() throws IOException {
        while (queue.pending() > 0) {
            waitForOne();
        }
        queue.awaitNext(); // all is seen: the board may sleep
    }

    private void waitForOne() throws IOException {
        if (queue.publish()) {
            device.notify(QUEUE, notify);
        }
        while (true) {
            int request = queue.take();
            if (request == Virtqueue.BROKEN) throw device.failed("its queue is broken");
            if (request >= 0) {
                int slot = slotOf[request];
                failed |= requests.u8(slot * STRIDE + STATUS) != 0;
                freeSlots[freeCount++] = slot;
                return;
            }
            if (!queue.awaitNext()) {
                bus.await(handle);
            }
        }
    }
}
