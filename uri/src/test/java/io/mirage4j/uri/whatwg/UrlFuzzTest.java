// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any text against any base, and any change to what comes of it, gives a URL that parses to
/// itself.
class UrlFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void urlsParseToThemselves(FuzzedDataProvider data) {
        String baseText = data.consumeString(40);
        String text = data.consumeString(80);
        String value = data.consumeString(40);
        UrlOptions options =
                Url.parse(baseText) instanceof Url base
                        ? UrlOptions.DEFAULT.withBase(base)
                        : UrlOptions.DEFAULT;
        assertThat(Url.findings(text, options)).isNotNull();
        if (!(Url.parse(text, options) instanceof Url url)) return;
        assertParsesToItself(url);
        assertParsesToItself(url.withHost(value));
        assertParsesToItself(url.withPathname(value));
        assertParsesToItself(url.withSearch(value));
        assertParsesToItself(url.withHash(value));
        assertParsesToItself(url.withProtocol(value).withUsername(value).withPort(value));
        assertThat(url.unicodeHostname()).isNotNull();
    }

    private static void assertParsesToItself(Url url) {
        assertThat(Url.of(url.href())).isEqualTo(url);
    }
}
