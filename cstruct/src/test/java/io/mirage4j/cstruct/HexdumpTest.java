// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

class HexdumpTest {
    @ParameterizedTest
    @EnumSource
    void aHeaderIsDumped(Ground ground) {
        Cstruct header = Hex.of("4500001c00004000 4011000 07f000001 7f000001 68656c6c6f20776f");
        assertThat(Hexdump.of(ground.window(header.toByteArray())))
                .isEqualTo(
                        """
                        00000000  45 00 00 1c 00 00 40 00  40 11 00 00 7f 00 00 01  |E.....@.@.......|
                        00000010  7f 00 00 01 68 65 6c 6c  6f 20 77 6f              |....hello wo|
                        0000001c
                        """);
    }

    @Test
    void repeatedLinesAreOneStar() {
        assertThat(Hexdump.of(Cstruct.create(4096)))
                .isEqualTo(
                        """
                        00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
                        *
                        00001000
                        """);
    }

    @Test
    void whatIsBeyondTheLimitIsCounted() {
        assertThat(Hexdump.of(ReadOnlyCstruct.of("abcdef"), 2))
                .isEqualTo(
                        """
                        00000000  61 62                                             |ab|
                        ... 4 more octets
                        """);
        assertThat(Hexdump.of(ReadOnlyCstruct.of("ab"), 0)).isEqualTo("... 2 more octets\n");
        assertThat(Hexdump.of(Cstruct.create(5000))).endsWith("*\n... 904 more octets\n");
        assertThat(Hexdump.of(Cstruct.empty())).isEmpty();
        assertThatThrownBy(() -> Hexdump.of(Cstruct.empty(), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit -1 < 0");
    }

    @Test
    void anAppendableGetsTheSame() throws IOException {
        StringWriter out = new StringWriter();
        Hexdump.emit(ReadOnlyCstruct.of("some text, longer than a line"), 100, out);
        assertThat(out)
                .hasToString(Hexdump.of(ReadOnlyCstruct.of("some text, longer than a line")));
    }

    @Test
    void theCommandHexdumpSaysTheSame() throws IOException, InterruptedException {
        Path hexdump = Peers.require("hexdump");
        Random random = new Random(1);
        Path file = Files.createTempFile("hexdump", ".bin");
        try {
            for (int length : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 64, 100, 1000}) {
                byte[] octets = new byte[length];
                random.nextBytes(octets);
                // Some lines repeat, at the end as well.
                for (int at = 32; at < length; at++) {
                    octets[at] = at / 16 % 4 == 0 ? octets[at] : octets[at - 16];
                }
                Files.write(file, octets);
                Process peer =
                        new ProcessBuilder(hexdump.toString(), "-C", file.toString()).start();
                String said =
                        new String(peer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(peer.waitFor()).isZero();
                assertThat(Hexdump.of(Cstruct.of(octets))).as("%d octets", length).isEqualTo(said);
            }
        } finally {
            Files.delete(file);
        }
    }
}
