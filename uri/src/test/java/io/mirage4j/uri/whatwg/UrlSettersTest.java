// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlSettersTest {
    private static final Url URL = Url.of("https://me:pw@a.example:8080/x?q#f");

    @Test
    void eachComponentIsReplaced() {
        assertThat(URL.withProtocol("ws")).hasToString("ws://me:pw@a.example:8080/x?q#f");
        assertThat(URL.withUsername("a b")).hasToString("https://a%20b:pw@a.example:8080/x?q#f");
        assertThat(URL.withPassword("")).hasToString("https://me@a.example:8080/x?q#f");
        assertThat(URL.withHost("B:1")).hasToString("https://me:pw@b:1/x?q#f");
        assertThat(URL.withHostname("b")).hasToString("https://me:pw@b:8080/x?q#f");
        assertThat(URL.withPort("443")).hasToString("https://me:pw@a.example/x?q#f");
        assertThat(URL.withPort("")).hasToString("https://me:pw@a.example/x?q#f");
        assertThat(URL.withPathname("y/../z?"))
                .hasToString("https://me:pw@a.example:8080/z%3F?q#f");
        assertThat(URL.withSearch("r")).hasToString("https://me:pw@a.example:8080/x?r#f");
        assertThat(URL.withSearch("")).hasToString("https://me:pw@a.example:8080/x#f");
        assertThat(URL.withHash("#g")).hasToString("https://me:pw@a.example:8080/x?q#g");
        assertThat(URL.withHash("")).hasToString("https://me:pw@a.example:8080/x?q");
        assertThat(URL.withHref("http://b")).hasToString("http://b/");
    }

    @Test
    void whatIsIgnoredGivesTheSameUrl() {
        assertThat(URL.withProtocol("web")).isSameAs(URL);
        assertThat(URL.withProtocol("1")).isSameAs(URL);
        assertThat(URL.withHost("")).isSameAs(URL);
        assertThat(URL.withHostname("a:1")).isSameAs(URL);
        assertThat(URL.withPort("x")).isSameAs(URL);
        assertThat(URL.withPort("65536")).isSameAs(URL);
        assertThat(URL.withHash("f")).isSameAs(URL);
        Url mail = Url.of("mailto:me");
        assertThat(mail.withHost("a")).isSameAs(mail);
        assertThat(mail.withPathname("you")).isSameAs(mail);
        assertThat(mail.withUsername("me")).isSameAs(mail);
        Url file = Url.of("file:///a");
        assertThat(file.withPort("1")).isSameAs(file);
        assertThat(file.withProtocol("http")).isSameAs(file);
    }

    @ParameterizedTest
    @CsvSource({
        "web:/a, , web:///a",
        "web:///a, b, web://b/a",
        "web:/.//a, b, web://b//a",
        "file:///a, localhost, file:///a",
        "file:///a, b:1, file:///a"
    })
    void aHostComesAndGoesWhereItMay(String text, String host, String expected) {
        assertThat(Url.of(text).withHost(host == null ? "" : host)).hasToString(expected);
    }

    @Test
    void whatWasChangedBeforeAFaultStaysChanged() {
        assertThat(URL.withHost("b:65536")).hasToString("https://me:pw@b:8080/x?q#f");
    }

    @Test
    void parametersReplaceTheQuery() {
        UrlSearchParams params = URL.searchParams();
        params.set("a", "b c");
        assertThat(URL.withSearchParams(params))
                .hasToString("https://me:pw@a.example:8080/x?q=&a=b+c#f");
        assertThat(URL.withSearchParams(new UrlSearchParams()).query()).isEmpty();
    }
}
