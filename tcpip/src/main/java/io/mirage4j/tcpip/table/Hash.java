// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

/// A hash of two `long`s under a secret key, good in all its bits: what strangers choose spreads
/// over a table, and what it yields on the wire tells nothing of the key's next use.
///
/// Each step multiplies to 128 bits and folds both halves, as wyhash does. Nothing here allocates.
public final class Hash {
    private static final long A = 0x9e37_79b9_7f4a_7c15L;
    private static final long B = 0xd6e8_feb8_6659_fd93L;

    public static long of(long key, long high, long low) {
        return mix(mix(high ^ key ^ A, low ^ Long.rotateLeft(key, 32) ^ B) ^ key, A);
    }

    private static long mix(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }

    private Hash() {}
}
