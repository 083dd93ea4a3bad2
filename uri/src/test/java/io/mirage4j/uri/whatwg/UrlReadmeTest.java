// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The sample of the README.
class UrlReadmeTest {
    @Test
    void theSampleGivesWhatItSays() {
        String printed =
                switch (Url.parse("HTTP://Bücher.example:80/a/../b c?q=ü#top")) {
                    case Url url -> url.toString();
                    case UrlError error -> error.message();
                };
        assertThat(printed).isEqualTo("http://xn--bcher-kva.example/b%20c?q=%C3%BC#top");
        Url page = Url.of("https://a.example/x/y?q=1");
        UrlSearchParams params = page.searchParams();
        params.set("q", "2 3");
        Url next = page.withPathname("z").withSearchParams(params);
        assertThat(next).hasToString("https://a.example/z?q=2+3");
    }
}
