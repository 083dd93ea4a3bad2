// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.List;

/// Numbers of every width against BigInteger over the same octets.
class NumbersTest {
    private interface Reader {
        long read(ReadOnlyCstruct buf, int off);
    }

    private interface Writer {
        void write(Cstruct buf, int off, long v);
    }

    private record Row(
            String name, int offset, int octets, boolean signed, Reader reader, Writer writer) {}

    private static final List<Row> BIG =
            List.of(
                    new Row(
                            "u8",
                            NumbersBigLayout.OFFSET_U8,
                            1,
                            false,
                            NumbersBigLayout::u8,
                            (buf, off, v) -> NumbersBigLayout.putU8(buf, off, (int) v)),
                    new Row(
                            "s8",
                            NumbersBigLayout.OFFSET_S8,
                            1,
                            true,
                            NumbersBigLayout::s8,
                            (buf, off, v) -> NumbersBigLayout.putS8(buf, off, (int) v)),
                    new Row(
                            "u16",
                            NumbersBigLayout.OFFSET_U16,
                            2,
                            false,
                            NumbersBigLayout::u16,
                            (buf, off, v) -> NumbersBigLayout.putU16(buf, off, (int) v)),
                    new Row(
                            "s16",
                            NumbersBigLayout.OFFSET_S16,
                            2,
                            true,
                            NumbersBigLayout::s16,
                            (buf, off, v) -> NumbersBigLayout.putS16(buf, off, (int) v)),
                    new Row(
                            "u24",
                            NumbersBigLayout.OFFSET_U24,
                            3,
                            false,
                            NumbersBigLayout::u24,
                            (buf, off, v) -> NumbersBigLayout.putU24(buf, off, (int) v)),
                    new Row(
                            "s24",
                            NumbersBigLayout.OFFSET_S24,
                            3,
                            true,
                            NumbersBigLayout::s24,
                            (buf, off, v) -> NumbersBigLayout.putS24(buf, off, (int) v)),
                    new Row(
                            "u32",
                            NumbersBigLayout.OFFSET_U32,
                            4,
                            false,
                            NumbersBigLayout::u32,
                            (buf, off, v) -> NumbersBigLayout.putU32(buf, off, (int) v)),
                    new Row(
                            "s32",
                            NumbersBigLayout.OFFSET_S32,
                            4,
                            true,
                            NumbersBigLayout::s32,
                            (buf, off, v) -> NumbersBigLayout.putS32(buf, off, (int) v)),
                    new Row(
                            "u40",
                            NumbersBigLayout.OFFSET_U40,
                            5,
                            false,
                            NumbersBigLayout::u40,
                            NumbersBigLayout::putU40),
                    new Row(
                            "s40",
                            NumbersBigLayout.OFFSET_S40,
                            5,
                            true,
                            NumbersBigLayout::s40,
                            NumbersBigLayout::putS40),
                    new Row(
                            "u48",
                            NumbersBigLayout.OFFSET_U48,
                            6,
                            false,
                            NumbersBigLayout::u48,
                            NumbersBigLayout::putU48),
                    new Row(
                            "s48",
                            NumbersBigLayout.OFFSET_S48,
                            6,
                            true,
                            NumbersBigLayout::s48,
                            NumbersBigLayout::putS48),
                    new Row(
                            "u64",
                            NumbersBigLayout.OFFSET_U64,
                            8,
                            false,
                            NumbersBigLayout::u64,
                            NumbersBigLayout::putU64),
                    new Row(
                            "s64",
                            NumbersBigLayout.OFFSET_S64,
                            8,
                            true,
                            NumbersBigLayout::s64,
                            NumbersBigLayout::putS64));

