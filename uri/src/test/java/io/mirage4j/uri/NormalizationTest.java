// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static io.mirage4j.uri.Normalization.CASE;
import static io.mirage4j.uri.Normalization.DEFAULT_PORT;
import static io.mirage4j.uri.Normalization.DOT_SEGMENTS;
import static io.mirage4j.uri.Normalization.EMPTY_PATH;
import static io.mirage4j.uri.Normalization.PERCENT_ENCODING;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizationTest {
    @Test
    void theExampleOfTheRfcBecomesItsEquivalent() {
        assertThat(Uri.of("eXAMPLE://a/./b/../b/%63/%7bfoo%7d").normalize())
                .hasToString("example://a/b/c/%7Bfoo%7D");
    }

    @Test
    void eachNormalizationDoesItsPartOnly() {
        Uri uri = Uri.of("HTTP://U@H%41.x:80/%7e/./%2f?%7e%2f#%7E");
        assertThat(uri.normalize(CASE)).hasToString("http://U@h%41.x:80/%7E/./%2F?%7E%2F#%7E");
        assertThat(uri.normalize(PERCENT_ENCODING)).hasToString("HTTP://U@HA.x:80/~/./%2f?~%2f#~");
        assertThat(uri.normalize(DOT_SEGMENTS))
                .hasToString("HTTP://U@H%41.x:80/%7e/%2f?%7e%2f#%7E");
        assertThat(uri.normalize(DEFAULT_PORT)).hasToString("HTTP://U@H%41.x/%7e/./%2f?%7e%2f#%7E");
        assertThat(uri.normalize(EMPTY_PATH)).isSameAs(uri);
        assertThat(uri.normalize()).hasToString("http://U@ha.x/~/%2F?~%2F#~");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, http://h/",
        "http://h?q, http://h/?q",
        "http://h:, http://h/",
        "http://h:0080/, http://h/",
        "http://h:81/, http://h:81/",
        "https://h:80/, https://h:80/",
        "x://h:80, x://h:80/",
        "//h, //h/",
        "x:, x:",
        "http://[FE80::A%25Eth0]/, http://[fe80::a%25Eth0]/",
        "http://[V1.A]/, http://[v1.a]/",
        "x:/.//a, x:/.//a",
        "x:/%2e//a, x:/.//a",
        "x:/a/..//b, x:/.//b",
        "/..//b, /.//b",
        "../a/./b, ../a/b",
        "a/.., ./",
        "a/../.., ../",
        "./a:b, ./a:b",
        "a/../b:c, ./b:c",
        "'.', ./",
        "'', ''",
        "..//a, ..//a",
        ".//./.., ./",
        "..//./.., ../",
        "a//.././b, a/b",
        ".//a, .//a",
        "a/..//b, .//b",
        "a/../../../b/.., ../../",
        "/../../a, /a",
        "%41%5a%2d, AZ-",
        "?%41%c3, ?A%C3",
    })
    void allTogetherGiveOneForm(String text, String normal) {
        assertThat(Uri.of(text).normalize()).hasToString(normal);
    }

    @Test
    void longRunsOfDotSegmentsAreGone() {
        String path = "/a".repeat(20_000) + "/..".repeat(20_000);
        assertThat(Uri.of("x:" + path).normalize()).hasToString("x:/");
        assertThat(Uri.of("x:" + "/./..".repeat(20_000)).normalize()).hasToString("x:/");
    }
}
