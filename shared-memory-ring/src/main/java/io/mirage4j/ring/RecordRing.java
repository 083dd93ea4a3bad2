// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The memory of a ring of records: octet strings of any length up to a limit, from one producer or
/// from many to one consumer, in one process or between several. All fields are little-endian.
///
/// ```
///    0  u64  tail         octets taken by producers since the beginning
///    8  u32  claimer      many-to-one: the producer that is moving tail, 0 for none
///  128  u64  head         octets given back by the consumer since the beginning
///  136  u32  sleeping     1: the consumer sleeps and asks for a signal
///  256  u64  producer[32] many-to-one: process id of producer 1 to 32, 0 for none
///  512       the records; position p lies at 512 + (p mod capacity)
/// ```
///
/// `capacity` is a power of two. What is not named is zero and stays so; 128 octets keep the fields
/// of different writers on different cache lines. A record begins at a multiple of 8 and never
/// wraps; where it would, a skipped record fills the rest of the circle.
///
/// ```
///    0  u32  length of the payload
///    4  u8   state: 0 free, 1 claimed, 2 committed, 3 to be skipped
///    5  u8   producer that claimed it, 0 in a one-to-one ring
///    6  u16  zero
///    8       the payload, then up to 7 octets so that the next record is aligned
/// ```
///
/// The eight octets of the header are stored and loaded as one.
///
/// *One-to-one:* a record counts once `tail` has passed it; the producer stores header and payload,
/// then `tail` (release). *Many-to-one:* a record counts by its state. To claim, a producer changes
/// `claimer` from 0 to its number, stores the header as claimed, moves `tail`, stores `claimer` 0;
/// to commit, it stores the header as committed (release). The consumer zeroes what it has consumed
/// before it moves `head`, so free memory always reads as free.
///
/// To sleep, the consumer stores `sleeping` 1, looks again (a full fence between), and waits for a
/// signal. A producer that has committed looks at `sleeping` (a full fence between), changes it
/// from 1 to 0, and signals if it was the one who did.
public final class RecordRing {
    /// What stands before the records.
    public static final int HEAD_OCTETS = 512;

    /// How many producers a many-to-one ring can have at once.
    public static final int MAX_PRODUCERS = 32;

    /// The smallest capacity.
    public static final int MIN_CAPACITY = 64;

    /// The largest capacity: with the head it still fits a window.
    public static final int MAX_CAPACITY = 1 << 30;

    static final int RECORD_HEAD = 8;

    static final int TAIL = 0;
    static final int CLAIMER = 8;
    static final int HEAD = 128;
    static final int SLEEPING = 136;
    static final int PRODUCER = 256;

    static final int FREE = 0;
    static final int CLAIMED = 1;
    static final int COMMITTED = 2;
    static final int SKIPPED = 3;

    /// Makes the ring empty. Nobody may be using it.
    public static void init(Cstruct memory) {
        capacity(memory);
        memory.fill(0);
    }

    /// How many octets of records, their heads included, the memory holds.
    public static int capacity(Cstruct memory) {
        int capacity = memory.length() - HEAD_OCTETS;
        if (capacity < MIN_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "record ring of "
                            + memory.length()
                            + " octets: not "
                            + HEAD_OCTETS
                            + " + a power of two from "
                            + MIN_CAPACITY);
        }
        return capacity;
    }

    /// The longest payload: a quarter of the capacity with its head, so that a record can always go
    /// in when the consumer keeps up, wherever the circle ends.
    public static int maxLength(int capacity) {
        return capacity / 4 - RECORD_HEAD;
    }

    static void checkLength(int length, int capacity) {
        if (length < 0 || length > maxLength(capacity)) {
            throw new IllegalArgumentException(
                    "record of " + length + " octets, not 0 to " + maxLength(capacity));
        }
    }

    static long header(int length, int state, int producer) {
        return Integer.toUnsignedLong(length) | (long) state << 32 | (long) producer << 40;
    }

    static int length(long header) {
        return (int) header;
    }

    static int state(long header) {
        return (int) (header >>> 32) & 0xff;
    }

    static int producer(long header) {
        return (int) (header >>> 40) & 0xff;
    }

    /// What a record takes of the circle.
    static int size(int length) {
        return (length + RECORD_HEAD + 7) & ~7;
    }

    /// Whether a header can stand where `rest` octets remain before the end of the circle.
    static boolean fits(long header, int rest) {
        int length = length(header);
        return length >= 0 && length <= rest - RECORD_HEAD;
    }

    private RecordRing() {}
}
