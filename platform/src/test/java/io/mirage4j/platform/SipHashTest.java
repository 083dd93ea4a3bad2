// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The paper's own example: the key and the input are 0, 1, 2 and so on.
class SipHashTest {
    private final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    private static byte[] countingUp(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) octets[i] = (byte) i;
        return octets;
    }

    @Test
    void hashesAsThePaperDoes() {
        assertThat(hash.of(countingUp(15), 15)).isEqualTo(0xa129ca6149be45e5L);
        assertThat(hash.of(countingUp(0), 0)).isEqualTo(0x726fdb47dd0e0e31L);
    }

    @Test
    void wordsAreOctetsLeastSignificantFirst() {
        long words = hash.start().add(0x0706050403020100L).add(0x0f0e0d0c0b0a0908L).finish();
        assertThat(words).isEqualTo(hash.of(countingUp(16), 16));
    }
}
