// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// What both kinds of record producer know: the memory, how far the consumer is, and the claim in
/// hand.
final class Claim {
    static final long NOTHING = -1;

    final Cstruct memory;
    final int capacity;
    final int mask;

    /// The position of the record in hand, or [#NOTHING], and what it takes of the circle.
    long position = NOTHING;

    int length;

    /// `head` when it was last read, already checked.
    private long headSeen;

    /// `tail` when it was last read, already checked.
    private long tailSeen;

    private @Nullable Faulty fault;

    Claim(Cstruct memory, long tail) {
        this.memory = memory;
        capacity = RecordRing.capacity(memory);
        mask = capacity - 1;
        headSeen = tail - capacity;
        tailSeen = tail;
    }

    int offsetOf(long position) {
        return RecordRing.HEAD_OCTETS + ((int) position & mask);
    }

    /// How much must be skipped from `tail` so that a record of `size` does not wrap.
    int skip(long tail, int size) {
        int rest = capacity - ((int) tail & mask);
        return size <= rest ? 0 : rest;
    }

    /// Judges a `tail` that others store too: it never runs back, nor further ahead of the consumer
    /// than the circle goes. Stops the ring if it did.
    boolean isRightTail(long tail) {
        boolean right = (tail & 7) == 0 && tail - tailSeen >= 0;
        if (right && tail - headSeen > capacity) {
            right = look(tail) <= capacity;
        }
        if (!right || fault != null) {
            stop(new Faulty("tail", tail, tailSeen, capacity));
            return false;
        }
        tailSeen = tail;
        return true;
    }

    /// Whether no record begins at `position`, which the consumer left zeroed; stops the ring if
    /// one does, since then `tail` was set back over it.
    boolean isFree(long position) {
        long header = memory.getLongOpaque(offsetOf(position));
        if (header != 0) {
            stop(new Faulty("record header", header, position, 0));
        }
        return header == 0;
    }

    /// Whether `octets` from `tail` are free.
    boolean hasRoom(long tail, int octets) {
        return tail + octets - headSeen <= capacity || look(tail) + octets <= capacity;
    }

    void checkNone() {
        if (position != NOTHING) {
            throw new IllegalStateException("claim while a record is claimed already");
        }
    }

    long take() {
        long at = position;
        if (at == NOTHING) throw new IllegalStateException("nothing is claimed");
        position = NOTHING;
        return at;
    }

    @Nullable Faulty fault() {
        return fault;
    }

    void stop(Faulty why) {
        if (fault == null) {
            fault = why;
        }
    }

    /// Reads the consumer's `head`, once, and returns how many octets before `tail` are in use; all
    /// of them when it can not be right.
    private long look(long tail) {
        if (fault != null) return capacity;
        long head = memory.getLongAcquire(RecordRing.HEAD);
        long atMost = tail - headSeen;
        if (Long.compareUnsigned(head - headSeen, atMost) > 0) {
            stop(new Faulty("head", head, headSeen, atMost));
            headSeen = tail - capacity;
            return capacity;
        }
        headSeen = head;
        return tail - head;
    }
}
