// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Entropy;

import java.util.Arrays;

/// Random numbers from a key that each block replaces ("fast key erasure"):
///
/// ```
/// ChaCha20(key) = key' (8 words), output (8 words)
/// ```
///
/// Now and then fresh words of the source are added to the key. So neither a processor whose
/// generator is bad nor somebody who reads the memory later learns what was drawn before. Any
/// thread may ask.
final class BoardEntropy implements Entropy {
    /// Fresh words, as many as a key has, go in once in so many blocks: the instruction is slow,
    /// the more so under a hypervisor.
    private static final int FRESH_WORDS = 4;

    private static final int BLOCKS_PER_REFRESH = 64;

    private static final int[] NO_NONCE = new int[ChaCha20.NONCE_WORDS];

    private final EntropySource source;
    private final ChaCha20 chacha = new ChaCha20();

    /// The key, then what is left of the output.
    private final int[] block = new int[ChaCha20.BLOCK_WORDS];

    private int used = ChaCha20.BLOCK_WORDS;
    private int blocks;

    private BoardEntropy(EntropySource source) {
        this.source = source;
        for (int i = 0; i < EntropySource.SEED_WORDS; i++) {
            absorb(i, source.nextSeedWord());
            nextBlock(); // mixes what was added into every word of the key
        }
    }

    static BoardEntropy of(Calls calls) {
        return new BoardEntropy(EntropySource.of(calls));
    }

    @Override
    public synchronized long nextLong() {
        if (used == ChaCha20.BLOCK_WORDS) {
            if (blocks++ % BLOCKS_PER_REFRESH == 0) {
                for (int i = 0; i < FRESH_WORDS; i++) {
                    absorb(i, source.nextWord());
                }
            }
            nextBlock();
        }
        long bits = (long) block[used] << 32 | (block[used + 1] & 0xffff_ffffL);
        Arrays.fill(block, used, used + 2, 0);
        used += 2;
        return bits;
    }

    /// Fills an array, as `SecureRandom` wants it.
    synchronized void fill(byte[] target) {
        fill(Cstruct.of(target));
    }

    private void absorb(int number, long word) {
        int at = number * 2 % ChaCha20.KEY_WORDS;
        block[at] ^= (int) word;
        block[at + 1] ^= (int) (word >>> 32);
    }

    private void nextBlock() {
        chacha.block(block, 0, NO_NONCE, block);
        used = ChaCha20.KEY_WORDS;
    }
}
