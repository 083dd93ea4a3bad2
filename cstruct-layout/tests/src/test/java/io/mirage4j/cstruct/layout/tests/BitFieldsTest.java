// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.cstruct.layout.tests.BitFields.Kind;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Bit fields against a model that picks single bits. The model takes a group as an array of bits
/// in the order in which they are given out.
class BitFieldsTest {
    private static final int OCTETS = 24;

    private interface Reader {
        long read(ReadOnlyCstruct buf, int off);
    }

    private interface Writer {
        void write(Cstruct buf, int off, long v);
    }

    /// `group` and `groupOctets` tell where the group is, `before` how many of its bits are given
    /// out before this field's.
    private record Row(
            String name,
            int group,
            int groupOctets,
            int before,
            int width,
            boolean signed,
            boolean big,
            boolean lowestFirst,
            Reader reader,
            Writer writer) {
        /// The index in the window's bits of the field's bit `i`, 0 the lowest; bit 0 of an octet
        /// is its lowest.
        int bit(int i) {
            int inNumber = lowestFirst ? before + i : groupOctets * 8 - before - width + i;
            int octet = inNumber / 8;
            return (group + (big ? groupOctets - 1 - octet : octet)) * 8 + inNumber % 8;
        }

        long model(byte[] octets, int off) {
            long value = 0;
            for (int i = 0; i < width; i++) {
                int at = off * 8 + bit(i);
                value |= (octets[at / 8] >> (at % 8) & 1L) << i;
            }
            return signed ? value << (64 - width) >> (64 - width) : value;
        }

        void modelWrite(byte[] octets, int off, long value) {
            for (int i = 0; i < width; i++) {
                int at = off * 8 + bit(i);
                int mask = 1 << (at % 8);
                boolean set = (value >> i & 1) != 0;
                octets[at / 8] = (byte) (set ? octets[at / 8] | mask : octets[at / 8] & ~mask);
            }
        }
    }

    private static Row big(
            String name, int before, int width, boolean signed, Reader reader, Writer writer) {
        return new Row(name, 0, 17, before, width, signed, true, false, reader, writer);
    }

    private static Row little(
            String name, int before, int width, boolean signed, Reader reader, Writer writer) {
        return new Row(name, 0, 17, before, width, signed, false, true, reader, writer);
    }

