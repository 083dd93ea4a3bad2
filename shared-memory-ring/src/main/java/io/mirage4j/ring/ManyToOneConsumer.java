// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

import java.util.function.LongPredicate;

/// The consumer of a many-to-one record ring.
///
/// Nothing here allocates, but for the one [Faulty].
public final class ManyToOneConsumer implements RecordConsumer {
    private final Cstruct memory;
    private final int capacity;
    private final int mask;

    private long head;
    private @Nullable Faulty fault;

    /// Goes on where the ring stands.
    public ManyToOneConsumer(Cstruct memory) {
        this.memory = memory;
        capacity = RecordRing.capacity(memory);
        mask = capacity - 1;
        head = memory.getLongAcquire(RecordRing.HEAD);
        if ((head & 7) != 0) {
            fault = new Faulty("head", head, head & ~7, 0);
        }
    }

    @Override
    public int drain(RecordHandler handler, int limit) {
        int handled = drainToEnd(handler, limit);
        boolean wrapped = ((int) head & mask) == 0;
        return wrapped && handled < limit
                ? handled + drainToEnd(handler, limit - handled)
                : handled;
    }

    /// As [#drain], but not past the end of the circle, so that what was consumed is one piece.
    private int drainToEnd(RecordHandler handler, int limit) {
        int start = (int) head & mask;
        int index = start;
        int handled = 0;
        try {
            while (handled < limit && index < capacity && fault == null) {
                int off = RecordRing.HEAD_OCTETS + index;
                long header = memory.getLongAcquire(off);
                int state = RecordRing.state(header);
                if (state < RecordRing.COMMITTED) break;
                if (!isRight(header, index)) break;
                int length = RecordRing.length(header);
                index += RecordRing.size(length);
                if (state == RecordRing.COMMITTED) {
                    handled++;
                    handler.record(memory, off + RecordRing.RECORD_HEAD, length);
                }
            }
        } finally {
            if (index != start) {
                free(start, index);
                head += index - start;
                memory.putLongRelease(RecordRing.HEAD, head);
            }
        }
        return handled;
    }

    /// Zeroes what was consumed. A loop, since most pieces are short.
    private void free(int start, int end) {
        for (int index = start; index < end; index += 8) {
            memory.putU64le(RecordRing.HEAD_OCTETS + index, 0);
        }
    }

    @Override
    public Pending pending() {
        if (fault != null) return Pending.FAULT;
        long header = memory.getLongVolatile(RecordRing.HEAD_OCTETS + ((int) head & mask));
        return RecordRing.state(header) >= RecordRing.COMMITTED ? Pending.WORK : Pending.NOTHING;
    }

    @Override
    public Pending finalCheck() {
        return Sleeping.finalCheck(memory, this);
    }

    /// Undoes what producers left behind that ended between claim and commit, and frees their
    /// places; returns how many claims that were. `alive` tells for a process id whether the
    /// process still runs: when in doubt, true, since a producer that is robbed of its claim while
    /// it lives would write into the records of others.
    ///
    /// To be called now and then while records are [#isStuck].
    public int recover(LongPredicate alive) {
        int undone = 0;
        int claimer = memory.getIntAcquire(RecordRing.CLAIMER);
        if (claimer != 0 && isGone(claimer, alive)) {
            undoHalfClaim();
            memory.compareAndSetInt(RecordRing.CLAIMER, claimer, 0);
            undone++;
        }
        undone += skipClaims(alive);
        for (int number = 1; number <= RecordRing.MAX_PRODUCERS; number++) {
            int entry = ManyToOneProducer.entryOf(number);
            long pid = memory.getLongAcquire(entry);
            if (pid != 0 && !alive.test(pid)) {
                memory.compareAndSetLong(entry, pid, 0);
            }
        }
        return undone;
    }

    /// Whether the oldest record, or the next claim, waits for a producer. That is nothing unusual
    /// for a moment. A faulty ring waits for nobody.
    public boolean isStuck() {
        if (fault != null) return false;
        if (memory.getIntAcquire(RecordRing.CLAIMER) != 0) return true;
        long header = memory.getLongAcquire(RecordRing.HEAD_OCTETS + ((int) head & mask));
        return RecordRing.state(header) == RecordRing.CLAIMED;
    }

    @Override
    public @Nullable Faulty fault() {
        return fault;
    }

    private boolean isGone(int number, LongPredicate alive) {
        if (number < 1 || number > RecordRing.MAX_PRODUCERS) {
            return true; // no producer of ours has such a number
        }
        long pid = memory.getLongAcquire(ManyToOneProducer.entryOf(number));
        return pid == 0 || !alive.test(pid);
    }

    /// The dead claimer has stored none, one or two headers from `tail` on, and may have moved
    /// `tail`. If it did, the claim is whole, and is skipped like others. If not, the headers go:
    /// nobody else can have written in the free part.
    private void undoHalfClaim() {
        long tail = memory.getLongAcquire(RecordRing.TAIL);
        if (tail - head < 0) {
            tail = head; // its skipped record was consumed already
            memory.putLongRelease(RecordRing.TAIL, tail);
        }
        long free = capacity - (tail - head);
        int rest = capacity - ((int) tail & mask);
        if (free > 0) {
            memory.putLongRelease(RecordRing.HEAD_OCTETS + ((int) tail & mask & ~7), 0);
        }
        if (free > rest) {
            memory.putLongRelease(RecordRing.HEAD_OCTETS, 0);
        }
    }

    private int skipClaims(LongPredicate alive) {
        int undone = 0;
        long tail = memory.getLongAcquire(RecordRing.TAIL);
        long used = Math.clamp(tail - head, 0, capacity);
        for (long at = head; at - head < used && fault == null; ) {
            int index = (int) at & mask;
            int off = RecordRing.HEAD_OCTETS + index;
            long header = memory.getLongAcquire(off);
            if (!isRight(header, index)) break;
            int length = RecordRing.length(header);
            int number = RecordRing.producer(header);
            if (RecordRing.state(header) == RecordRing.CLAIMED && isGone(number, alive)) {
                long skipped = RecordRing.header(length, RecordRing.SKIPPED, number);
                undone += memory.compareAndSetLong(off, header, skipped) ? 1 : 0;
            }
            at += RecordRing.size(length);
        }
        return undone;
    }

    /// Whether the record stays within the circle; stops the ring if not.
    private boolean isRight(long header, int index) {
        int rest = capacity - index;
        boolean right =
                RecordRing.fits(header, rest) && RecordRing.state(header) <= RecordRing.SKIPPED;
        if (!right) {
            fault = new Faulty("record header", header, head, rest);
        }
        return right;
    }
}
