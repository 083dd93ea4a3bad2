// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mirage4j.uri.template.TemplateResult;
import io.mirage4j.uri.template.UriTemplate;
import io.mirage4j.uri.template.Variables;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.stream.Stream;

/// Texts that are long in the wrong places. The bound is a hundred times what linear time takes;
/// quadratic time would be minutes.
class HostileInputTest {
    private static final int LONG = Boolean.getBoolean("mirage.full") ? 1_000_000 : 200_000;
    private static final Duration BOUND = Duration.ofSeconds(20);

    static Stream<String> longTexts() {
        return Stream.of(
                        ":",
                        "a:",
                        "/",
                        "//",
                        "/.",
                        "/..",
                        "/a/..",
                        "../",
                        "a/",
                        "@",
                        "a@",
                        "//@",
                        "[",
                        "[::",
                        "]",
                        "%",
                        "%4",
                        "%41",
                        "%c3",
                        "%F0%9F%98",
                        "?",
                        "#",
                        "&",
                        "=",
                        "a=b&",
                        "+",
                        ".",
                        "1.",
                        "1",
                        "0:",
                        "\\",
                        "<",
                        ">",
                        "<URL:",
                        " ",
                        "\n",
                        "\u0000",
                        "é",
                        "\ud83d\ude00",
                        "\ud800",
                        "{",
                        "}",
                        "{a}",
                        "{?a*}",
                        ",",
                        ";")
                .flatMap(
                        piece -> {
                            String run = piece.repeat(LONG / piece.length());
                            return Stream.of(
                                    run,
                                    "http://" + run,
                                    "http://h/" + run,
                                    "http://[" + run,
                                    "http://h:" + run,
                                    "?" + run,
                                    "data:" + run + ",",
                                    "mailto:" + run);
                        });
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("longTexts")
    void aLongTextIsReadInTime(String text) {
        assertTimeoutPreemptively(
                BOUND,
                () -> {
                    if (Uri.parse(text, LONG * 2) instanceof Uri uri) {
                        use(uri);
                    }
                    if (Uri.parseLenient(text, LONG * 2) instanceof Repaired repaired) {
                        use(repaired.uri());
                    }
                    assertThat(Iri.parse(text, LONG * 2)).isNotNull();
                    assertThat(Query.parseForm(text).toString()).isEqualTo(text);
                    assertThat(PercentSet.SEGMENT.encode(PercentSet.decode(text))).isNotNull();
                    TemplateResult template = UriTemplate.parse(text, LONG * 2);
                    if (template instanceof UriTemplate parsed) {
                        assertThat(parsed.expand(Variables.NONE)).isNotNull();
                    }
                });
    }

    private static void use(Uri uri) {
        Uri normal = uri.normalize();
        assertThat(uri.toIri()).isNotNull();
        assertThat(uri.segments()).isNotNull();
        assertThat(DataUri.of(uri)).isNotNull();
        assertThat(Mailto.of(uri)).isNotNull();
        assertThat(FileUri.of(uri)).isNotNull();
        assertThat(uri.host()).isNotNull();
        Uri base = Uri.of("http://h/a/b");
        assertThat(base.resolve(uri)).isNotNull();
        if (!normal.isRelative()) {
            assertThat(normal.relativize(base.resolve(uri))).isNotNull();
            assertThat(base.relativize(normal)).isNotNull();
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("templates")
    void aLongTextIsMatchedInTime(String template, String text) {
        assertTimeoutPreemptively(
                BOUND, () -> assertThat(UriTemplate.of(template).match(text)).isNotNull());
    }

    static Stream<Object[]> templates() {
        String as = "a".repeat(LONG / 2);
        return Stream.of(
                new Object[] {"{a}{b}{c}{d}", as + "/"},
                new Object[] {"{+a}a{+b}a{+c}", as},
                new Object[] {"{a*}{b*}{c*}/", "a,".repeat(LONG / 4)},
                new Object[] {"{?a*,b*,c*}", "?a=1" + "&a=1&b=2".repeat(LONG / 20)},
                new Object[] {"{a:9999}{b:9999}{c:9999}/", as},
                new Object[] {"{;a*}x", ";a".repeat(LONG / 4)},
                new Object[] {"{.a*,b*,c*}/", ".".repeat(LONG / 2)});
    }

    @Test
    void tenMegabytesAreRefusedWithAClearMessage() {
        assertThat(Uri.parse("http://h/" + "a".repeat(10_000_000)))
                .isInstanceOfSatisfying(
                        UriError.class,
                        error ->
                                assertThat(error.message())
                                        .isEqualTo(
                                                "a length of 10000009 is over the limit of 65536"));
    }

    @Test
    void everyUtf16UnitInEveryPlaceGivesAResult() {
        for (int c = 0; c < 0x10000; c++) {
            String unit = String.valueOf((char) c);
            for (String place :
                    new String[] {"x", "x:x", "//x", "//a:x", "//[x]", "//x@", "?x", "#x"}) {
                String text = place.replace("x", unit);
                assertThat(Uri.parse(text)).isNotNull();
                assertThat(Iri.parse(text)).isNotNull();
            }
        }
    }
}
