// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolutionTest {
    @ParameterizedTest
    @CsvSource({
        "http://h, g, http://h/g",
        "http://h?q, g, http://h/g",
        "http://h?q, ?r, http://h?r",
        "http://h/a/b?q#f, '', http://h/a/b?q",
        "urn:a:b, c, urn:c",
        "urn:a/b, c, urn:a/c",
        "urn:a/b, ../c, urn:/c",
        "x:, ../../a, x:a",
        "x:/a, .//b, x:/.//b",
        "x:/a, /.//b, x:/.//b",
        "x:/a, //b, x://b",
        "file:///a/b, c:/d, c:/d",
        "http://h/a/b, ./c:d, http://h/a/c:d",
        "http://h/a//b/, ../c, http://h/a//c",
        "http://h/%2e%2e/a, b, http://h/%2e%2e/b",
        "http://h/a, //i/../b, http://i/b",
        "http://h/a, x:../b/./c, x:b/c",
    })
    void aReferenceIsTransformedAsInSection522(String base, String reference, String target) {
        assertThat(Uri.of(base).resolve(Uri.of(reference))).hasToString(target);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/a/b, http:c, http://h/a/c",
        "http://h/a/b, HTTP:c, http://h/a/c",
        "http://h/a/b, http:, http://h/a/b",
        "http://h/a/b, http:x:y, http://h/a/x:y",
        "http://h/a/b, http://i, http://i",
        "http://h/a/b, https:c, https:c",
    })
    void theSchemeOfTheBaseIsOverlookedLoosely(String base, String reference, String target) {
        assertThat(Uri.of(base).resolveLoosely(Uri.of(reference))).hasToString(target);
    }

    @Test
    void aRelativeReferenceIsNoBase() {
        assertThatThrownBy(() -> Uri.of("/a/b").resolve(Uri.of("c")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("base without a scheme: /a/b");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/a/b, http://h/a/c, c",
        "http://h/a/b, http://h/a/b, ''",
        "http://h/a/b, http://h/a/b#f, #f",
        "http://h/a/b, http://h/a/b?q, ?q",
        "http://h/a/b?q, http://h/a/b, b",
        "http://h/a/b?q, http://h/a/b?q, ''",
        "http://h/a/b, http://h/a/, ./",
        "http://h/a/b, http://h/, ../",
        "http://h/a/b, http://h/c/d?q#f, ../c/d?q#f",
        "http://h/a/b/c, http://h/a/d, ../d",
        "http://h/a/b, http://h/a/c:d, ./c:d",
        "http://h/a/b, http://h/a//c, .//c",
        "http://h/a/b, http://h//c, ..//c",
        "http://h/a/b, http://h, //h",
        "http://h/, http://h, //h",
        "http://h/a, https://h/a, https://h/a",
        "http://h/a, http://i/a, http://i/a",
        "http://h/a, http://h/./a, http://h/./a",
        "urn:a:b, urn:a:c, ./a:c",
    })
    void aTargetIsRelativizedToTheShortestReference(String base, String target, String reference) {
        assertThat(Uri.of(base).relativize(Uri.of(target))).hasToString(reference);
    }
}
