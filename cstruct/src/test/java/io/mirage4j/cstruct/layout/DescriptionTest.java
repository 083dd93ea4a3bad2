// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

class DescriptionTest {
    private final Cstruct buf = Cstruct.create(64);

    @Test
    void numbersAreInDecimalAndLongerOnesInHexToo() {
        Description to = new Description("Numbers");
        to.field("digit", buf, 0, 1);
        to.number(9);
        to.field("number", buf, 1, 4);
        to.number(10);
        to.field("signed", buf, 5, 4);
        to.number(-10);
        to.field("unsigned", buf, 9, 8);
        to.unsigned(-1);
        to.field("real", buf, 17, 8);
        to.number(0.5);
        to.field("flag", buf, 25, 1);
        to.flag(true);
        to.field("name", buf, 26, 1);
        to.named("READ", 0);
        assertThat(to)
                .hasToString(
                        """
                        Numbers
                             0  digit                   9
                             1  number                  10 (0xa)
                             5  signed                  -10
                             9  unsigned                18446744073709551615 (0xffffffffffffffff)
                            17  real                    0.5
                            25  flag                    true
                            26  name                    READ (0)
                        """);
    }

    @Test
    void whatTheWindowDoesNotReachIsMissing() {
        Description to = new Description("Cut");
        assertThat(to.field("end", buf, 60, 4)).isTrue();
        to.number(0);
        assertThat(to.field("beyond", buf, 61, 4)).isFalse();
        assertThat(to.element("far", 3, buf, Integer.MAX_VALUE, 4)).isFalse();
        assertThat(to.field("before", buf, -4, 4)).isFalse();
        assertThat(to)
                .hasToString(
                        """
                        Cut
                            60  end                     0
                            61  beyond  (missing: the window ends at 64)
                         2147483647  far[3]  (missing: the window ends at 64)
                            -4  before  (missing: the window ends at 64)
                        """);
    }

    @Test
    void longWindowsAndArraysAreCut() {
        Description to = new Description("Long");
        to.field("octets", buf, 0, 40);
        to.octets(buf, 0, 40);
        assertThat(to.shown(3)).isEqualTo(3);
        assertThat(to.shown(17)).isEqualTo(16);
        assertThat(to.shown(-1)).isZero();
        to.rest("few", 16);
        to.rest("many", 18);
        assertThat(to.toString())
                .endsWith(" 00 ... (40 octets)\n        many: 2 more\n")
                .hasLineCount(3);
    }

    @Test
    void nestedLayoutsAreIndented() {
        Description to = new Description("Outer");
        to.element("point", 0, buf, 0, 2);
        to.open("Point");
        to.field("x", buf, 0, 1);
        to.number(1);
        to.close();
        to.field("after", buf, 2, 1);
        to.number(2);
        assertThat(to)
                .hasToString(
                        """
                        Outer
                             0  point[0]                Point
                                 0  x                       1
                             2  after                   2
                        """);
    }
}
