// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;

class Leb128Test {
    @Test
    void knownForms() {
        assertThat(unsigned(624485)).isEqualTo("e58e26");
        assertThat(unsigned(0)).isEqualTo("00");
        assertThat(unsigned(127)).isEqualTo("7f");
        assertThat(unsigned(128)).isEqualTo("8001");
        assertThat(unsigned(-1)).isEqualTo("ffffffffffffffffff01");
        assertThat(signed(-123456)).isEqualTo("c0bb78");
        assertThat(signed(-1)).isEqualTo("7f");
        assertThat(signed(63)).isEqualTo("3f");
        assertThat(signed(64)).isEqualTo("c000");
        assertThat(signed(-64)).isEqualTo("40");
        assertThat(signed(Long.MIN_VALUE)).isEqualTo("8080808080808080807f");
        assertThat(signed(Long.MAX_VALUE)).isEqualTo("ffffffffffffffffff00");
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll long v, @ForAll Ground ground, @ForAll @IntRange(max = 9) int off) {
        Cstruct buf = ground.zeros(off + 10);
        int octets = Leb128.putU64(buf, off, v);
        assertThat(octets).isEqualTo(Leb128.lengthU64(v)).isEqualTo(Leb128.measureU64(buf, off));
        assertThat(Leb128.u64(buf, off)).isEqualTo(v);
        octets = Leb128.putS64(buf, off, v);
        assertThat(octets).isEqualTo(Leb128.lengthS64(v)).isEqualTo(Leb128.measureS64(buf, off));
        assertThat(Leb128.s64(buf, off)).isEqualTo(v);
    }

    @Property
    void whatIsWrittenIn32BitsIsRead(@ForAll int v, @ForAll Ground ground) {
        Cstruct buf = ground.zeros(5);
        int octets = Leb128.putU32(buf, 0, v);
        assertThat(octets).isEqualTo(Leb128.lengthU32(v)).isEqualTo(Leb128.measureU32(buf, 0));
        assertThat(Leb128.u32(buf, 0)).isEqualTo(v);
        octets = Leb128.putS32(buf, 0, v);
        assertThat(octets).isEqualTo(Leb128.lengthS32(v)).isEqualTo(Leb128.measureS32(buf, 0));
        assertThat(Leb128.s32(buf, 0)).isEqualTo(v);
    }

    @Property
    void everyPrefixOfANumberIsTruncated(@ForAll long v) {
        Cstruct buf = Cstruct.create(10);
        Cstruct whole = buf.sub(0, Leb128.putU64(buf, 0, v));
        for (int length = 0; length < whole.length(); length++) {
            assertThat(Leb128.measureU64(whole.sub(0, length), 0)).isEqualTo(Leb128.TRUNCATED);
        }
    }

    /// Against a model that reads any length into a `BigInteger` and looks only then.
    @Property(tries = 5000)
    void arbitraryOctetsAreJudgedAsByTheModel(
            @ForAll @Size(max = 12) boolean[] goesOn, @ForAll @Size(12) byte[] bits) {
        byte[] octets = new byte[goesOn.length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (goesOn[i] ? bits[i] | 0x80 : bits[i] & 0x7f);
        }
        Cstruct buf = Cstruct.of(octets);
        assertThat(Leb128.measureU32(buf, 0)).isEqualTo(model(octets, 32, false));
        assertThat(Leb128.measureU64(buf, 0)).isEqualTo(model(octets, 64, false));
        assertThat(Leb128.measureS32(buf, 0)).isEqualTo(model(octets, 32, true));
        assertThat(Leb128.measureS64(buf, 0)).isEqualTo(model(octets, 64, true));
        if (Leb128.measureU64(buf, 0) > 0) {
            assertThat(Leb128.u64(buf, 0)).isEqualTo(number(octets, false).longValue());
        }
        if (Leb128.measureS64(buf, 0) > 0) {
            assertThat(Leb128.s64(buf, 0)).isEqualTo(number(octets, true).longValue());
        }
    }

    @Test
    void lastOctetsAreJudgedBitByBit() {
        for (int last = 0; last < 0x80; last++) {
            byte[] five = {(byte) 0xff, (byte) 0x80, (byte) 0xff, (byte) 0x80, (byte) last};
            byte[] ten = new byte[10];
            java.util.Arrays.fill(ten, (byte) 0x80);
            ten[9] = (byte) last;
            for (boolean signed : new boolean[] {false, true}) {
                int judged =
                        signed
                                ? Leb128.measureS32(Cstruct.of(five), 0)
                                : Leb128.measureU32(Cstruct.of(five), 0);
                assertThat(judged).isEqualTo(model(five, 32, signed));
                judged =
                        signed
                                ? Leb128.measureS64(Cstruct.of(ten), 0)
                                : Leb128.measureU64(Cstruct.of(ten), 0);
                assertThat(judged).isEqualTo(model(ten, 64, signed));
            }
        }
    }

    @Test
    void anOffsetOutsideIsRefusedWithTheValues() {
        assertThatThrownBy(() -> Leb128.measureU32(Cstruct.create(4), 5))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 5 + length 0 > 4");
        assertThatThrownBy(() -> Leb128.measureU32(Cstruct.create(4), Integer.MIN_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aNumberThatDoesNotFitLeavesTheWindowAlone() {
        Cstruct buf = Cstruct.create(2);
        assertThatThrownBy(() -> Leb128.putU32(buf, 0, 1 << 20))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 0 + length 3 > 2");
        assertThat(buf).isEqualTo(Cstruct.create(2));
    }

    private static String unsigned(long v) {
        Cstruct buf = Cstruct.create(10);
        return Hex.emit(buf.sub(0, Leb128.putU64(buf, 0, v)));
    }

    private static String signed(long v) {
        Cstruct buf = Cstruct.create(10);
        return Hex.emit(buf.sub(0, Leb128.putS64(buf, 0, v)));
    }

    private static int model(byte[] octets, int bits, boolean signed) {
        int most = (bits + 6) / 7;
        int end = end(octets);
        if (end == 0 && octets.length < most) return Leb128.TRUNCATED;
        if (end == 0 || end > most) return Leb128.OVERLONG;
        BigInteger number = number(octets, signed);
        boolean fits = signed ? number.bitLength() < bits : number.bitLength() <= bits;
        return fits ? end : Leb128.TOO_LARGE;
    }

    private static BigInteger number(byte[] octets, boolean signed) {
        int end = end(octets);
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < end; i++) {
            number = number.or(BigInteger.valueOf(octets[i] & 0x7f).shiftLeft(7 * i));
        }
        return signed && number.testBit(7 * end - 1)
                ? number.subtract(BigInteger.ONE.shiftLeft(7 * end))
                : number;
    }

    private static int end(byte[] octets) {
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] >= 0) return i + 1;
        }
        return 0;
    }
}
