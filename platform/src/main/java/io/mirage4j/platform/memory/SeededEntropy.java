// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.Entropy;

/// The same numbers for the same seed, on every machine and in every version; anybody can foretell
/// them. One thread at a time.
///
/// The generator is SplitMix64 (Steele, Lea, Flood 2014): a counter with a good stride, hashed.
public final class SeededEntropy implements Entropy {
    private static final long STRIDE = 0x9e3779b97f4a7c15L;

    private long counter;

    public SeededEntropy(long seed) {
        counter = seed;
    }

    @Override
    public long nextLong() {
        counter += STRIDE;
        long z = counter;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
