// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import java.util.Arrays;
import java.util.BitSet;

/// Numbers `n` different 32-bit keys from 0 to `n - 1`, without a gap, by hash and displace: keys
/// fall into buckets, and each bucket has a displacement under which its keys reach slots that no
/// other key has. What is kept is one `int` a bucket, about a third of one a key.
///
/// The keys are `String.hashCode` of the paths: the platform defines it, a string keeps it, and the
/// machine's vector unit computes it. Paths with the same one share a slot and are chained there.
final class PerfectHash {
    private static final int KEYS_A_BUCKET = 3;

    /// A bucket that finds no place after so many tries starts the whole anew with another seed.
    private static final int MOST_TRIES = 1 << 20;

    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    final int seed;

    /// By bucket: the displacement if it is not negative, else the one slot of its one key as
    /// `~slot`.
    final int[] displacements;

    private PerfectHash(int seed, int[] displacements) {
        this.seed = seed;
        this.displacements = displacements;
    }

    static int buckets(int keys) {
        return keys / KEYS_A_BUCKET + 1;
    }

    /// The bucket of a key and, with the displacement found there, its slot by [#slot].
    static int bucket(long spread, int buckets) {
        return scale(spread, buckets);
    }

    static long spread(int key, int seed) {
        return mix((key & 0xffff_ffffL) + seed * GOLDEN);
    }

    static int slot(long spread, int displacement, int slots) {
        return displacement < 0
                ? ~displacement
                : scale(mix(spread + (displacement + 1) * GOLDEN), slots);
    }

    /// The upper half of `x`, of 2^32, as a part of `range`.
    private static int scale(long x, int range) {
        return (int) (((x >>> 32) * range) >>> 32);
    }

    /// The finish of MurmurHash3: each bit of `x` reaches each bit of the result.
    private static long mix(long x) {
        long y = (x ^ (x >>> 33)) * 0xff51_afd7_ed55_8ccdL;
        y = (y ^ (y >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
        return y ^ (y >>> 33);
    }

    /// For keys of which no two are equal.
    static PerfectHash of(int[] keys) {
        for (int seed = 0; ; seed++) {
            var hash = new PerfectHash(seed, new int[buckets(keys.length)]);
            if (hash.place(keys)) return hash;
        }
    }

    int slotOf(int key, int slots) {
        long spread = spread(key, seed);
        return slot(spread, displacements[bucket(spread, displacements.length)], slots);
    }

    /// The largest buckets first, while there is room; a bucket of one key takes any slot left.
    private boolean place(int[] keys) {
        long[][] buckets = bucketsOf(keys);
        Integer[] order = new Integer[buckets.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> buckets[b].length - buckets[a].length);
        BitSet taken = new BitSet(keys.length);
        for (int bucket : order) {
            long[] spreads = buckets[bucket];
            if (spreads.length == 1) {
                int slot = taken.nextClearBit(0);
                taken.set(slot);
                displacements[bucket] = ~slot;
            } else if (!displace(bucket, spreads, taken, keys.length)) {
                return false;
            }
        }
        return true;
    }

    private long[][] bucketsOf(int[] keys) {
        int[] sizes = new int[displacements.length];
        long[] spreads = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            spreads[i] = spread(keys[i], seed);
            sizes[bucket(spreads[i], sizes.length)]++;
        }
        long[][] buckets = new long[sizes.length][];
        Arrays.setAll(buckets, i -> new long[sizes[i]]);
        for (long spread : spreads) {
            int bucket = bucket(spread, sizes.length);
            buckets[bucket][--sizes[bucket]] = spread;
        }
        return buckets;
    }

    private boolean displace(int bucket, long[] spreads, BitSet taken, int slots) {
        for (int displacement = 0; displacement < MOST_TRIES; displacement++) {
            if (takeAll(spreads, displacement, taken, slots)) {
                displacements[bucket] = displacement;
                return true;
            }
        }
        return false;
    }

    private static boolean takeAll(long[] spreads, int displacement, BitSet taken, int slots) {
        for (int i = 0; i < spreads.length; i++) {
            int slot = slot(spreads[i], displacement, slots);
            if (taken.get(slot)) {
                for (int back = 0; back < i; back++) {
                    taken.clear(slot(spreads[back], displacement, slots));
                }
                return false;
            }
            taken.set(slot);
        }
        return true;
    }
}