    private static final List<Row> LITTLE =
            List.of(
                    new Row(
                            "u8",
                            NumbersLittleLayout.OFFSET_U8,
                            1,
                            false,
                            NumbersLittleLayout::u8,
                            (buf, off, v) -> NumbersLittleLayout.putU8(buf, off, (int) v)),
                    new Row(
                            "s8",
                            NumbersLittleLayout.OFFSET_S8,
                            1,
                            true,
                            NumbersLittleLayout::s8,
                            (buf, off, v) -> NumbersLittleLayout.putS8(buf, off, (int) v)),
                    new Row(
                            "u16",
                            NumbersLittleLayout.OFFSET_U16,
                            2,
                            false,
                            NumbersLittleLayout::u16,
                            (buf, off, v) -> NumbersLittleLayout.putU16(buf, off, (int) v)),
                    new Row(
                            "s16",
                            NumbersLittleLayout.OFFSET_S16,
                            2,
                            true,
                            NumbersLittleLayout::s16,
                            (buf, off, v) -> NumbersLittleLayout.putS16(buf, off, (int) v)),
                    new Row(
                            "u24",
                            NumbersLittleLayout.OFFSET_U24,
                            3,
                            false,
                            NumbersLittleLayout::u24,
                            (buf, off, v) -> NumbersLittleLayout.putU24(buf, off, (int) v)),
                    new Row(
                            "s24",
                            NumbersLittleLayout.OFFSET_S24,
                            3,
                            true,
                            NumbersLittleLayout::s24,
                            (buf, off, v) -> NumbersLittleLayout.putS24(buf, off, (int) v)),
                    new Row(
                            "u32",
                            NumbersLittleLayout.OFFSET_U32,
                            4,
                            false,
                            NumbersLittleLayout::u32,
                            (buf, off, v) -> NumbersLittleLayout.putU32(buf, off, (int) v)),
                    new Row(
                            "s32",
                            NumbersLittleLayout.OFFSET_S32,
                            4,
                            true,
                            NumbersLittleLayout::s32,
                            (buf, off, v) -> NumbersLittleLayout.putS32(buf, off, (int) v)),
                    new Row(
                            "u40",
                            NumbersLittleLayout.OFFSET_U40,
                            5,
                            false,
                            NumbersLittleLayout::u40,
                            NumbersLittleLayout::putU40),
                    new Row(
                            "s40",
                            NumbersLittleLayout.OFFSET_S40,
                            5,
                            true,
                            NumbersLittleLayout::s40,
                            NumbersLittleLayout::putS40),
                    new Row(
                            "u48",
                            NumbersLittleLayout.OFFSET_U48,
                            6,
                            false,
                            NumbersLittleLayout::u48,
                            NumbersLittleLayout::putU48),
                    new Row(
                            "s48",
                            NumbersLittleLayout.OFFSET_S48,
                            6,
                            true,
                            NumbersLittleLayout::s48,
                            NumbersLittleLayout::putS48),
                    new Row(
                            "u64",
                            NumbersLittleLayout.OFFSET_U64,
                            8,
                            false,
                            NumbersLittleLayout::u64,
                            NumbersLittleLayout::putU64),
                    new Row(
                            "s64",
                            NumbersLittleLayout.OFFSET_S64,
                            8,
                            true,
                            NumbersLittleLayout::s64,
                            NumbersLittleLayout::putS64));

    @Property
    void bigEndianReadersSeeTheOctets(
            @ForAll @Size(100) byte[] octets, @ForAll @IntRange(max = 30) int off) {
        readersSeeTheOctets(BIG, true, octets, off);
    }

    @Property
    void littleEndianReadersSeeTheOctets(
            @ForAll @Size(100) byte[] octets, @ForAll @IntRange(max = 30) int off) {
        readersSeeTheOctets(LITTLE, false, octets, off);
    }

    @Property
    void bigEndianWritersChangeTheirOctetsOnly(
            @ForAll @Size(100) byte[] octets,
            @ForAll @IntRange(max = 30) int off,
            @ForAll long value) {
        writersChangeTheirOctetsOnly(BIG, true, octets, off, value);
    }

