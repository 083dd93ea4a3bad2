// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.uri.template.UriTemplate;
import io.mirage4j.uri.template.Variables;
import io.mirage4j.uri.whatwg.Url;
import io.mirage4j.uri.whatwg.UrlError;
import io.mirage4j.uri.whatwg.UrlSearchParams;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The samples of the README, word for word, and what they say of themselves.
class ReadmeTest {
    @Test
    void theSampleForUriDoesWhatItSays() {
        assertThat(printed(ReadmeTest::readUri)).isEqualTo("[a/b, c] [1, 2]");
    }

    private static void readUri() {
        switch (Uri.parse("https://me@www.example:8443/a%2Fb/c?q=1&q=2#top")) {
            case Uri uri -> System.out.println(uri.segments() + " " + uri.parameters().values("q"));
            case UriError error -> System.out.println(error.message()); // what, where
        }
        Uri page = Uri.of("http://a.example/x/y?q"); // throws: for literals
        Uri next = page.resolve(Uri.of("../z")); // http://a.example/z
        Uri back = next.relativize(page); // x/y?q
        Uri same = Uri.of("HTTP://A.example:80/%7Ea/./b").normalize(); // http://a.example/~a/b
        Uri made = Uri.builder().scheme("http").host("h").segments("a b", "c/d").build();
        assertThat(next).hasToString("http://a.example/z");
        assertThat(back).hasToString("x/y?q");
        assertThat(same).hasToString("http://a.example/~a/b");
        assertThat(made).hasToString("http://h/a%20b/c%2Fd");
    }

    @Test
    void theSampleForTemplatesDoesWhatItSays() {
        UriTemplate search = UriTemplate.of("/search{?q,page}");
        String text = search.expand(Variables.of("q", "a b")); // /search?q=a%20b
        Variables found = search.match("/search?q=a%20b").orElseThrow(); // q = a b
        assertThat(text).isEqualTo("/search?q=a%20b");
        assertThat(found.text("q")).contains("a b");
    }

    @Test
    void theSampleForUrlDoesWhatItSays() {
        assertThat(printed(ReadmeTest::readUrl))
                .isEqualTo("http://xn--bcher-kva.example/b%20c?q=%C3%BC#top");
    }

    private static void readUrl() {
        switch (Url.parse("HTTP://Bücher.example:80/a/../b c?q=ü#top")) {
            case Url url -> System.out.println(url);
            case UrlError error -> System.out.println(error.message());
        }
        Url page = Url.of("https://a.example/x/y?q=1");
        UrlSearchParams params = page.searchParams();
        params.set("q", "2 3");
        Url next = page.withPathname("z").withSearchParams(params);
        assertThat(next).hasToString("https://a.example/z?q=2+3");
    }

    private static String printed(Runnable sample) {
        PrintStream console = System.out;
        var octets = new ByteArrayOutputStream();
        System.setOut(new PrintStream(octets, true, StandardCharsets.UTF_8));
        try {
            sample.run();
        } finally {
            System.setOut(console);
        }
        return octets.toString(StandardCharsets.UTF_8).strip();
    }
}
