// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mirage4j.cstruct.Hex;

import org.junit.jupiter.api.Test;

class Sha256Test {
    /// The examples of FIPS 180-4 for SHA-256: "abc", and nothing.
    @Test
    void theExamplesOfTheStandardComeOut() {
        assertThat(Sha256.of("abc".getBytes(US_ASCII)))
                .isEqualTo(
                        Hex.of(
                                "ba7816bf 8f01cfea 414140de 5dae2223"
                                        + "b00361a3 96177a9c b410ff61 f20015ad"));
        assertThat(Sha256.begin().digest())
                .isEqualTo(
                        Hex.of(
                                        "e3b0c442 98fc1c14 9afbf4c8 996fb924"
                                                + "27ae41e4 649b934c a495991b 7852b855")
                                .toByteArray());
    }
}
