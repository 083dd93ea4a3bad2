// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/// The sum of vectors is that of a plain loop, for each length and place, also where halves of
/// words are all ones. QEMU's processor and the tender's may have vectors of different width.
class SumTest {
    private static final String CODE =
            """
            uint64_t sum_of_words(const uint8_t *at, uint64_t octets);
            static uint8_t octets[4096];
            uint32_t noise = 1;
            for (int round = 0; round < 2000; round++) {
                uint64_t length = 8 * (round % 400), off = (uint64_t)round % 67;
                for (uint64_t i = 0; i < length; i++) {
                    noise = noise * 1664525 + 1013904223;
                    octets[off + i] = round % 3 == 0 ? 255 : noise >> 24;
                }
                uint64_t plain = 0;
                for (uint64_t i = 0; i < length; i += 4) {
                    uint32_t word;
                    __builtin_memcpy(&word, octets + off + i, 4);
                    plain += word;
                }
                if (sum_of_words(octets + off, length) != plain) {
                    print("differs\\n");
                    return 1;
                }
            }
            print("same\\n");
            return 0;
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"spt", "virtio"})
    void isThatOfAPlainLoop(String target) throws Exception {
        Path image = folder.resolve("sum." + target);
        new SmallImage(target, "IMAGE(\"sum\")", CODE).link(image);
        SmallGuest guest = SmallGuest.run(target, image);
        assertThat(guest.output().strip()).isEqualTo("same");
        assertThat(guest.status()).isZero();
    }
}
