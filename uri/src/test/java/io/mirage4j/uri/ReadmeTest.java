// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.uri.template.UriTemplate;
import io.mirage4j.uri.template.Variables;

import org.junit.jupiter.api.Test;

/// The samples of the README.
class ReadmeTest {
    @Test
    void theSamplesForUriDoWhatTheySay() {
        var shown = new StringBuilder();
        switch (Uri.parse("https://me@www.example:8443/a%2Fb/c?q=1&q=2#top")) {
            case Uri uri -> shown.append(uri.segments() + " " + uri.parameters().values("q"));
            case UriError error -> shown.append(error.message());
        }
        assertThat(shown).hasToString("[a/b, c] [1, 2]");
        Uri page = Uri.of("http://a.example/x/y?q");
        Uri next = page.resolve(Uri.of("../z"));
        assertThat(next).hasToString("http://a.example/z");
        assertThat(next.relativize(page)).hasToString("x/y?q");
        Uri same = Uri.of("HTTP://A.example:80/%7Ea/./b").normalize();
        assertThat(same).hasToString("http://a.example/~a/b");
        Uri made = Uri.builder().scheme("http").host("h").segments("a b", "c/d").build();
        assertThat(made).hasToString("http://h/a%20b/c%2Fd");
    }

    @Test
    void theSamplesForTemplatesDoWhatTheySay() {
        UriTemplate search = UriTemplate.of("/search{?q,page}");
        assertThat(search.expand(Variables.of("q", "a b"))).isEqualTo("/search?q=a%20b");
        Variables found = search.match("/search?q=a%20b").orElseThrow();
        assertThat(found.text("q")).contains("a b");
    }
}
