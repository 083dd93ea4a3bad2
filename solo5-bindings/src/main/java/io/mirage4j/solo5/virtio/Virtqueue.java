// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.Fences;

import java.lang.foreign.Arena;

/// A split virtqueue, the driver's side of it (virtio 1.2, 2.7). A request is a chain of parts, its
/// name the first part's descriptor. Requests are added, then published all at once, and taken when
/// the device has used them, in any order.
///
/// ```
/// descriptors   16 octets each: address u64, length u32, flags u16, next u16
/// available     flags u16, idx u16, ring u16[size], used_event u16      the driver writes
/// used          flags u16, idx u16, ring {id u32, len u32}[size], avail_event u16    the device
/// ```
///
/// The device may write into all of it at any time. So chains are kept here, a count or name from
/// the device is read once and checked, and after the first lie the queue is broken for good.
/// Nothing here allocates.
final class Virtqueue {
    /// No request is done.
    static final int NONE = -1;

    /// The device broke the rules; nothing more comes.
    static final int BROKEN = -2;

    private static final int DESCRIPTOR = 16;
    private static final int USED = 8;
    private static final int RING = 4;

    private static final int NEXT = 1;
    private static final int DEVICE_WRITES = 2;
    private static final int NO_INTERRUPT = 1;
    private static final int NO_NOTIFY = 1;

    private static final int FREE = -1;

    // The flags and idx of a ring are read and written as one word, idx in its upper half.

    private final int size;
    private final boolean eventIdx;
    private final Cstruct descriptors;
    private final Cstruct available;
    private final Cstruct used;
    private final int[] next; // descriptor: behind it in its chain, or in the row of free ones
    private final int[] parts; // request: how many descriptors it has, or FREE
    private final int[] writable; // request: the octets that the device may write
    private int firstFree;
    private int free;
    private int added; // free running, as all counts here; the device sees the low 16 bits
    private int published;
    private int seen;
    private int flags;
    private int takenOctets;
    private boolean broken;

    private int head = FREE; // the request that is being added
    private int last; // its last part so far, and the flags of that
    private int lastFlags;

    /// A queue of `size` descriptors, a power of two up to 32768.
    Virtqueue(Arena arena, int size, boolean eventIdx) {
        if (size < 2 || size > 32768 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("queue size " + size + " is no power of two");
        }
        this.size = size;
        this.eventIdx = eventIdx;
        // The last field of each ring is read or written as a word, hence the room behind it.
        descriptors = Cstruct.allocate(arena, size * DESCRIPTOR, 16);
        available = Cstruct.allocate(arena, RING + 2 * size + 4, 4);
        used = Cstruct.allocate(arena, RING + USED * size + 4, 4);
        next = new int[size];
        parts = new int[size];
        writable = new int[size];
        for (int i = 0; i < size; i++) {
            next[i] = i + 1;
            parts[i] = FREE;
        }
        free = size;
    }

    int size() {
        return size;
    }

    Cstruct descriptors() {
        return descriptors;
    }

    Cstruct available() {
        return available;
    }

    Cstruct used() {
        return used;
    }

    /// Where the device counts what it has used, and where the driver says up to which count it has
    /// seen that: for [PciBus#watch].
    long doneAddress() {
        return used.asSegment().address() + 2;
    }

    long seenAddress() {
        return available.asSegment().address() + usedEvent();
    }

    /// Parts that may still be added.
    int room() {
        return broken ? 0 : free;
    }

    /// Requests that the device has and did not give back.
    int pending() {
        return added - seen;
    }

    /// Adds a part to the request that is being made.
    ///
    /// @throws IllegalStateException if there is no [#room]
    void part(long address, int octets, boolean deviceWrites) {
        if (free == 0 || broken) throw new IllegalStateException("no room in a queue of " + size);
        int at = firstFree;
        firstFree = next[at];
        free--;
        int off = at * DESCRIPTOR;
        int itsFlags = deviceWrites ? DEVICE_WRITES : 0;
        descriptors.putU64le(off, address);
        descriptors.putU32le(off + 8, octets);
        descriptors.putU16le(off + 12, itsFlags);
        if (head == FREE) {
            head = at;
            parts[at] = 0;
            writable[at] = 0;
        } else {
            int before = last * DESCRIPTOR;
            descriptors.putU16le(before + 12, lastFlags | NEXT);
            descriptors.putU16le(before + 14, at);
            next[last] = at;
        }
        last = at;
        lastFlags = itsFlags;
        parts[head]++;
        writable[head] += deviceWrites ? octets : 0;
    }

    /// Ends the request of the parts that were added, and returns its name, from 0 to below
    /// [#size]. The device sees it after [#publish].
    int add() {
        int request = head;
        if (request == FREE) throw new IllegalStateException("a request without parts");
        head = FREE;
        available.putU16le(RING + 2 * (added & (size - 1)), request);
        added++;
        return request;
    }

    /// Shows the device what was added, and tells whether it wants to be notified.
    boolean publish() {
        if (published == added) return false;
        int before = published;
        published = added;
        putIdx();
        // Our idx must be out before we look whether the device sleeps, else it may fall asleep
        // between.
        Fences.full();
        if (!eventIdx) return (used.getIntOpaque(0) & NO_NOTIFY) == 0;
        int event = used.getIntOpaque(RING + USED * size);
        return ((added - event - 1) & 0xffff) < ((added - before) & 0xffff);
    }

    private void putIdx() {
        // release: the device reads descriptors and names after it sees this
        available.putIntRelease(0, (published & 0xffff) << 16 | flags);
    }

    /// The name of a request that the device has used, which is free then; [#NONE] or [#BROKEN].
    int take() {
        if (broken) return BROKEN;
        int done = ((used.getIntAcquire(0) >>> 16) - seen) & 0xffff;
        if (done == 0) return NONE;
        if (done > published - seen) return breaks();
        int off = RING + USED * (seen & (size - 1));
        int id = used.getIntOpaque(off);
        int octets = used.getIntOpaque(off + 4);
        if (Integer.compareUnsigned(id, size) >= 0
                || parts[id] == FREE
                || id == head
                || Integer.compareUnsigned(octets, writable[id]) > 0) {
            return breaks();
        }
        seen++;
        takenOctets = octets;
        release(id);
        return id;
    }

    private int breaks() {
        broken = true;
        return BROKEN;
    }

    /// How much the device wrote into the request that was taken last; never more than it might.
    int takenOctets() {
        return takenOctets;
    }

    private void release(int request) {
        int end = request;
        for (int i = 1; i < parts[request]; i++) {
            end = next[end];
        }
        free += parts[request];
        parts[request] = FREE;
        next[end] = firstFree;
        firstFree = request;
    }

    /// Asks for an interrupt at the next request that is used, and tells whether one was used
    /// already.
    boolean awaitNext() {
        if (broken) return true;
        available.putIntOpaque(usedEvent(), seen & 0xffff);
        if (!eventIdx && flags != 0) {
            flags = 0;
            putIdx();
        }
        // The device must see this before we look a last time, else it may finish unheard between.
        Fences.full();
        return (used.getIntAcquire(0) >>> 16) != (seen & 0xffff);
    }

    /// Asks for no interrupts, as far as the device listens.
    void awaitNothing() {
        if (eventIdx) {
            available.putIntOpaque(usedEvent(), (seen - 1) & 0xffff);
        } else if (flags == 0) {
            flags = NO_INTERRUPT;
            putIdx();
        }
    }

    private int usedEvent() {
        return RING + 2 * size;
    }
}