    /// All of a layout in its natural order is one group of 17 octets to the model.
    private static final List<Row> ROWS =
            List.of(
                    big(
                            "a",
                            0,
                            4,
                            false,
                            BitFieldsBigLayout::a,
                            (b, o, v) -> BitFieldsBigLayout.putA(b, o, (int) v)),
                    big(
                            "b",
                            4,
                            8,
                            false,
                            BitFieldsBigLayout::b,
                            (b, o, v) -> BitFieldsBigLayout.putB(b, o, (int) v)),
                    big(
                            "c",
                            12,
                            20,
                            false,
                            BitFieldsBigLayout::c,
                            (b, o, v) -> BitFieldsBigLayout.putC(b, o, (int) v)),
                    big(
                            "d",
                            32,
                            3,
                            false,
                            BitFieldsBigLayout::d,
                            (b, o, v) -> BitFieldsBigLayout.putD(b, o, (int) v)),
                    big("e", 35, 50, false, BitFieldsBigLayout::e, BitFieldsBigLayout::putE),
                    big(
                            "f",
                            85,
                            11,
                            true,
                            BitFieldsBigLayout::f,
                            (b, o, v) -> BitFieldsBigLayout.putF(b, o, (int) v)),
                    big(
                            "g",
                            96,
                            1,
                            false,
                            (b, o) -> BitFieldsBigLayout.g(b, o) ? 1 : 0,
                            (b, o, v) -> BitFieldsBigLayout.putG(b, o, (v & 1) != 0)),
                    big(
                            "h",
                            97,
                            32,
                            false,
                            (b, o) -> Integer.toUnsignedLong(BitFieldsBigLayout.h(b, o)),
                            (b, o, v) -> BitFieldsBigLayout.putH(b, o, (int) v)),
                    big(
                            "i",
                            129,
                            7,
                            true,
                            BitFieldsBigLayout::i,
                            (b, o, v) -> BitFieldsBigLayout.putI(b, o, (int) v)),
                    little(
                            "a",
                            0,
                            4,
                            false,
                            BitFieldsLittleLayout::a,
                            (b, o, v) -> BitFieldsLittleLayout.putA(b, o, (int) v)),
                    little(
                            "b",
                            4,
                            8,
                            false,
                            BitFieldsLittleLayout::b,
                            (b, o, v) -> BitFieldsLittleLayout.putB(b, o, (int) v)),
                    little(
                            "c",
                            12,
                            20,
                            false,
                            BitFieldsLittleLayout::c,
                            (b, o, v) -> BitFieldsLittleLayout.putC(b, o, (int) v)),
                    little(
                            "d",
                            32,
                            3,
                            false,
                            BitFieldsLittleLayout::d,
                            (b, o, v) -> BitFieldsLittleLayout.putD(b, o, (int) v)),
                    little(
                            "e",
                            35,
                            50,
                            false,
                            BitFieldsLittleLayout::e,
                            BitFieldsLittleLayout::putE),
                    little(
                            "f",
                            85,
                            11,
                            true,
                            BitFieldsLittleLayout::f,
                            (b, o, v) -> BitFieldsLittleLayout.putF(b, o, (int) v)),
                    little(
                            "g",
                            96,
                            1,
                            false,
                            (b, o) -> BitFieldsLittleLayout.g(b, o) ? 1 : 0,
                            (b, o, v) -> BitFieldsLittleLayout.putG(b, o, (v & 1) != 0)),
                    little(
                            "h",
                            97,
                            32,
                            false,
                            (b, o) -> Integer.toUnsignedLong(BitFieldsLittleLayout.h(b, o)),
                            (b, o, v) -> BitFieldsLittleLayout.putH(b, o, (int) v)),
                    little(
                            "i",
                            129,
                            7,
                            true,
                            BitFieldsLittleLayout::i,
                            (b, o, v) -> BitFieldsLittleLayout.putI(b, o, (int) v)),
                    new Row(
                            "crossed a",
                            0,
                            4,
                            0,
                            5,
                            false,
                            true,
                            true,
                            BitFieldsCrossedLayout::a,
                            (b, o, v) -> BitFieldsCrossedLayout.putA(b, o, (int) v)),
                    new Row(
                            "crossed b",
                            0,
                            4,
                            5,
                            9,
                            false,
                            true,
                            true,
                            BitFieldsCrossedLayout::b,
                            (b, o, v) -> BitFieldsCrossedLayout.putB(b, o, (int) v)),
                    new Row(
                            "crossed c",
                            0,
                            4,
                            14,
                            18,
                            false,
                            true,
                            true,
                            BitFieldsCrossedLayout::c,
                            (b, o, v) -> BitFieldsCrossedLayout.putC(b, o, (int) v)),
                    new Row(
                            "crossed d",
                            4,
                            7,
                            0,
                            3,
                            false,
                            false,
                            false,
                            BitFieldsCrossedLayout::d,
                            (b, o, v) -> BitFieldsCrossedLayout.putD(b, o, (int) v)),
                    new Row(
                            "crossed e",
                            4,
                            7,
                            3,
                            53,
                            false,
                            false,
                            false,
                            BitFieldsCrossedLayout::e,
                            BitFieldsCrossedLayout::putE),
                    new Row(
                            "crossed f",
                            11,
                            2,
                            0,
                            12,
                            false,
                            false,
                            false,
                            BitFieldsCrossedLayout::f,
                            (b, o, v) -> BitFieldsCrossedLayout.putF(b, o, (int) v)),
                    new Row(
                            "crossed kind",
                            11,
                            2,
                            12,
                            4,
                            false,
                            false,
                            false,
                            BitFieldsCrossedLayout::kindCode,
                            (b, o, v) ->
                                    BitFieldsCrossedLayout.putKind(
                                            b, o, BitFieldsKindCodes.of((int) v & 15))),
                    new Row(
                            "wide all",
                            1,
                            8,
                            0,
                            64,
                            false,
                            false,
                            true,
                            BitFieldsWideLayout::all,
                            BitFieldsWideLayout::putAll),
                    new Row(
                            "wide sign",
                            9,
                            8,
                            0,
                            1,
                            true,
                            false,
                            true,
                            BitFieldsWideLayout::sign,
                            (b, o, v) -> BitFieldsWideLayout.putSign(b, o, (int) v)),
                    new Row(
                            "wide rest",
                            9,
                            8,
                            1,
                            63,
                            false,
                            false,
                            true,
                            BitFieldsWideLayout::rest,
                            BitFieldsWideLayout::putRest));

    @Property
    void readersPickTheirBits(
            @ForAll @Size(OCTETS) byte[] octets, @ForAll @IntRange(max = 7) int off) {
        Cstruct buf = Cstruct.of(octets);
        for (Row row : ROWS) {
            assertThat(row.reader().read(buf, off))
                    .as(row.name())
                    .isEqualTo(row.model(octets, off));
        }
    }

    @Property
    void writersLeaveTheOtherBits(
            @ForAll @Size(OCTETS) byte[] octets,
            @ForAll @IntRange(max = 7) int off,
            @ForAll long value) {
        for (Row row : ROWS) {
            byte[] written = octets.clone();
            row.writer().write(Cstruct.of(written), off, value);
            byte[] expected = octets.clone();
            row.modelWrite(expected, off, value);
            assertThat(written).as(row.name()).isEqualTo(expected);
        }
    }

    @Test
    void aFieldTouchesOnlyTheOctetsThatHoldIt() {
        // 17 octets are declared, but the fields of the first octet work on a window of one.
        Cstruct one = Cstruct.of(new byte[] {(byte) 0xab});
        assertThat(BitFieldsBigLayout.a(one, 0)).isEqualTo(0xa);
        BitFieldsBigLayout.putA(one, 0, 5);
        assertThat(one.u8(0)).isEqualTo(0x5b);
    }

    @Test
    void namesAreForBitsToo() {
        Cstruct buf = Cstruct.create(BitFieldsCrossedLayout.SIZE);
        BitFieldsCrossedLayout.putKind(buf, 0, Kind.Known.NINE);
        assertThat(BitFieldsCrossedLayout.kind(buf, 0)).isEqualTo(Kind.Known.NINE);
        assertThat(buf.u8(11)).isEqualTo(9);
        buf.putU8(11, 0x77);
        assertThat(BitFieldsCrossedLayout.kind(buf, 0)).isEqualTo(new Kind.Unknown(7));
    }
}
