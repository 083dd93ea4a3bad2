// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    private final SipHash hash = new SipHash(K0, K1);

    /// The paper's appendix A has the one of 15 octets; its reference code those of the others.
    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "1, 74f839c593dc67fd",
        "7, ab0200f58b01d137",
        "8, 93f5f5799a932462",
        "15, a129ca6149be45e5",
    })
    void octetsThatCountUpHaveTheHashOfThePaper(int length, String expected) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) octets[i] = (byte) i;
        assertThat(Long.toHexString(hash.of(octets, length))).isEqualTo(expected);
        assertThat(hash.of(octets, length)).as("again").isEqualTo(hash.of(octets, length));
    }

    @Test
    void wordsAreEightOctets() {
        long ofOctets = hash.of(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0}, 16);
        assertThat(hash.start().add(1).add(2).finish()).isEqualTo(ofOctets);
    }
}