    @Property
    void littleEndianWritersChangeTheirOctetsOnly(
            @ForAll @Size(100) byte[] octets,
            @ForAll @IntRange(max = 30) int off,
            @ForAll long value) {
        writersChangeTheirOctetsOnly(LITTLE, false, octets, off, value);
    }

    private static void readersSeeTheOctets(List<Row> rows, boolean big, byte[] octets, int off) {
        Cstruct buf = Cstruct.of(octets);
        for (Row row : rows) {
            assertThat(asField(row, row.reader().read(buf, off)))
                    .as(row.name())
                    .isEqualTo(model(row, big, octets, off));
        }
    }

    private static void writersChangeTheirOctetsOnly(
            List<Row> rows, boolean big, byte[] octets, int off, long value) {
        for (Row row : rows) {
            byte[] written = octets.clone();
            row.writer().write(Cstruct.of(written), off, value);
            byte[] expected = octets.clone();
            for (int i = 0; i < row.octets(); i++) {
                int place = big ? row.octets() - 1 - i : i;
                expected[off + row.offset() + place] = (byte) (value >> (8 * i));
            }
            assertThat(written).as(row.name()).isEqualTo(expected);
        }
    }

    private static BigInteger model(Row row, boolean big, byte[] octets, int off) {
        byte[] digits = new byte[row.octets()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = octets[off + row.offset() + (big ? i : digits.length - 1 - i)];
        }
        return row.signed() ? new BigInteger(digits) : new BigInteger(1, digits);
    }

    /// An unsigned 32-bit number comes as an `int`, a 64-bit one as a `long`, with its bits.
    private static BigInteger asField(Row row, long read) {
        BigInteger value = BigInteger.valueOf(read);
        boolean wrapped = !row.signed() && (row.octets() == 4 || row.octets() == 8);
        return wrapped && read < 0 ? value.add(BigInteger.ONE.shiftLeft(row.octets() * 8)) : value;
    }

    @Property
    void floatsKeepTheirBits(@ForAll float f, @ForAll double d) {
        Cstruct buf = Cstruct.create(NumbersBigLayout.SIZE);
        NumbersBigLayout.putF32(buf, 0, f);
        NumbersBigLayout.putF64(buf, 0, d);
        assertThat(NumbersBigLayout.f32(buf, 0)).isEqualTo(f);
        assertThat(NumbersBigLayout.f64(buf, 0)).isEqualTo(d);
        assertThat(buf.u32be(NumbersBigLayout.OFFSET_F32)).isEqualTo(Float.floatToRawIntBits(f));
        NumbersLittleLayout.putF64(buf, 0, d);
        assertThat(buf.u64le(NumbersLittleLayout.OFFSET_F64))
                .isEqualTo(Double.doubleToRawLongBits(d));
    }

    @Test
    void aFieldMayDepartFromTheOrderOfItsLayout() {
        Cstruct buf = Cstruct.create(NumbersMixedLayout.SIZE);
        NumbersMixedLayout.putBig(buf, 0, 0x1234);
        NumbersMixedLayout.putLittle(buf, 0, 0x1234);
        NumbersMixedLayout.putLittleLong(buf, 0, 1);
        NumbersMixedLayout.putBigDouble(buf, 0, 1.0);
        assertThat(buf.toByteArray())
                .isEqualTo(
                        new byte[] {
                            0x12,
                            0x34,
                            0x34,
                            0x12,
                            1,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0x3f,
                            (byte) 0xf0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0
                        });
    }

    @Test
    void offsetsAreTheSumOfWhatStandsBefore() {
        int at = 0;
        for (Row row : BIG) {
            assertThat(row.offset()).as(row.name()).isEqualTo(at);
            at += row.octets();
        }
        assertThat(NumbersBigLayout.OFFSET_F32).isEqualTo(at);
        assertThat(NumbersBigLayout.SIZE).isEqualTo(at + 12);
    }
}
