// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.function.BiFunction;

class UrlPropertiesTest {
    private static final List<BiFunction<Url, String, Url>> SETTERS =
            List.of(
                    Url::withProtocol,
                    Url::withUsername,
                    Url::withPassword,
                    Url::withHost,
                    Url::withHostname,
                    Url::withPort,
                    Url::withPathname,
                    Url::withSearch,
                    Url::withHash);

    @Property(tries = 20_000)
    void aUrlParsesToItself(@ForAll("texts") String text, @ForAll("bases") Url base) {
        if (base.resolve(text) instanceof Url url) {
            assertParsesToItself(url);
        }
    }

    @Property(tries = 20_000)
    void aChangedUrlParsesToItself(
            @ForAll("texts") String text,
            @ForAll("texts") String value,
            @ForAll("bases") Url base) {
        Assume.that(base.resolve(text) instanceof Url);
        Url url = (Url) base.resolve(text);
        for (var setter : SETTERS) assertParsesToItself(setter.apply(url, value));
    }

    private static void assertParsesToItself(Url url) {
        Url again = Url.of(url.href());
        assertThat(again).isEqualTo(url);
        assertThat(components(again)).isEqualTo(components(url));
    }

    @Property(tries = 20_000)
    void theShortWayGivesWhatTheParserGives(@ForAll("nearlyPlain") String text) {
        Url plain = PlainUrls.parse("http://" + text);
        Assume.that(plain != null);
        assertThat(UrlParser.parse("http://" + text, UrlOptions.DEFAULT)).isEqualTo(plain);
        var parsed = (Url) UrlParser.parse("http://" + text, UrlOptions.DEFAULT);
        assertThat(components(plain)).isEqualTo(components(parsed));
    }

    @Property
    void anyTextGivesAUrlOrItsErrorAsTheLastFinding(@ForAll("texts") String text) {
        if (Url.parse(text) instanceof UrlError error) {
            assertThat(Url.findings(text).getLast().error()).isEqualTo(error.cause());
            assertThat(error.position()).isBetween(0, text.length());
        }
        for (UrlFinding finding : Url.findings(text)) {
            assertThat(finding.position()).isBetween(0, text.length());
        }
    }

    @Property
    void aUrlHasNoCharacterThatItShouldEscape(@ForAll String text) {
        if (Url.parse("http://a/" + text) instanceof Url url) {
            assertThat(url.href()).matches("[!-~]*");
        }
    }

    @Property
    void settingAComponentIsParsingWithIt(
            @ForAll("plain") String path,
            @ForAll("plain") String query,
            @ForAll("plain") String hash) {
        Url url = Url.of("http://a.example/");
        String slash = path.startsWith("/") ? "" : "/";
        String text =
                "http://a.example" + slash + path + prefixed("?", query) + prefixed("#", hash);
        assertThat(url.withPathname(path).withSearch(query).withHash(hash)).isEqualTo(Url.of(text));
    }

    private static String prefixed(String prefix, String text) {
        return text.isEmpty() ? "" : prefix + text;
    }

    @Property
    void pairsAreReadAsTheyWereWritten(@ForAll List<String> names, @ForAll String value) {
        var params = new UrlSearchParams();
        for (String name : names) params.append(name, value);
        assertThat(UrlSearchParams.parse("?" + params)).isEqualTo(params);
    }

    @Property
    void aQueryChangesNoMoreOnceItIsWrittenAsAForm(@ForAll("texts") String query) {
        String form = UrlSearchParams.parse(query).toString();
        Url url = Url.of("http://a/").withSearchParams(UrlSearchParams.parse(query));
        assertThat(UrlSearchParams.parse(form)).hasToString(form);
        assertThat(url.search()).isEqualTo(prefixed("?", form));
    }

    private static List<String> components(Url url) {
        return List.of(
                url.href(),
                url.username(),
                url.password(),
                url.host(),
                url.hostname(),
                url.port(),
                url.pathname(),
                url.search(),
                url.hash(),
                url.query().toString(),
                url.fragment().toString());
    }

    /// Pieces that matter to the parser, and some characters that do not.
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "http:",
                        "https:",
                        "file:",
                        "ws:",
                        "web:",
                        "blob:",
                        "//",
                        "/",
                        "\\",
                        "?",
                        "#",
                        ":",
                        "@",
                        ".",
                        "..",
                        "%2e",
                        "%",
                        "%zz",
                        "%41",
                        " ",
                        "\t",
                        "\n",
                        "c:",
                        "C|",
                        "localhost",
                        "a.example",
                        "1.2.3.4",
                        "0x7f.1",
                        "09",
                        "[::1]",
                        "[1:2::3]",
                        "[",
                        "]",
                        "xn--",
                        "xn--zca",
                        "é",
                        "ß.de",
                        "☃",
                        "💩",
                        "\ud800",
                        ":80",
                        ":443",
                        ":65536",
                        "me:pw@",
                        "^",
                        "|",
                        "'",
                        "\u0000",
                        "\u00ad",
                        "。",
                        "x y");
        return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(3))
                .list()
                .ofMaxSize(9)
                .map(list -> String.join("", list));
    }

    /// What follows `http://` in a URL that is plain, or just not.
    @Provide
    Arbitrary<String> nearlyPlain() {
        Arbitrary<String> hosts =
                Arbitraries.of(
                        "a",
                        "a.example",
                        "a.b.",
                        "1.2.3.4",
                        "1.2.3",
                        "01.2.3.4",
                        "1.2.3.256",
                        "a.0x1",
                        "a.1x",
                        "a.9",
                        "face",
                        "a.face.",
                        "a-b_c~",
                        "x",
                        "0",
                        ".",
                        "a..b",
                        "A");
        Arbitrary<String> ports =
                Arbitraries.of("", "", ":", ":80", ":081", ":8080", ":65536", ":0");
        Arbitrary<String> tails =
                Arbitraries.of(
                                "/", "/", "a", "..", ".", "%2e", "%2E.", "...", ".a", "%", "%20",
                                "?", "#", "'", "^", "|", "\\", ":", "@", "é", " ")
                        .list()
                        .ofMaxSize(6)
                        .map(list -> String.join("", list));
        return Combinators.combine(hosts, ports, tails)
                .as((host, port, tail) -> host + port + (tail.isEmpty() ? "" : "/" + tail));
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings().withChars("abc.%2é'/^&=").ofMaxLength(12);
    }

    @Provide
    Arbitrary<Url> bases() {
        return Arbitraries.of(
                        "http://h/p/q?r#s",
                        "https://u:p@h:99/a/b",
                        "file:///C:/x/y",
                        "file://host/a",
                        "web://h/a/b",
                        "web:/a/b",
                        "web:/.//a",
                        "mailto:x",
                        "data:a b")
                .map(Url::of);
    }
}
