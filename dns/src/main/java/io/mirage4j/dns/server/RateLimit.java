// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

/// How many answers of one kind a network of clients gets a second over UDP, so that a server is no
/// use to whoever forges source addresses. A table of fixed size, whose slots go to whoever comes:
/// two that share a slot take it from each other, and so are limited less, never more.
///
/// Used by one thread. Nothing here allocates.
final class RateLimit {
    enum Verdict {
        ANSWER,
        /// A truncated answer: a client that is really there asks again over TCP.
        SLIP,
        DROP
    }

    private static final int SLOTS = 1 << 14;
    private static final long SECOND = 1_000_000_000;

    private final long[] keys;
    private final long[] since;
    private final int[] answers;
    private final int perSecond;
    private final int slip;

    /// @param perSecond 0 for no limit
    /// @param slip each how-manieth answer too many is a truncated one; 0 for none
    RateLimit(int perSecond, int slip) {
        this.perSecond = perSecond;
        this.slip = slip;
        int slots = perSecond > 0 ? SLOTS : 0;
        keys = new long[slots];
        since = new long[slots];
        answers = new int[slots];
    }

    boolean isOn() {
        return perSecond > 0;
    }

    Verdict count(long key, long nowNanos) {
        int slot = (int) (key ^ key >>> 32) & SLOTS - 1;
        if (keys[slot] != key || nowNanos - since[slot] >= SECOND) {
            keys[slot] = key;
            since[slot] = nowNanos;
            answers[slot] = 0;
        }
        int over = ++answers[slot] - perSecond;
        if (over <= 0) return Verdict.ANSWER;
        return slip > 0 && over % slip == 0 ? Verdict.SLIP : Verdict.DROP;
    }
}
