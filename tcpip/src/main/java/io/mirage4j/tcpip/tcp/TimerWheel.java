// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.platform.Engine;

import org.jspecify.annotations.Nullable;

/// The deadlines of all connections, one each: a hierarchical timing wheel (Varghese and Lauck) of
/// [#LEVELS] rings. Setting and clearing take constant time, and nothing here allocates.
///
/// A slot of level `n` is `2^(SHIFT + n * BITS)` ns wide. Connections hang in a slot as a doubly
/// linked list through their own fields. A connection whose deadline moves back may stay where it
/// is: it is looked at too early, and hung anew.
final class TimerWheel {
    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = 6;

    /// The finest slot, 2^20 ns or about a millisecond; the coarsest ring spans some years.
    private static final int SHIFT = 20;

    private final @Nullable TcpConnection[] heads = new TcpConnection[LEVELS * SLOTS];

    /// Bit `s` of `occupied[n]` is set iff slot `s` of level `n` is not empty.
    private final long[] occupied = new long[LEVELS];

    /// All slots of level 0 before this tick are empty.
    private long tick;

    /// Hangs `c` up at `c.wheelDeadline`.
    void add(TcpConnection c) {
        long at = Math.max(c.wheelDeadline >> SHIFT, tick);
        int level = level(at);
        if (level >= LEVELS) {
            level = LEVELS - 1;
            at = tick + (((long) SLOTS - 1) << (BITS * level));
        }
        int slot = level << BITS | ((int) (at >> (BITS * level)) & SLOTS - 1);
        TcpConnection head = heads[slot];
        c.wheelSlot = slot;
        c.wheelPrevious = null;
        c.wheelNext = head;
        if (head != null) {
            head.wheelPrevious = c;
        }
        heads[slot] = c;
        occupied[level] |= 1L << slot;
    }

    /// The level at which `at` shares the ring's turn with now.
    private int level(long at) {
        long differing = at ^ tick;
        if (differing < SLOTS) return 0;
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / BITS;
    }

    void remove(TcpConnection c) {
        int slot = c.wheelSlot;
        if (slot < 0) return;
        TcpConnection next = c.wheelNext;
        TcpConnection previous = c.wheelPrevious;
        if (next != null) {
            next.wheelPrevious = previous;
        }
        if (previous != null) {
            previous.wheelNext = next;
        } else {
            heads[slot] = next;
            if (next == null) {
                occupied[slot >> BITS] &= ~(1L << slot);
            }
        }
        c.wheelNext = null;
        c.wheelPrevious = null;
        c.wheelSlot = -1;
    }

    /// Takes out a connection whose deadline is not after `now`, or returns null if there is none.
    @Nullable TcpConnection poll(long now) {
        long last = now >> SHIFT;
        while (true) {
            int current = (int) tick & SLOTS - 1;
            long ahead = occupied[0] & -1L << current;
            while (ahead != 0) {
                int slot = Long.numberOfTrailingZeros(ahead);
                long at = tick - current + slot;
                if (at > last) break;
                for (TcpConnection c = heads[slot]; c != null; c = c.wheelNext) {
                    if (c.wheelDeadline <= now) {
                        remove(c);
                        return c;
                    }
                }
                if (at == last) {
                    tick = last;
                    return null;
                }
                ahead &= ahead - 1;
            }
            long turn = (tick | SLOTS - 1) + 1;
            if (turn > last) {
                tick = Math.max(tick, last);
                return null;
            }
            tick = nextTurn(turn, last);
            cascade();
        }
    }

    /// Where to go on after level 0 is through: the next turn of it with something in it, as far as
    /// the coarser levels show at a glance.
    private long nextTurn(long turn, long last) {
        long finer = occupied[1];
        if (finer != 0 || (turn & (1L << (2 * BITS)) - 1) == 0) return turn;
        long jump = (turn | (1L << (2 * BITS)) - 1) + 1;
        return jump <= last ? jump : Math.max(turn, last & -SLOTS);
    }

    /// Spreads the slots that begin at this tick over the finer levels.
    private void cascade() {
        for (int level = LEVELS - 1; level > 0; level--) {
            long width = 1L << (BITS * level);
            if ((tick & width - 1) != 0) continue;
            int slot = level << BITS | ((int) (tick >> (BITS * level)) & SLOTS - 1);
            TcpConnection c = heads[slot];
            heads[slot] = null;
            occupied[level] &= ~(1L << slot);
            while (c != null) {
                TcpConnection next = c.wheelNext;
                add(c);
                c = next;
            }
        }
    }

    /// A time not after any deadline; the earliest deadline itself if it is within the finest ring.
    long nextDeadline() {
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] == 0) continue;
            int current = (int) (tick >> (BITS * level)) & SLOTS - 1;
            long rotated = Long.rotateRight(occupied[level], current);
            int ahead = Long.numberOfTrailingZeros(rotated);
            int slot = current + ahead & SLOTS - 1;
            if (level > 0) return ((tick >> (BITS * level)) + ahead) << (BITS * level + SHIFT);
            long earliest = Engine.NEVER;
            for (TcpConnection c = heads[slot]; c != null; c = c.wheelNext) {
                earliest = Math.min(earliest, c.wheelDeadline);
            }
            return earliest;
        }
        return Engine.NEVER;
    }
}
