// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// The only producer of a one-to-one record ring. What it has not committed does not exist: after
/// its death a new one goes on at the last commit.
///
/// Nothing here allocates, but for the one [Faulty].
public final class OneToOneProducer implements RecordProducer {
    private final Claim claim;
    private long tail;

    /// Goes on where the ring stands.
    public OneToOneProducer(Cstruct memory) {
        tail = memory.getLongAcquire(RecordRing.TAIL);
        claim = new Claim(memory, tail);
        if ((tail & 7) != 0) {
            claim.stop(new Faulty("tail", tail, tail & ~7, 0));
        }
    }

    @Override
    public Cstruct memory() {
        return claim.memory;
    }

    @Override
    public int maxLength() {
        return RecordRing.maxLength(claim.capacity);
    }

    @Override
    public int claim(int length) {
        RecordRing.checkLength(length, claim.capacity);
        claim.checkNone();
        int size = RecordRing.size(length);
        long at = tail;
        int skip = claim.skip(at, size);
        if (!claim.hasRoom(at, skip + size)) return NONE;
        if (skip != 0) {
            put(at, RecordRing.header(skip - RecordRing.RECORD_HEAD, RecordRing.SKIPPED, 0));
            at += skip;
        }
        put(at, RecordRing.header(length, RecordRing.COMMITTED, 0));
        claim.position = at;
        claim.length = length;
        return claim.offsetOf(at) + RecordRing.RECORD_HEAD;
    }

    @Override
    public void commit() {
        tail = claim.take() + RecordRing.size(claim.length);
        claim.memory.putLongRelease(RecordRing.TAIL, tail);
    }

    @Override
    public void abort() {
        claim.take();
    }

    @Override
    public boolean signalDue() {
        return Sleeping.signalDue(claim.memory);
    }

    @Override
    public @Nullable Faulty fault() {
        return claim.fault();
    }

    private void put(long at, long header) {
        claim.memory.putU64le(claim.offsetOf(at), header);
    }
}
