// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.cstruct.layout.Verdict;
import io.mirage4j.cstruct.layout.tests.Forms.Wide;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

class FormsTest {
    @Test
    void elementsOfArraysFollowEachOther() {
        Cstruct buf = Cstruct.create(FormsArraysLayout.SIZE);
        FormsArraysLayout.putWords(buf, 0, 2, 0x1234);
        assertThat(buf.u16le(4)).isEqualTo(0x1234);
        assertThat(FormsArraysLayout.words(buf, 0, 2)).isEqualTo(0x1234);
        FormsArraysLayout.putFloats(buf, 0, 1, 2.5f);
        assertThat(buf.f32le(10)).isEqualTo(2.5f);
        assertThat(FormsArraysLayout.floats(buf, 0, 1)).isEqualTo(2.5f);
        FormsArraysLayout.putLongs(buf, 0, 1, 0xff_0000_0001L);
        assertThat(buf.u40le(19)).isEqualTo(0xff_0000_0001L);
        assertThat(FormsArraysLayout.longs(buf, 0, 1)).isEqualTo(0xff_0000_0001L);
        FormsPointLayout.putX(buf, FormsArraysLayout.pointsAt(0, 2), 7);
        assertThat(buf.u8(48)).isEqualTo(7);
        assertThatThrownBy(() -> FormsArraysLayout.words(buf, 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> FormsArraysLayout.putWords(buf, 0, -1, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void octetsAreWindows() {
        Cstruct buf = Cstruct.create(FormsArraysLayout.SIZE);
        FormsArraysLayout.putMac(buf, 0, Cstruct.of(new byte[] {1, 2, 3, 4, 5, 6}));
        assertThat(FormsArraysLayout.mac(buf, 0)).isEqualTo(buf.sub(24, 6));
        assertThat(buf.u48be(24)).isEqualTo(0x010203040506L);
        FormsArraysLayout.names(buf, 0, 1).fill(9);
        assertThat(buf.u8(34)).isZero();
        assertThat(buf.u8(35)).isEqualTo(9);
        ReadOnlyCstruct readOnly = buf.readOnly();
        assertThat(FormsArraysLayout.mac(readOnly, 0)).isNotInstanceOf(Cstruct.class);
        assertThatThrownBy(() -> FormsArraysLayout.putMac(buf, 0, Cstruct.create(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mac has 6 octets, not 5");
    }

    @Test
    void fieldsStandWhereTheyAreTold() {
        assertThat(FormsPlacesLayout.OFFSET_SECOND).isEqualTo(6);
        assertThat(FormsPlacesLayout.OFFSET_THIRD).isEqualTo(10);
        assertThat(FormsPlacesLayout.OFFSET_FOURTH).isEqualTo(16);
        assertThat(FormsPlacesLayout.SIZE).isEqualTo(24);
        assertThat(FormsAlignedLayout.OFFSET_B).isEqualTo(1);
        assertThat(FormsAlignedLayout.OFFSET_C).isEqualTo(4);
        assertThat(FormsAlignedLayout.OFFSET_D).isEqualTo(8);
        assertThat(FormsAlignedLayout.SIZE).isEqualTo(24);
    }

    @Test
    void allOfAUnionIsOverTheSameOctets() {
        Cstruct buf = Cstruct.create(8);
        FormsEitherLayout.putWhole(buf, 0, 0x0102030405060708L);
        assertThat(FormsEitherLayout.parts(buf, 0, 3)).isEqualTo(0x0708);
        assertThat(FormsEitherLayout.first(buf, 0)).isEqualTo(1);
        assertThat(FormsPointLayout.y(buf, FormsEitherLayout.pointAt(0))).isEqualTo(0x020304);
        assertThat(FormsEitherLayout.validate(buf, 0, 8).isOk()).isTrue();
        assertThat(FormsEitherLayout.validate(buf, 0, 7))
                .isEqualTo(new Verdict.Truncated("Either", 8, 7));
    }

    @Test
    void aTailOfLayoutsIsCounted() {
        Cstruct buf = Cstruct.create(FormsPolygonLayout.SIZE + 12);
        FormsPolygonLayout.putConstants(buf, 0);
        FormsPolygonLayout.putCount(buf, 0, 3);
        assertThat(FormsPolygonLayout.countOfPoints(buf, 0)).isEqualTo(3);
        assertThat(FormsPolygonLayout.sizeOf(buf, 0)).isEqualTo(18);
        assertThat(FormsPolygonLayout.validate(buf, 0, 18).isOk()).isTrue();
        assertThat(FormsPolygonLayout.validate(buf, 0, 17))
                .isEqualTo(new Verdict.Truncated("points", 18, 17));
        FormsPointLayout.putX(buf, FormsPolygonLayout.pointsAt(0, 2), 101);
        assertThat(FormsPolygonLayout.validate(buf, 0, 18))
                .isEqualTo(new Verdict.OutOfRange("points[2].x", 101, 0, 100));
        FormsPolygonLayout.putCount(buf, 0, 1);
        assertThat(FormsPolygonLayout.countOfPoints(buf, 0)).isEqualTo(-1);
        assertThat(FormsPolygonLayout.validate(buf, 0, 18))
                .isEqualTo(new Verdict.OutOfRange("count", 1, 2, 0xffff_ffffL));
    }

    @Test
    void aHugeCountIsTruncatedAndNothingWraps() {
        Cstruct buf = Cstruct.create(FormsPolygonLayout.SIZE + 12);
        FormsPolygonLayout.putConstants(buf, 0);
        FormsPolygonLayout.putCount(buf, 0, -1);
        assertThat(FormsPolygonLayout.countOfPoints(buf, 0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(FormsPolygonLayout.validate(buf, 0, 18))
                .isEqualTo(new Verdict.Truncated("points", 6 + 4L * Integer.MAX_VALUE, 18));
        assertThatThrownBy(() -> FormsPolygonLayout.pointsAt(0, Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        int farthest = FormsPolygonLayout.pointsAt(0, (Integer.MAX_VALUE - 6) / 4 - 1);
        assertThat(farthest).isPositive();
        assertThatThrownBy(() -> FormsPointLayout.x(buf, farthest))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(FormsPolygonLayout.describe(buf, 0)).contains("points[3]").endsWith(" more\n");
    }

    @Test
    void aTailOfOctetsIsMeasured() {
        Cstruct buf = Cstruct.create(20);
        FormsOptionsLayout.putWords(buf, 1, 3);
        assertThat(FormsOptionsLayout.options(buf, 1)).isEqualTo(buf.sub(2, 11));
        assertThat(FormsOptionsLayout.sizeOf(buf, 1)).isEqualTo(12);
        FormsOptionsLayout.putWords(buf, 1, 0);
        assertThat(FormsOptionsLayout.sizeOfOptions(buf, 1)).isEqualTo(-1);
        assertThat(FormsOptionsLayout.validate(buf, 1, 19))
                .isEqualTo(new Verdict.OutOfRange("words", 0, 1, 255));
        assertThatThrownBy(() -> FormsOptionsLayout.options(buf, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aTailOfNumbersMayBeToldInOctets() {
        Cstruct buf = Cstruct.create(20);
        FormsNumberedLayout.putOctets(buf, 0, 11);
        assertThat(FormsNumberedLayout.countOfNumbers(buf, 0)).isEqualTo(2);
        assertThat(FormsNumberedLayout.sizeOf(buf, 0)).isEqualTo(13);
        FormsNumberedLayout.putNumbers(buf, 0, 1, 42);
        assertThat(buf.u32be(6)).isEqualTo(42);
        FormsNumberedLayout.putOctets(buf, 0, -4);
        assertThat(FormsNumberedLayout.validate(buf, 0, 20))
                .isEqualTo(new Verdict.OutOfRange("octets", -4, 0, 32767));
    }

    @Test
    void aTailWithoutALengthGoesToTheEnd() {
        Cstruct buf = Cstruct.create(5);
        assertThat(FormsOpenLayout.rest(buf, 1).length()).isEqualTo(3);
        assertThat(FormsOpenLayout.describe(buf, 1)).endsWith("00 00 00 (3 octets)\n");
    }

    @Test
    void constantsAndRangesAreCheckedAtEveryWidth() {
        Cstruct buf = Cstruct.create(FormsCheckedLayout.SIZE);
        FormsCheckedLayout.putConstants(buf, 0);
        FormsCheckedLayout.putUpperHalf(buf, 0, Integer.MIN_VALUE);
        FormsCheckedLayout.putSmall(buf, 0, 10);
        FormsCheckedLayout.putTrit(buf, 0, -1);
        FormsCheckedLayout.putOff(buf, 0, 1);
        assertThat(validate(buf)).isSameAs(Verdict.Ok.OK);
        assertThat(buf.u32be(0)).isEqualTo(0xfeedface);
        assertThat(buf.s32be(4)).isEqualTo(-2);
        assertThat(buf.u64be(8)).isEqualTo(Long.MIN_VALUE + 1);

        FormsPointLayout.putX(buf, FormsCheckedLayout.pointsAt(0, 0), 200);
        assertThat(validate(buf)).isEqualTo(new Verdict.OutOfRange("points[0].x", 200, 0, 100));
        FormsPointLayout.putX(buf, FormsCheckedLayout.pointAt(0), 200);
        assertThat(validate(buf)).isEqualTo(new Verdict.OutOfRange("point.x", 200, 0, 100));
        FormsCheckedLayout.putOff(buf, 0, 0);
        assertThat(validate(buf)).isEqualTo(new Verdict.OutOfRange("off", 0, 1, 255));
        FormsCheckedLayout.putTrit(buf, 0, 2);
        assertThat(validate(buf)).isEqualTo(new Verdict.OutOfRange("trit", 2, -1, 1));
        FormsCheckedLayout.putSmall(buf, 0, -1);
        assertThat(validate(buf)).isEqualTo(new Verdict.OutOfRange("small", -1, 5, 10));
        FormsCheckedLayout.putSmall(buf, 0, 4);
        assertThat(validate(buf)).isEqualTo(new Verdict.OutOfRange("small", 4, 5, 10));
        FormsCheckedLayout.putUpperHalf(buf, 0, 1);
        assertThat(validate(buf))
                .isEqualTo(new Verdict.OutOfRange("upperHalf", 1, 0x8000_0000L, 0xffff_ffffL));
        buf.putU8(15, 0);
        assertThat(validate(buf))
                .isEqualTo(new Verdict.WrongConstant("big", Long.MIN_VALUE, Long.MIN_VALUE + 1));
        buf.putU8(7, 0);
        assertThat(validate(buf)).isEqualTo(new Verdict.WrongConstant("minusTwo", -256, -2));
        buf.putU8(3, 0);
        assertThat(validate(buf))
                .isEqualTo(new Verdict.WrongConstant("magic", 0xfeedfa00L, 0xfeedfaceL));
    }

    private static Verdict validate(Cstruct buf) {
        return FormsCheckedLayout.validate(buf, 0, buf.length());
    }

    @Test
    void sharedFieldsHaveReadersAndWritersThatSayTheirOrder() {
        Cstruct buf = Cstruct.create(FormsSharedLayout.SIZE);
        FormsSharedLayout.putIndexVolatile(buf, 0, 3);
        FormsSharedLayout.putLevelRelease(buf, 0, -3);
        FormsSharedLayout.putPendingOpaque(buf, 0, 1, 1L << 63);
        assertThat(FormsSharedLayout.indexOpaque(buf, 0)).isEqualTo(3);
        assertThat(FormsSharedLayout.levelAcquire(buf, 0)).isEqualTo(-3);
        assertThat(FormsSharedLayout.pendingVolatile(buf, 0, 1)).isEqualTo(Long.MIN_VALUE);
        assertThat(FormsSharedLayout.compareAndSetPending(buf, 0, 1, Long.MIN_VALUE, 5)).isTrue();
        assertThat(FormsSharedLayout.getAndAddPending(buf, 0, 1, 2)).isEqualTo(5);
        assertThat(FormsSharedLayout.pendingAcquire(buf, 0, 1)).isEqualTo(7);
        assertThat(FormsSharedLayout.pendingAcquire(buf, 0, 0)).isZero();
        assertThatThrownBy(() -> FormsSharedLayout.pendingAcquire(buf, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> FormsSharedLayout.indexAcquire(buf, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wideNumbersHaveNamesToo() {
        Cstruct buf = Cstruct.create(8);
        FormsNamedLayout.putWide(buf, 0, Wide.Known.ALL);
        assertThat(buf.u64be(0)).isEqualTo(-1);
        assertThat(FormsNamedLayout.wide(buf, 0)).isSameAs(Wide.Known.ALL);
        buf.putU64be(0, 0x1_0000_0000L);
        assertThat(FormsNamedLayout.wide(buf, 0)).isSameAs(Wide.Known.BEYOND);
        buf.putU64be(0, 77);
        assertThat(FormsNamedLayout.wide(buf, 0)).isEqualTo(new Wide.Unknown(77));
        FormsNamedLayout.putWide(buf, 0, new Wide.Unknown(78));
        assertThat(FormsNamedLayout.wideCode(buf, 0)).isEqualTo(78);
    }

    @Property
    void validateJudgesAnyOctetsWithoutAnException(@ForAll @Size(max = 90) byte[] octets) {
        Cstruct buf = Cstruct.of(octets);
        int n = buf.length();
        if (FormsPolygonLayout.validate(buf, 0, n).isOk()) {
            assertThat(FormsPolygonLayout.sizeOf(buf, 0)).isBetween(6L, (long) n);
        }
        if (FormsOptionsLayout.validate(buf, 0, n).isOk()) {
            assertThat(FormsOptionsLayout.options(buf, 0).length()).isLessThan(n);
        }
        if (FormsNumberedLayout.validate(buf, 0, n).isOk()) {
            for (int i = 0; i < FormsNumberedLayout.countOfNumbers(buf, 0); i++) {
                assertThat(FormsNumberedLayout.numbers(buf, 0, i)).isEqualTo(buf.u32be(2 + 4 * i));
            }
        }
        assertThat(FormsCheckedLayout.validate(buf, 0, n)).isNotNull();
    }

    @Property
    void anyOctetsCanBeDescribed(@ForAll @Size(max = 90) byte[] octets, @ForAll int any) {
        Cstruct buf = Cstruct.of(octets);
        for (int off : new int[] {any, any & 63, 0}) {
            assertThat(FormsPolygonLayout.describe(buf, off)).startsWith("Polygon\n");
            assertThat(FormsOptionsLayout.describe(buf, off)).startsWith("Options\n");
            assertThat(FormsNumberedLayout.describe(buf, off)).startsWith("Numbered\n");
            assertThat(FormsOpenLayout.describe(buf, off)).startsWith("Open\n");
            assertThat(FormsArraysLayout.describe(buf, off)).startsWith("Arrays\n");
            assertThat(FormsCheckedLayout.describe(buf, off)).startsWith("Checked\n");
            assertThat(FormsSharedLayout.describe(buf, off)).startsWith("Shared\n");
            assertThat(FormsEitherLayout.describe(buf, off)).startsWith("Either\n");
            assertThat(FormsNamedLayout.describe(buf, off)).startsWith("Named\n");
            assertThat(BlkifRingLayout.describe(buf, off)).startsWith("Ring\n");
            assertThat(NumbersBigLayout.describe(buf, off)).startsWith("Big\n");
            assertThat(BitFieldsCrossedLayout.describe(buf, off)).startsWith("Crossed\n");
        }
    }
}
