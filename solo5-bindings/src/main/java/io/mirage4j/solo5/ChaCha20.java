// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

/// The block function of ChaCha20 (RFC 8439, 2.3): 16 words that nobody can tell from random ones,
/// or trace back, without the key. Nothing here allocates.
final class ChaCha20 {
    static final int KEY_WORDS = 8;
    static final int NONCE_WORDS = 3;
    static final int BLOCK_WORDS = 16;

    private static final int DOUBLE_ROUNDS = 10;

    /// "expand 32-byte k"
    private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private final int[] start = new int[BLOCK_WORDS];

    /// Fills `block` from the first words of `key`; the two may be the same array.
    void block(int[] key, int counter, int[] nonce, int[] block) {
        System.arraycopy(CONSTANTS, 0, start, 0, 4);
        System.arraycopy(key, 0, start, 4, KEY_WORDS);
        start[12] = counter;
        System.arraycopy(nonce, 0, start, 13, NONCE_WORDS);
        System.arraycopy(start, 0, block, 0, BLOCK_WORDS);
        for (int i = 0; i < DOUBLE_ROUNDS; i++) {
            quarterRound(block, 0, 4, 8, 12);
            quarterRound(block, 1, 5, 9, 13);
            quarterRound(block, 2, 6, 10, 14);
            quarterRound(block, 3, 7, 11, 15);
            quarterRound(block, 0, 5, 10, 15);
            quarterRound(block, 1, 6, 11, 12);
            quarterRound(block, 2, 7, 8, 13);
            quarterRound(block, 3, 4, 9, 14);
        }
        for (int i = 0; i < BLOCK_WORDS; i++) {
            block[i] += start[i];
        }
    }

    /// RFC 8439, 2.1.
    private static void quarterRound(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }
}
