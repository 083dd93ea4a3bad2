// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class TcpOptionsTest {
    private final TcpOptions options = new TcpOptions();

    private void parse(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        options.parse(Cstruct.of(octets), 0, octets.length);
    }

    @Test
    void theOptionsOfASynAreRead() {
        parse("020405b4 0402 080a 00000064 00000000 01 030308");
        assertThat(options.mss).isEqualTo(1460);
        assertThat(options.sackPermitted).isTrue();
        assertThat(options.hasTimestamps).isTrue();
        assertThat(options.tsVal).isEqualTo(100);
        assertThat(options.windowScale).isEqualTo(8);
        assertThat(options.malformed).isFalse();
    }

    @Test
    void aShiftAbove14CountsAs14() {
        parse("0303ff");
        assertThat(options.windowScale).isEqualTo(14);
    }

    @Test
    void fourSackBlocksAreRead() {
        parse("0101 0522" + "00000001 00000002".repeat(4));
        assertThat(options.sackBlocks).isEqualTo(4);
        assertThat(options.sackEnd[3]).isEqualTo(2);
    }

    @Test
    void anOptionThatIsCutOffEndsTheParsing() {
        parse("020405b4 080a0000");
        assertThat(options.mss).isEqualTo(1460);
        assertThat(options.hasTimestamps).isFalse();
        assertThat(options.malformed).isTrue();
    }

    @Test
    void nothingIsReadBehindTheEnd() {
        parse("00 020405b4");
        assertThat(options.mss).isZero();
    }

    @Test
    void aLengthBelowTwoDoesNotLoop() {
        parse("0800 0801");
        assertThat(options.malformed).isTrue();
    }

    @Property
    void arbitraryOctetsNeverThrow(@ForAll @Size(max = 40) byte[] octets) {
        options.parse(Cstruct.of(octets), 0, octets.length);
        assertThat(options.sackBlocks).isBetween(0, TcpOptions.MAX_SACK_BLOCKS);
        if (options.cookieOffset >= 0) {
            assertThat(options.cookieOffset + options.cookieLength)
                    .isLessThanOrEqualTo(octets.length);
        }
    }
}
