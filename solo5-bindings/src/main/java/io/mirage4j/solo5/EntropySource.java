// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;

import java.lang.foreign.Arena;

/// Words that nobody can guess, raw: RDSEED, else RDRAND, else the jitter of the time stamp
/// counter. Each is checked: a processor is known that answers all ones for ever, and a broken one
/// may repeat itself. Mixing is the caller's part.
final class EntropySource {
    /// Words that a first key is made of: 512 bits of a processor's, and as much jitter.
    static final int SEED_WORDS = 8;

    /// A good source repeats a word once in 2^64 draws; so often in a row it is broken.
    private static final int MOST_REPEATS = 3;

    /// A time difference counts for about one bit, however many it shows.
    private static final int SAMPLES_PER_WORD = 64;

    private enum Kind {
        RDSEED,
        RDRAND,
        JITTER
    }

    private final Calls calls;
    private final Kind kind;
    private final Cstruct cell = Cstruct.allocate(Arena.global(), Long.BYTES, Long.BYTES);
    private final long cellAddress = cell.asSegment().address();
    private long last;

    private EntropySource(Calls calls, Kind kind) {
        this.calls = calls;
        this.kind = kind;
    }

    /// The best source that works.
    ///
    /// @throws IllegalStateException if none does
    static EntropySource of(Calls calls) {
        if (calls.hasRdseed()) {
            EntropySource source = new EntropySource(calls, Kind.RDSEED);
            if (source.works()) return source;
        }
        if (calls.hasRdrand()) {
            EntropySource source = new EntropySource(calls, Kind.RDRAND);
            if (source.works()) return source;
        }
        EntropySource jitter = new EntropySource(calls, Kind.JITTER);
        if (jitter.works()) return jitter;
        throw new IllegalStateException(
                "no entropy: neither RDSEED nor RDRAND works, and the time stamp counter is regular");
    }

    String name() {
        return kind.name();
    }

    /// A word for the first key. Never of the processor alone: its jitter is added.
    long nextSeedWord() {
        return kind == Kind.JITTER ? jitter() : nextWord() ^ jitter();
    }

    /// A fresh word.
    ///
    /// Jitter costs thousands of cycles a word, so without a generator a sample's worth is added to
    /// a key that was seeded with much.
    long nextWord() {
        return switch (kind) {
            case RDSEED -> drawn(calls.rdseed(cellAddress));
            case RDRAND -> drawn(calls.rdrand(cellAddress));
            case JITTER -> calls.ticks();
        };
    }

    /// RDSEED runs dry if others draw much, and nothing is worse than an error then; the key holds.
    private long drawn(int success) {
        return success != 0 ? cell.u64le(0) : calls.ticks();
    }

    private boolean works() {
        if (kind == Kind.JITTER) return jitterVaries();
        int repeats = 0;
        last = 0;
        for (int i = 0; i < SEED_WORDS; i++) {
            int success =
                    kind == Kind.RDSEED ? calls.rdseed(cellAddress) : calls.rdrand(cellAddress);
            long word = cell.u64le(0);
            boolean fixed = word == last || word == 0 || word == -1;
            if (success == 0 || (fixed && ++repeats >= MOST_REPEATS)) return false;
            last = word;
        }
        return true;
    }

    /// 64 time differences of a walk through memory, each stirred in.
    private long jitter() {
        long word = 0;
        long before = calls.ticks();
        for (int i = 0; i < SAMPLES_PER_WORD; i++) {
            long now = walk(word);
            word = Long.rotateLeft(word, 7) * 0x9e37_79b9_7f4a_7c15L + (now - before);
            before = now;
        }
        return word;
    }

    private boolean jitterVaries() {
        int different = 0;
        long previous = 0;
        long before = calls.ticks();
        for (int i = 0; i < SAMPLES_PER_WORD; i++) {
            long now = walk(i);
            if (now - before != previous) {
                different++;
            }
            previous = now - before;
            before = now;
        }
        return different >= SAMPLES_PER_WORD / 4;
    }

    /// Some loads and stores whose time depends on caches and on whatever else the machine does.
    private long walk(long by) {
        for (int i = 0; i < 16; i++) {
            cell.putU8((int) ((by >>> i) & 7), cell.u8((int) ((by + i) & 7)) + i);
        }
        return calls.ticks();
    }
}
