// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.cstruct.layout.Verdict;
import io.mirage4j.cstruct.layout.tests.Ipv4Header.Protocol;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.HexFormat;

/// The class made of [Ipv4Header], as the README shows it.
class Ipv4HeaderTest {
    private static Cstruct header() {
        return Cstruct.of(
                HexFormat.of()
                        .parseHex("4500001c1c4640004006b1e6c0a80001c0a800c70102030405060708"));
    }

    @Test
    void fieldsAreWhereTheRfcHasThem() {
        ReadOnlyCstruct buf = header();
        assertThat(Ipv4HeaderLayout.SIZE).isEqualTo(20);
        assertThat(Ipv4HeaderLayout.version(buf, 0)).isEqualTo(4);
        assertThat(Ipv4HeaderLayout.ihl(buf, 0)).isEqualTo(5);
        assertThat(Ipv4HeaderLayout.totalLength(buf, 0)).isEqualTo(28);
        assertThat(Ipv4HeaderLayout.id(buf, 0)).isEqualTo(0x1c46);
        assertThat(Ipv4HeaderLayout.df(buf, 0)).isTrue();
        assertThat(Ipv4HeaderLayout.mf(buf, 0)).isFalse();
        assertThat(Ipv4HeaderLayout.fragmentOffset(buf, 0)).isZero();
        assertThat(Ipv4HeaderLayout.ttl(buf, 0)).isEqualTo(64);
        assertThat(Ipv4HeaderLayout.protocol(buf, 0)).isSameAs(Protocol.Known.TCP);
        assertThat(Ipv4HeaderLayout.checksum(buf, 0)).isEqualTo(0xb1e6);
        assertThat(Ipv4HeaderLayout.source(buf, 0)).isEqualTo(0xc0a80001);
        assertThat(Ipv4HeaderLayout.destination(buf, 0)).isEqualTo(0xc0a800c7);
        assertThat(Ipv4HeaderLayout.payload(buf, 0)).isEqualTo(buf.shift(20));
    }

