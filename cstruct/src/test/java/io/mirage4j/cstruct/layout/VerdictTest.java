// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void onlyOkIsOk() {
        assertThat(Verdict.Ok.OK.isOk()).isTrue();
        assertThat(new Verdict.Truncated("a", 2, 1).isOk()).isFalse();
        assertThat(new Verdict.WrongConstant("a", 2, 1).isOk()).isFalse();
        assertThat(new Verdict.OutOfRange("a", 2, 0, 1).isOk()).isFalse();
    }

    @Test
    void aNestedFieldIsNamedByItsPath() {
        Verdict inner = new Verdict.OutOfRange("x", 9, 0, 8);
        assertThat(inner.within("point").within("shapes", 3))
                .isEqualTo(new Verdict.OutOfRange("shapes[3].point.x", 9, 0, 8));
        assertThat(new Verdict.Truncated("x", 9, 8).within("a"))
                .isEqualTo(new Verdict.Truncated("a.x", 9, 8));
        assertThat(new Verdict.WrongConstant("x", 9, 8).within("a", 0))
                .isEqualTo(new Verdict.WrongConstant("a[0].x", 9, 8));
        assertThat(Verdict.Ok.OK.within("a")).isSameAs(Verdict.Ok.OK);
        assertThat(Verdict.Ok.OK.within("a", 1)).isSameAs(Verdict.Ok.OK);
    }

    @Test
    void aVerdictReadsAsASentence() {
        assertThat(new Verdict.Truncated("payload", 40, 28))
                .hasToString("payload needs 40 octets, there are 28");
        assertThat(new Verdict.WrongConstant("magic", 0xfeedL, 7))
                .hasToString("magic is 65261 (0xfeed), not 7");
        assertThat(new Verdict.OutOfRange("ttl", -1, 1, 64))
                .hasToString("ttl is -1, not in 1..64 (0x40)");
    }
}
