// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// One of up to 32 producers of a many-to-one record ring. Records are consumed in the order of
/// their claims.
///
/// Claiming excludes the other producers for a handful of instructions, by a word that names who
/// does it; so the consumer can undo what a producer that died there, or between claim and commit,
/// has left behind ([ManyToOneConsumer#recover]).
///
/// Nothing here allocates, but for the one [Faulty].
public final class ManyToOneProducer implements RecordProducer, AutoCloseable {
    /// How often a claim looks whether another producer is done with its own.
    private static final int PATIENCE = 1000;

    private final Claim claim;
    private final int number;

    private ManyToOneProducer(Cstruct memory, int number) {
        claim = new Claim(memory, memory.getLongAcquire(RecordRing.TAIL));
        this.number = number;
    }

    /// Joins a ring as a producer of process `pid`, which is not 0. All producers of one process
    /// give the same.
    public static ManyToOneProducer attach(Cstruct memory, long pid) {
        RecordRing.capacity(memory);
        if (pid == 0) throw new IllegalArgumentException("process id 0 stands for nobody");
        for (int number = 1; number <= RecordRing.MAX_PRODUCERS; number++) {
            if (memory.compareAndSetLong(entryOf(number), 0, pid)) {
                return new ManyToOneProducer(memory, number);
            }
        }
        throw new IllegalStateException(
                "all " + RecordRing.MAX_PRODUCERS + " places for producers are taken");
    }

    static int entryOf(int number) {
        return RecordRing.PRODUCER + 8 * (number - 1);
    }

    @Override
    public Cstruct memory() {
        return claim.memory;
    }

    @Override
    public int maxLength() {
        return RecordRing.maxLength(claim.capacity);
    }

    /// As [RecordProducer#claim]; [#NONE] also while another producer stays in the middle of its
    /// claim, because it lost the processor there or died.
    @Override
    public int claim(int length) {
        RecordRing.checkLength(length, claim.capacity);
        claim.checkNone();
        if (claim.fault() != null || !enter()) return NONE;
        Cstruct memory = claim.memory;
        long tail = memory.getLongAcquire(RecordRing.TAIL);
        int size = RecordRing.size(length);
        int skip = claim.skip(tail, size);
        long at = tail + skip;
        if (!claim.isRightTail(tail)
                || !claim.hasRoom(tail, skip + size)
                || !claim.isFree(tail)
                || !claim.isFree(at)) {
            leave();
            return NONE;
        }
        // The order matters to a consumer that undoes this: headers, from the back, then tail.
        put(at, RecordRing.header(length, RecordRing.CLAIMED, number));
        if (skip != 0) {
            int filled = skip - RecordRing.RECORD_HEAD;
            put(tail, RecordRing.header(filled, RecordRing.SKIPPED, number));
        }
        memory.putLongRelease(RecordRing.TAIL, at + size);
        leave();
        claim.position = at;
        claim.length = length;
        return claim.offsetOf(at) + RecordRing.RECORD_HEAD;
    }

    @Override
    public void commit() {
        put(claim.take(), RecordRing.header(claim.length, RecordRing.COMMITTED, number));
    }

    @Override
    public void abort() {
        put(claim.take(), RecordRing.header(claim.length, RecordRing.SKIPPED, number));
    }

    @Override
    public boolean signalDue() {
        return Sleeping.signalDue(claim.memory);
    }

    @Override
    public @Nullable Faulty fault() {
        return claim.fault();
    }

    /// Leaves the ring. A record still claimed is aborted: then [#signalDue] is to be asked once
    /// more, which works after this too.
    @Override
    public void close() {
        if (claim.position != Claim.NOTHING) {
            abort();
        }
        claim.memory.putLongRelease(entryOf(number), 0);
    }

    private boolean enter() {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            if (claim.memory.getIntOpaque(RecordRing.CLAIMER) == 0
                    && claim.memory.compareAndSetInt(RecordRing.CLAIMER, 0, number)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private void leave() {
        claim.memory.putIntRelease(RecordRing.CLAIMER, 0);
    }

    private void put(long at, long header) {
        claim.memory.putLongRelease(claim.offsetOf(at), header);
    }
}
