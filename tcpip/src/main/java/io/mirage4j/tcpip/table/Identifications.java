// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.platform.Entropy;

/// Numbers for the datagrams that we cut: one after the other for each pair of hosts, so that none
/// comes again while pieces of the last may be under way (RFC 6864, 4.3), and foretold by nobody
/// who sees those of another pair (RFC 7739). Pairs share 1,024 counters by a keyed hash.
public final class Identifications {
    private static final int COUNTERS = 1024;

    private final int[] counters = new int[COUNTERS];
    private final long key;

    public Identifications(Entropy entropy) {
        key = entropy.nextLong();
        for (int i = 0; i < COUNTERS; i++) {
            counters[i] = (int) entropy.nextLong();
        }
    }

    public int next(long sourceLow, long destinationHigh, long destinationLow) {
        long pair = Hash.of(key ^ sourceLow, destinationHigh, destinationLow);
        return counters[(int) pair & (COUNTERS - 1)]++;
    }
}
