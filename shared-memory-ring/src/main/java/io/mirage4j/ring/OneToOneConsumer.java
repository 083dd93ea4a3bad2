// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// The consumer of a one-to-one record ring.
///
/// Nothing here allocates, but for the one [Faulty].
public final class OneToOneConsumer implements RecordConsumer {
    private final Cstruct memory;
    private final int capacity;
    private final int mask;

    private long head;

    /// `tail` when it was last read, already checked.
    private long tailSeen;

    private @Nullable Faulty fault;

    /// Goes on where the ring stands.
    public OneToOneConsumer(Cstruct memory) {
        this.memory = memory;
        capacity = RecordRing.capacity(memory);
        mask = capacity - 1;
        head = memory.getLongAcquire(RecordRing.HEAD);
        tailSeen = head;
        if ((head & 7) != 0) {
            fault = new Faulty("head", head, head & ~7, 0);
        }
    }

    @Override
    public int drain(RecordHandler handler, int limit) {
        long at = head;
        if (at == tailSeen && !look()) return 0;
        int handled = 0;
        try {
            while (handled < limit && at != tailSeen) {
                int index = (int) at & mask;
                int off = RecordRing.HEAD_OCTETS + index;
                long header = memory.u64le(off);
                int length = RecordRing.length(header);
                int state = RecordRing.state(header);
                int rest = (int) Math.min(capacity - index, tailSeen - at);
                if (!RecordRing.fits(header, rest) || state < RecordRing.COMMITTED) {
                    stop(new Faulty("record header", header, at, rest), at);
                    return handled;
                }
                at += RecordRing.size(length);
                if (state == RecordRing.COMMITTED) {
                    handled++;
                    handler.record(memory, off + RecordRing.RECORD_HEAD, length);
                }
            }
        } finally {
            head = at;
            memory.putLongRelease(RecordRing.HEAD, at);
        }
        return handled;
    }

    @Override
    public Pending pending() {
        return head != tailSeen || look()
                ? Pending.WORK
                : fault == null ? Pending.NOTHING : Pending.FAULT;
    }

    @Override
    public Pending finalCheck() {
        return Sleeping.finalCheck(memory, this);
    }

    @Override
    public @Nullable Faulty fault() {
        return fault;
    }

    /// Reads the producer's `tail`, once, and tells whether records wait. Only after all that were
    /// known are consumed.
    private boolean look() {
        if (fault != null) return false;
        long tail = memory.getLongVolatile(RecordRing.TAIL);
        long ahead = tail - head;
        if (Long.compareUnsigned(ahead, capacity) > 0 || (ahead & 7) != 0) {
            stop(new Faulty("tail", tail, head, capacity), head);
            return false;
        }
        tailSeen = tail;
        return ahead != 0;
    }

    private void stop(Faulty why, long at) {
        fault = why;
        tailSeen = at;
    }
}
