// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Very many characters of what takes careless parsers quadratic time, in every place. Each of
/// these would run for minutes to hours then.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UrlHostileInputTest {
    private static final int SIZE = Boolean.getBoolean("mirage.full") ? 1_000_000 : 250_000;
    private static final UrlOptions ANY_LENGTH =
            UrlOptions.DEFAULT.withMaxLength(Integer.MAX_VALUE);

    static Stream<Named<String>> pieces() {
        return Stream.of(
                        "@",
                        ":",
                        "%",
                        "%25",
                        "%2e%2e/",
                        "../",
                        "a/../",
                        "/",
                        "\\",
                        ".",
                        "a.",
                        "?",
                        "#",
                        "[",
                        "]",
                        " ",
                        "\t",
                        "\n/",
                        "&",
                        "=",
                        "a=b&",
                        "+",
                        "x",
                        "é",
                        "é.",
                        "☃",
                        "💩",
                        "\ud800",
                        "\u00ad",
                        "\u0301",
                        "\u0301\u0323",
                        "a\u0301\u0323",
                        "ﷺ",
                        "\u200c",
                        "ب\u200c",
                        "क\u094d\u200d",
                        "א1",
                        "xn--",
                        "xn--a.",
                        "xn--zca.",
                        "1",
                        "0x",
                        "1.",
                        "::",
                        "0:",
                        "C|/",
                        "//",
                        "0")
                .map(piece -> Named.of(named(piece), repeat(piece)));
    }

    private static String named(String piece) {
        var name = new StringBuilder();
        for (char c : piece.toCharArray()) {
            if (c > ' ' && c < 0x7f) name.append(c);
            else name.append("\\u%04x".formatted((int) c));
        }
        return name.toString();
    }

    private static String repeat(String piece) {
        return piece.repeat(SIZE / piece.length());
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void anyPlaceTakesALongText(String text) {
        for (String before : List.of("", "http://", "http://u:", "http://a.é", "web://", "web:")) {
            parse(before + text);
            parse(before + text + "@a.é/");
        }
        for (String before :
                List.of("http://a/", "http://a?", "http://a#", "file:///", "http:///")) {
            parse(before + text);
        }
        Url.of("http://a/b").resolve(text.substring(0, 60_000));
    }

    private static void parse(String text) {
        UrlResult result = Url.parse(text, ANY_LENGTH);
        if (result instanceof Url url) assertThat(url.href()).isNotEmpty();
        else assertThat(((UrlError) result).position()).isBetween(0, text.length());
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void anySetterTakesALongText(String text) {
        Url url = Url.of("http://a.example/");
        Url mail = Url.of("web://a/b");
        for (Url changed :
                List.of(
                        url.withHost(text),
                        url.withHost(text + ".é"),
                        url.withPathname(text),
                        url.withSearch(text),
                        url.withHash(text),
                        url.withUsername(text),
                        url.withPort(text),
                        url.withProtocol(text),
                        mail.withHost(text))) {
            assertThat(changed.origin()).isNotEmpty();
            assertThat(changed.unicodeHostname()).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void findingsAndParametersTakeALongText(String text) {
        assertThat(Url.findings("http://a.é/" + text, ANY_LENGTH)).isNotNull();
        assertThat(Url.findings("http://" + text + "/", ANY_LENGTH)).isNotNull();
        UrlSearchParams params = UrlSearchParams.parse(text);
        params.set("a", "b");
        params.sort();
        assertThat(params.toString()).isNotEmpty();
    }
}
