// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Values by address, so many and no more: what was not used for longest makes room. The hash is
/// keyed, so that a stranger can not choose addresses that fall together. Only making one
/// allocates.
///
/// Entries live in parallel arrays; entry `i` is in the chain of its bucket and in one list from
/// the entry used last (`newest`) to the one used least (`oldest`).
public final class AddressTable<V> {
    private static final int NONE = -1;

    private final int[] buckets;
    private final long[] highs;
    private final long[] lows;
    private final @Nullable Object[] values;
    private final int[] chain;
    private final int[] newer;
    private final int[] older;
    private final long key;
    private int newest = NONE;
    private int oldest = NONE;
    private int free;
    private int size;

    /// An empty table.
    ///
    /// @param capacity a power of two
    /// @param key a secret
    public AddressTable(int capacity, long key) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is no power of two");
        }
        this.key = key;
        buckets = new int[capacity];
        highs = new long[capacity];
        lows = new long[capacity];
        values = new Object[capacity];
        chain = new int[capacity];
        newer = new int[capacity];
        older = new int[capacity];
        Arrays.fill(buckets, NONE);
        for (int i = 0; i < capacity; i++) {
            chain[i] = i + 1 < capacity ? i + 1 : NONE;
        }
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == buckets.length;
    }

    /// The value of an address, which counts as used, or null.
    public @Nullable V get(long high, long low) {
        int i = find(high, low);
        if (i == NONE) return null;
        if (i != newest) {
            unlist(i);
            listNewest(i);
        }
        return value(i);
    }

    /// As [#get], but does not count as use.
    public @Nullable V peek(long high, long low) {
        int i = find(high, low);
        return i == NONE ? null : value(i);
    }

    /// The value that was not used for longest, or null if there is none.
    public @Nullable V oldest() {
        return oldest == NONE ? null : value(oldest);
    }

    /// Adds a value as the one used last, and returns the one that made room, or null.
    ///
    /// @throws IllegalStateException if the address has one
    public @Nullable V add(long high, long low, V value) {
        V evicted = makeRoom(high, low);
        listNewest(fill(high, low, value));
        return evicted;
    }

    /// As [#add], but as the one to make room first: for what strangers want remembered.
    public @Nullable V addOldest(long high, long low, V value) {
        V evicted = makeRoom(high, low);
        int i = fill(high, low, value);
        newer[i] = oldest;
        older[i] = NONE;
        if (oldest == NONE) {
            newest = i;
        } else {
            older[oldest] = i;
        }
        oldest = i;
        return evicted;
    }

    private @Nullable V makeRoom(long high, long low) {
        if (find(high, low) != NONE) throw new IllegalStateException("the address has a value");
        return isFull() ? removeAt(oldest) : null;
    }

    private int fill(long high, long low, V value) {
        int i = free;
        free = chain[i];
        highs[i] = high;
        lows[i] = low;
        values[i] = value;
        int bucket = bucket(high, low);
        chain[i] = buckets[bucket];
        buckets[bucket] = i;
        size++;
        return i;
    }

    /// Forgets an address, and returns its value, or null.
    public @Nullable V remove(long high, long low) {
        int i = find(high, low);
        return i == NONE ? null : removeAt(i);
    }

    private @Nullable V removeAt(int i) {
        unlist(i);
        int bucket = bucket(highs[i], lows[i]);
        if (buckets[bucket] == i) {
            buckets[bucket] = chain[i];
        } else {
            int before = buckets[bucket];
            while (chain[before] != i) {
                before = chain[before];
            }
            chain[before] = chain[i];
        }
        V value = value(i);
        values[i] = null;
        chain[i] = free;
        free = i;
        size--;
        return value;
    }

    private int find(long high, long low) {
        int i = buckets[bucket(high, low)];
        while (i != NONE && (lows[i] != low || highs[i] != high)) {
            i = chain[i];
        }
        return i;
    }

    private int bucket(long high, long low) {
        return (int) Hash.of(key, high, low) & (buckets.length - 1);
    }

    private void listNewest(int i) {
        older[i] = newest;
        newer[i] = NONE;
        if (newest == NONE) {
            oldest = i;
        } else {
            newer[newest] = i;
        }
        newest = i;
    }

    private void unlist(int i) {
        if (newer[i] == NONE) {
            newest = older[i];
        } else {
            older[newer[i]] = older[i];
        }
        if (older[i] == NONE) {
            oldest = newer[i];
        } else {
            newer[older[i]] = newer[i];
        }
    }

    @SuppressWarnings("unchecked") // only `fill` writes, and it writes a V
    private @Nullable V value(int i) {
        return (V) values[i];
    }
}
