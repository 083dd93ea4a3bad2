// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.mirage4j.uri.template.UriTemplate;

/// Targets for Jazzer. In an ordinary build each runs on the inputs that were kept; `-Pfuzz` looks
/// for new ones.
class UriFuzzTest {
    private static final Uri BASE = Uri.of("http://base.example/a/b;c?q");

    @FuzzTest(maxDuration = "2m")
    void anyTextIsParsedNormalizedAndResolved(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Uri uri =
                switch (Uri.parse(text)) {
                    case Uri parsed -> parsed;
                    case UriError error -> {
                        assertThat(error.position()).isBetween(0, text.length());
                        yield ((Repaired) Uri.parseLenient(text)).uri();
                    }
                };
        assertThat(Rfc3986Grammar.match(uri.toString())).isNotNull();
        assertThat(uri.toBuilder().build()).isEqualTo(uri);
        Uri normal = uri.normalize();
        assertThat(normal.normalize()).isEqualTo(normal);
        Uri target = BASE.resolve(normal);
        assertThat(BASE.resolve(BASE.relativize(target))).isEqualTo(target);
        assertThat(uri.toIri().toUri().normalize()).isEqualTo(normal);
    }

    @FuzzTest(maxDuration = "2m")
    void anyTemplateExpandsOrNot(FuzzedDataProvider data) {
        String text = data.consumeString(200);
        if (UriTemplate.parse(text) instanceof UriTemplate template) {
            template.match(data.consumeRemainingAsString())
                    .ifPresent(variables -> assertThat(template.expand(variables)).isNotNull());
        }
    }
}
