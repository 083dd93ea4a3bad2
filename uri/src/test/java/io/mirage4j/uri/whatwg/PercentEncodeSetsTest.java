// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentEncodeSetsTest {
    private static final String ALPHANUMERIC =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void aFormLeavesLettersDigitsAndFourMore() {
        assertThat(sorted(PercentEncodeSets.FORM.toString()))
                .isEqualTo(sorted(ALPHANUMERIC + "*-._"));
    }

    @Test
    void aComponentLeavesWhatEncodeUriComponentLeaves() {
        assertThat(sorted(PercentEncodeSets.COMPONENT.toString()))
                .isEqualTo(sorted(ALPHANUMERIC + "-_.!~*'()"));
    }

    @Test
    void allOthersLeaveEscapesAlone() {
        assertThat(PercentEncodeSets.USERINFO.encode("%41:@é")).isEqualTo("%41%3A%40%C3%A9");
        assertThat(PercentEncodeSets.PATH.encode("/%41^ ?")).isEqualTo("/%41%5E%20%3F");
        assertThat(PercentEncodeSets.SPECIAL_QUERY.encode("%'`")).isEqualTo("%%27`");
        assertThat(PercentEncodeSets.FRAGMENT.encode("%'`")).isEqualTo("%'%60");
        assertThat(PercentEncodeSets.C0_CONTROL.encode(" ~\u007f")).isEqualTo(" ~%7F");
    }

    private static String sorted(String text) {
        var out = new StringBuilder();
        text.chars().sorted().forEach(c -> out.append((char) c));
        return out.toString();
    }
}
