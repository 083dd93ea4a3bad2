// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
    @Test
    void componentsAreThoseOfTheText() {
        Url url = Url.of("https://me:pw@a.example:8080/x/y?q=1#f");
        assertThat(url.protocol()).isEqualTo("https:");
        assertThat(url.scheme()).isEqualTo("https");
        assertThat(url.username()).isEqualTo("me");
        assertThat(url.password()).isEqualTo("pw");
        assertThat(url.host()).isEqualTo("a.example:8080");
        assertThat(url.hostname()).isEqualTo("a.example");
        assertThat(url.port()).isEqualTo("8080");
        assertThat(url.portNumber()).isEqualTo(8080);
        assertThat(url.pathname()).isEqualTo("/x/y");
        assertThat(url.search()).isEqualTo("?q=1");
        assertThat(url.query()).contains("q=1");
        assertThat(url.hash()).isEqualTo("#f");
        assertThat(url.fragment()).contains("f");
        assertThat(url.origin()).isEqualTo("https://a.example:8080");
        assertThat(url).hasToString(url.href());
    }

    @Test
    void absentAndEmptyComponentsCanBeToldApart() {
        assertThat(Url.of("http://a/").query()).isEmpty();
        assertThat(Url.of("http://a/?").query()).contains("");
        assertThat(Url.of("http://a/?").search()).isEmpty();
        assertThat(Url.of("http://a/#").fragment()).contains("");
        assertThat(Url.of("http://a/#").hash()).isEmpty();
        assertThat(Url.of("file:///a").hasHost()).isTrue();
        assertThat(Url.of("web:/a").hasHost()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a, 80",
        "https://a, 443",
        "ws://a:81, 81",
        "ftp://a, 21",
        "file:///a, -1",
        "web://a, -1"
    })
    void aPortIsKnownByItsScheme(String text, int port) {
        assertThat(Url.of(text).portOrDefault()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "mailto:me@a.example, true",
        "web:, true",
        "web:/a, false",
        "web:/.//a, false",
        "web://a, false",
        "http://a, false"
    })
    void aPathWithoutSegmentsIsOpaque(String text, boolean opaque) {
        assertThat(Url.of(text).hasOpaquePath()).isEqualTo(opaque);
    }

    @ParameterizedTest
    @CsvSource({
        "blob:https://a.example/1-2, https://a.example",
        "blob:blob:https://a.example/, null",
        "blob:ftp://a.example/, null",
        "blob://a/b, null",
        "file:///a, null",
        "web://a, null",
        "wss://A:443, wss://a"
    })
    void theOriginIsThatOfThePage(String text, String origin) {
        assertThat(Url.of(text).origin()).isEqualTo(origin);
    }

    @Test
    void anOpaqueOriginIsNotEvenItself() {
        Url file = Url.of("file:///a");
        assertThat(file.isSameOrigin(file)).isFalse();
        assertThat(Url.of("http://a/b").isSameOrigin(Url.of("http://A:80/c"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://xn--bcher-kva.example/, bücher.example",
        "http://xn--8i7caa/, xn--8i7caa", // decodes to what it would not be encoded from
        "http://[::1]/, [::1]",
        "web://xn--bcher-kva/, xn--bcher-kva",
        "http://1.2.3.4/, 1.2.3.4"
    })
    void aDomainIsShownInUnicode(String text, String host) {
        assertThat(Url.of(text).unicodeHostname()).isEqualTo(host);
    }

    @Test
    void aPlainTextIsTheUrlItself() {
        String text = "https://a.example/x?y#z";
        assertThat(Url.of(text).href()).isSameAs(text);
    }

    @Test
    void urlsAreEqualIfTheyAreWrittenAlike() {
        Url url = Url.of("HTTP://A.example:80/b/../c#d");
        assertThat(url).isEqualTo(Url.of("http://a.example/c#d"));
        assertThat(url).hasSameHashCodeAs(Url.of("http://a.example/c#d"));
        assertThat(url).isNotEqualTo(Url.of("http://a.example/c"));
        assertThat(url.equalsWithoutFragment(Url.of("http://a.example/c"))).isTrue();
        assertThat(url.equalsWithoutFragment(Url.of("http://a.example/d#d"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "x y, http://h/a/x%20y",
        "//g, http://g/",
        "?q, http://h/a/b?q",
        "#f, http://h/a/b?p#f",
        "'', http://h/a/b?p",
        "https:c, https://c/",
        "http:c, http://h/a/c"
    })
    void aReferenceIsRelativeToItsBase(String reference, String url) {
        assertThat(Url.of("http://h/a/b?p#g").resolve(reference)).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MISSING_SCHEME_NON_RELATIVE_URL, 0",
        "'  x', MISSING_SCHEME_NON_RELATIVE_URL, 2",
        "http://, HOST_MISSING, 7",
        "'http://a b/', DOMAIN_TO_ASCII, 8",
        "'http://É\ufffd/', DOMAIN_TO_ASCII, 8",
        "'http://u@É\ufffd/', DOMAIN_TO_ASCII, 10",
        "'ht\ntp://a:x', PORT_INVALID, 10",
        "http://a:65536, PORT_OUT_OF_RANGE, 9",
        "'web://a<', HOST_INVALID_CODE_POINT, 7",
        "'http://[::1', IPV6_UNCLOSED, 11",
        "'http://[1::2::3]/', IPV6_MULTIPLE_COMPRESSION, 13"
    })
    void whatIsNoUrlSaysWhereAndWhy(String text, ValidationError cause, int position) {
        var error = (UrlError) Url.parse(text);
        assertThat(error.cause()).isEqualTo(cause);
        assertThat(error.position()).isEqualTo(position);
        assertThat(error.message()).isEqualTo(cause.description() + ", at " + position);
    }

    @Test
    void aTextOverTheLimitIsRefused() {
        String text = "http://a/" + "b".repeat(70_000);
        assertThat(Url.parse(text))
                .isEqualTo(
                        new UrlError(
                                ValidationError.TOO_LONG,
                                65_536,
                                "a length of 70009 is over the limit of 65536"));
        assertThat(Url.canParse(text)).isFalse();
        assertThat(Url.canParse(text, UrlOptions.DEFAULT.withMaxLength(80_000))).isTrue();
        assertThat(Url.findings(text))
                .containsExactly(new UrlFinding(ValidationError.TOO_LONG, 65_536));
        assertThat(Url.of(text).href()).isEqualTo(text);
    }

    @Test
    void aLiteralThatIsNoUrlIsABug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Url.of("http://a:b"))
                .withMessage("a port with something other than digits, at 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "http://a.example.", "web://a.b"})
    void aHostMayHaveTheLengthsOfADnsName(String text) {
        assertThat(Url.of(text).hasDnsLength()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a..example", "http://.", "file:///a", "web:a"})
    void aHostMayNotHaveTheLengthsOfADnsName(String text) {
        assertThat(Url.of(text).hasDnsLength()).isFalse();
    }
}
