// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;

/// Randomness that a stranger can not predict. It never fails and never blocks for long; what can
/// do neither must not be handed out as this.
@FunctionalInterface
public interface Entropy {
    /// 64 random bits.
    long nextLong();

    /// A number from 0 to `bound - 1`, each as likely.
    default int nextInt(int bound) {
        if (bound <= 0) throw new IllegalArgumentException("bound " + bound + " < 1");
        while (true) {
            // Below 2^31 numbers there are whole rows of `bound` and one that is cut off; a draw
            // from the latter would favour small results.
            int draw = (int) (nextLong() >>> 33);
            int result = draw % bound;
            if (draw - result <= Integer.MAX_VALUE - (bound - 1)) return result;
        }
    }

    /// Makes every octet of `target` random.
    default void fill(Cstruct target) {
        int at = 0;
        for (; at <= target.length() - 8; at += 8) {
            target.putU64le(at, nextLong());
        }
        if (at < target.length()) {
            long rest = nextLong();
            for (; at < target.length(); at++, rest >>>= 8) {
                target.putU8(at, (int) rest);
            }
        }
    }
}
