// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.Arrays;
import java.util.HexFormat;

class InternetChecksumTest {
    /// RFC 1071, 3: 0001 f203 f4f5 f6f7 sum up to 2ddf0, which folds to ddf2.
    @Example
    void exampleOfRfc1071() {
        Cstruct octets = Cstruct.of(HexFormat.of().parseHex("0001f203f4f5f6f7"));
        long sum = InternetChecksum.onesComplementSum(octets);
        assertThat(InternetChecksum.fold(sum)).isEqualTo(0xddf2);
        assertThat(InternetChecksum.finish(sum)).isEqualTo(0x220d);
    }

    /// RFC 1624, 4: the field 0x5555 becomes 0x3285 under checksum 0xdd2f, and the result is 0x0000
    /// where RFC 1141 gives 0xffff.
    @Example
    void exampleOfRfc1624() {
        assertThat(InternetChecksum.updateU16(0xdd2f, 0x5555, 0x3285)).isZero();
    }

    @Example
    void zeroOnlyComesOfZeros() {
        assertThat(InternetChecksum.fold(InternetChecksum.onesComplementSum(Cstruct.create(99))))
                .isZero();
        Cstruct ones = Cstruct.create(98);
        ones.fill(0xff);
        assertThat(InternetChecksum.fold(InternetChecksum.onesComplementSum(ones)))
                .isEqualTo(0xffff);
        assertThat(InternetChecksum.fold(InternetChecksum.onesComplementSum(Cstruct.empty())))
                .isZero();
    }

    @Example
    void foldTakesAnySum() {
        assertThat(InternetChecksum.fold(0xffff)).isEqualTo(0xffff);
        assertThat(InternetChecksum.fold(0x1_0000)).isEqualTo(1);
        assertThat(InternetChecksum.fold(0x1_fffe)).isEqualTo(0xffff);
        assertThat(InternetChecksum.fold(0x1_ffff)).isEqualTo(1);
        assertThat(InternetChecksum.fold(0xffff_ffffL)).isEqualTo(0xffff);
        assertThat(InternetChecksum.fold(-1)).isEqualTo(0xffff);
        assertThat(InternetChecksum.fold(Long.MIN_VALUE)).isEqualTo(0x8000);
    }

    @Example
    void aLargeWindowKeepsEveryCarry() {
        byte[] octets = new byte[1 << 22];
        Arrays.fill(octets, (byte) 0xff);
        octets[7] = 0x12;
        octets[octets.length - 1] = 0x34;
        assertThat(InternetChecksum.fold(InternetChecksum.onesComplementSum(Cstruct.of(octets))))
                .isEqualTo(PlainChecksum.fold(octets, 0, octets.length));
    }

    @Property
    void anySplitSumsToTheSame(
            @ForAll @Size(max = 200) byte[] octets, @ForAll @IntRange(max = 200) int cut) {
        int at = Math.min(cut, octets.length);
        Cstruct whole = Cstruct.of(octets);
        long head = InternetChecksum.onesComplementSum(whole, 0, at);
        long tail = InternetChecksum.onesComplementSum(whole, at, octets.length - at);
        assertThat(InternetChecksum.fold(InternetChecksum.combine(head, at, tail)))
                .isEqualTo(PlainChecksum.fold(octets, 0, octets.length));
    }

    @Property
    void aPacketWithItsChecksumIsValid(@ForAll @Size(min = 4, max = 90) byte[] octets) {
        Cstruct packet = Cstruct.of(octets);
        packet.putU16be(2, 0);
        packet.putU16be(2, InternetChecksum.finish(InternetChecksum.onesComplementSum(packet)));
        assertThat(InternetChecksum.isValid(InternetChecksum.onesComplementSum(packet))).isTrue();
        packet.putU8(0, packet.u8(0) ^ 0x10);
        assertThat(InternetChecksum.isValid(InternetChecksum.onesComplementSum(packet))).isFalse();
    }

    @Property
    void anUpdateGivesWhatSummingAgainGives(
            @ForAll @Size(min = 12, max = 60) byte[] octets,
            @ForAll int value,
            @ForAll @IntRange(max = 24) int word) {
        Cstruct packet = Cstruct.of(octets);
        packet.putU16be(0, 0x4500); // a packet of zeros has two checksums
        int before = InternetChecksum.finish(InternetChecksum.onesComplementSum(packet));
        int at = 2 + 2 * Math.min(word, (octets.length - 6) / 2);
        int oldInt = packet.u32be(at);
        int oldShort = packet.u16be(at);

        packet.putU16be(at, value);
        assertThat(InternetChecksum.updateU16(before, oldShort, value))
                .isEqualTo(InternetChecksum.finish(InternetChecksum.onesComplementSum(packet)));

        packet.putU32be(at, value);
        assertThat(InternetChecksum.updateU32(before, oldInt, value))
                .isEqualTo(InternetChecksum.finish(InternetChecksum.onesComplementSum(packet)));
    }
}
