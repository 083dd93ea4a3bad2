// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Entropy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Random numbers from a key that changes with every block drawn:
///
/// ```
/// key'  = SHA-256(key, 1, now and then fresh words of the source)
/// block = SHA-256(key', 2)
/// ```
///
/// So neither a processor whose generator is bad nor somebody who reads the memory later learns
/// what was drawn before. Any thread may ask.
final class BoardEntropy implements Entropy {
    private static final byte NEXT_KEY = 1;
    private static final byte OUTPUT = 2;

    /// Fresh words, as many as a key has, go in once in so many blocks: the instruction is slow,
    /// the more so under a hypervisor.
    private static final int FRESH_WORDS = 4;

    private static final int BLOCKS_PER_REFRESH = 32;

    private final EntropySource source;
    private final MessageDigest hash;
    private byte[] key;
    private final byte[] word = new byte[Long.BYTES];
    private byte[] block = new byte[0];
    private int used;
    private int blocks;

    private BoardEntropy(EntropySource source) {
        this.source = source;
        this.hash = sha256();
        this.key = seed();
    }

    static BoardEntropy of(Calls calls) {
        return new BoardEntropy(EntropySource.of(calls));
    }

    @Override
    public synchronized long nextLong() {
        if (used + Long.BYTES > block.length) {
            drawBlock();
        }
        long bits = Cstruct.of(block).u64le(used);
        wipe(block, used, Long.BYTES);
        used += Long.BYTES;
        return bits;
    }

    /// Fills an array, as `SecureRandom` wants it.
    synchronized void fill(byte[] target) {
        fill(Cstruct.of(target));
    }

    private byte[] seed() {
        for (int i = 0; i < EntropySource.SEED_WORDS; i++) {
            update(source.nextSeedWord());
        }
        return hash.digest();
    }

    private void drawBlock() {
        hash.update(key);
        hash.update(NEXT_KEY);
        if (blocks++ % BLOCKS_PER_REFRESH == 0) {
            for (int i = 0; i < FRESH_WORDS; i++) {
                update(source.nextWord());
            }
        }
        wipe(key, 0, key.length);
        key = hash.digest();
        hash.update(key);
        hash.update(OUTPUT);
        block = hash.digest();
        used = 0;
    }

    private void update(long bits) {
        Cstruct.of(word).putU64le(0, bits);
        hash.update(word);
    }

    private static void wipe(byte[] octets, int off, int len) {
        Cstruct.of(octets).fill(off, len, 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