    @Test
    void writersMakeTheSameOctets() {
        Cstruct buf = Cstruct.create(28);
        buf.fill(0, 20, 0xff);
        Ipv4HeaderLayout.putConstants(buf, 0);
        Ipv4HeaderLayout.putIhl(buf, 0, 5);
        Ipv4HeaderLayout.putTos(buf, 0, 0);
        Ipv4HeaderLayout.putTotalLength(buf, 0, 28);
        Ipv4HeaderLayout.putId(buf, 0, 0x1c46);
        Ipv4HeaderLayout.putDf(buf, 0, true);
        Ipv4HeaderLayout.putMf(buf, 0, false);
        Ipv4HeaderLayout.putFragmentOffset(buf, 0, 0);
        Ipv4HeaderLayout.putTtl(buf, 0, 64);
        Ipv4HeaderLayout.putProtocol(buf, 0, Protocol.Known.TCP);
        Ipv4HeaderLayout.putChecksum(buf, 0, 0xb1e6);
        Ipv4HeaderLayout.putSource(buf, 0, 0xc0a80001);
        Ipv4HeaderLayout.putDestination(buf, 0, 0xc0a800c7);
        Ipv4HeaderLayout.payload(buf, 0).put(0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(buf).isEqualTo(header());
    }

    @Test
    void verdictsNameTheFieldAndTheValue() {
        Cstruct buf = header();
        assertThat(Ipv4HeaderLayout.validate(buf, 0, 28)).isSameAs(Verdict.Ok.OK);
        assertThat(Ipv4HeaderLayout.validate(buf, 0, 19))
                .isEqualTo(new Verdict.Truncated("Ipv4Header", 20, 19));
        assertThat(Ipv4HeaderLayout.validate(buf, 0, 27))
                .isEqualTo(new Verdict.Truncated("payload", 28, 27));
        buf.putU8(6, 0x80);
        assertThat(Ipv4HeaderLayout.validate(buf, 0, 28))
                .isEqualTo(new Verdict.WrongConstant("reserved", 1, 0));
        Ipv4HeaderLayout.putTotalLength(buf, 0, 19);
        Ipv4HeaderLayout.putConstants(buf, 0);
        assertThat(Ipv4HeaderLayout.validate(buf, 0, 28))
                .isEqualTo(new Verdict.OutOfRange("totalLength", 19, 20, 65535));
        Ipv4HeaderLayout.putIhl(buf, 0, 4);
        assertThat(Ipv4HeaderLayout.validate(buf, 0, 28))
                .isEqualTo(new Verdict.OutOfRange("ihl", 4, 5, 15))
                .hasToString("ihl is 4, not in 5..15 (0xf)");
        buf.putU8(0, 0x65);
        assertThat(Ipv4HeaderLayout.validate(buf, 0, 28)).hasToString("version is 6, not 4");
    }

    @Test
    void aDumpHasALineForEachField() {
        assertThat(Ipv4HeaderLayout.describe(header(), 0))
                .isEqualTo(
                        """
                        Ipv4Header
                             0  version                 4
                             0  ihl                     5
                             1  tos                     0
                             2  totalLength             28 (0x1c)
                             4  id                      7238 (0x1c46)
                             6  df                      true
                             6  mf                      false
                             6  fragmentOffset          0
                             8  ttl                     64 (0x40)
                             9  protocol                TCP (6)
                            10  checksum                45542 (0xb1e6)
                            12  source                  3232235521 (0xc0a80001)
                            16  destination             3232235719 (0xc0a800c7)
                            20  payload                 01 02 03 04 05 06 07 08 (8 octets)
                        """);
    }

    @Test
    void aDumpOfTooFewOctetsSaysWhatIsMissing() {
        assertThat(Ipv4HeaderLayout.describe(header().sub(0, 3), 0))
                .contains("     1  tos                     0\n")
                .contains("     2  totalLength  (missing: the window ends at 3)\n")
                .doesNotContain("payload");
    }

    @Test
    void unknownNumbersAreKept() {
        Cstruct buf = header();
        for (int code = 0; code < 256; code++) {
            buf.putU8(9, code);
            Protocol protocol = Ipv4HeaderLayout.protocol(buf, 0);
            String name =
                    switch (protocol) {
                        case Protocol.Known.ICMP -> "1";
                        case Protocol.Known.TCP -> "6";
                        case Protocol.Known.UDP -> "17";
                        case Protocol.Unknown(int unknown) -> unknown + "?";
                    };
            assertThat(name).isIn(code + "", code + "?");
            buf.putU8(9, 0);
            Ipv4HeaderLayout.putProtocol(buf, 0, protocol);
            assertThat(buf.u8(9)).isEqualTo(code);
        }
    }

    @Property
    void whatValidatesHasItsPayload(
            @ForAll @Size(min = 20, max = 80) byte[] octets,
            @ForAll @IntRange(max = 90) int totalLength) {
        Cstruct buf = Cstruct.of(octets);
        Ipv4HeaderLayout.putConstants(buf, 0);
        Ipv4HeaderLayout.putIhl(buf, 0, 5);
        Ipv4HeaderLayout.putTotalLength(buf, 0, totalLength);
        boolean fits = 20 <= totalLength && totalLength <= buf.length();
        assertThat(Ipv4HeaderLayout.validate(buf, 0, buf.length()).isOk()).isEqualTo(fits);
        if (fits) {
            assertThat(Ipv4HeaderLayout.payload(buf, 0)).isEqualTo(buf.sub(20, totalLength - 20));
        }
    }

    @Property
    void anyOctetsCanBeDescribed(@ForAll @Size(max = 60) byte[] octets, @ForAll int off) {
        Cstruct buf = Cstruct.of(octets);
        assertThat(Ipv4HeaderLayout.describe(buf, off)).startsWith("Ipv4Header\n");
        assertThat(Ipv4HeaderLayout.describe(buf, off & 31)).startsWith("Ipv4Header\n");
    }

    @Test
    void nothingIsAllocatedForAGoodHeader() {
        Cstruct buf = header();
        walk(buf, 1);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        int sum = walk(buf, 10_000);
        long after = thread.getCurrentThreadAllocatedBytes();
        assertThat(sum).isNotZero();
        assertThat(after - before).isLessThan(10_000);
    }

    private static int walk(Cstruct buf, int times) {
        int sum = 0;
        for (int i = 0; i < times; i++) {
            Ipv4HeaderLayout.putId(buf, 0, i);
            Ipv4HeaderLayout.putProtocol(buf, 0, Protocol.Known.UDP);
            if (Ipv4HeaderLayout.validate(buf, 0, 28).isOk()
                    && Ipv4HeaderLayout.protocol(buf, 0) == Protocol.Known.UDP) {
                sum +=
                        Ipv4HeaderLayout.id(buf, 0)
                                + Ipv4HeaderLayout.fragmentOffset(buf, 0)
                                + Ipv4HeaderLayout.sizeOfPayload(buf, 0);
            }
        }
        return sum;
    }

    @Test
    void noAccessorLeavesTheWindow() {
        Cstruct buf = header();
        assertThatThrownBy(() -> Ipv4HeaderLayout.destination(buf, 12))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 28 + length 4 > 28");
        assertThatThrownBy(() -> Ipv4HeaderLayout.destination(buf, Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        Ipv4HeaderLayout.putTotalLength(buf, 0, 19);
        assertThatThrownBy(() -> Ipv4HeaderLayout.payload(buf, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
