// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.Offload;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// One direction of a [MemoryLink]: slots in a ring, numbered for ever. Slot `n` is in the reader's
/// hands iff `taken <= n < committed`, in the writer's otherwise. Each number has one writer, which
/// sets it with release order: what was done to a slot is seen by whoever gets it, and nobody waits
/// for a full fence.
final class MemoryLane {
    final int slotOctets;
    final int capacity;

    /// What the reader takes undone; the reader writes it.
    volatile Set<Offload> accepted = Set.of();

    private final Cstruct[] slots;
    private final FrameNote[] notes;

    /// By slot, the window that the reader last got.
    private final Cstruct[] windows;

    private final int[] lengths;
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    MemoryLane(int frames, int slotOctets) {
        if (frames < 1 || Integer.bitCount(frames) != 1) {
            throw new IllegalArgumentException("frames " + frames + " is no power of two");
        }
        this.slotOctets = slotOctets;
        capacity = frames;
        slots = new Cstruct[frames];
        notes = new FrameNote[frames];
        windows = new Cstruct[frames];
        lengths = new int[frames];
        for (int i = 0; i < frames; i++) {
            slots[i] = Cstruct.create(slotOctets);
            windows[i] = slots[i];
            notes[i] = new FrameNote();
        }
    }

    /// What of `wanted` this lane can carry.
    Set<Offload> possible(Set<Offload> wanted, int plainOctets) {
        var possible = EnumSet.noneOf(Offload.class);
        for (Offload offload : wanted) {
            if (offload == Offload.CHECKSUM || slotOctets > plainOctets) {
                possible.add(offload);
            }
        }
        // No piece can be left uncut with its checksum done: all are cut from one sum.
        return Set.copyOf(wanted.contains(Offload.CHECKSUM) ? possible : Set.of());
    }

    boolean hasRoom() {
        return committed.getPlain() - taken.getAcquire() < capacity;
    }

    Cstruct slot() {
        checkRoom();
        return slots[index(committed.getPlain())];
    }

    void commit(int len, FrameNote note) {
        checkRoom();
        long number = committed.getPlain();
        int index = index(number);
        lengths[index] = len;
        notes[index].copyFrom(note);
        committed.setRelease(number + 1);
    }

    /// The frame `ahead` of the first that is not released, or null if there is none yet.
    boolean has(int ahead) {
        return taken.getPlain() + ahead < committed.getAcquire();
    }

    Cstruct frame(int ahead) {
        int index = index(taken.getPlain() + ahead);
        int len = lengths[index];
        if (windows[index].length() != len) {
            windows[index] = slots[index].sub(0, len);
        }
        return windows[index];
    }

    FrameNote note(int ahead) {
        return notes[index(taken.getPlain() + ahead)];
    }

    /// Gives the first `count` frames back to the writer.
    void release(int count) {
        taken.setRelease(taken.getPlain() + count);
    }

    private void checkRoom() {
        if (!hasRoom()) {
            throw new IllegalStateException("no room: " + capacity + " frames are under way");
        }
    }

    private int index(long number) {
        return (int) number & (capacity - 1);
    }
}
