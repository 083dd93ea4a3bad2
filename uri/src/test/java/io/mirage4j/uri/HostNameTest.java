// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, example.com",
        "EXAMPLE.com, example.com, example.com",
        "1host.2, 1host.2, 1host.2",
        "ab--cd, ab--cd, ab--cd",
        "xn--bcher-kva.example, xn--bcher-kva.example, bücher.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example, bücher.example",
    })
    void aNameInAsciiIsRead(String text, String ascii, String unicode) {
        var name = (HostName) HostName.parse(text);
        assertThat(name.ascii()).isEqualTo(ascii);
        assertThat(name.unicode()).isEqualTo(unicode);
        assertThat(HostName.parseInternational(ascii)).isEqualTo(name);
        assertThat(HostName.parseInternational(unicode)).isEqualTo(name).hasToString(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "., 0",
        "a., 2",
        "a..b, 2",
        ".a, 0",
        "-a, 0",
        "a-, 1",
        "a.b_c, 3",
        "a.é, 2",
        "a b, 1",
        "xn--x, 0",
        "a.xn--l-fda, 2",
        "xn--, 3",
        "a.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg, 2"
    })
    void whatIsNoNameIsAnErrorWithAPosition(String text, int position) {
        assertThat(HostName.parse(text))
                .isInstanceOfSatisfying(
                        UriError.class, error -> assertThat(error.position()).isEqualTo(position));
    }

    @Test
    void aTextTooLongForANameIsRefusedBeforeItIsRead() {
        assertThat(HostName.parseInternational("\u0323\u0301".repeat(1_000_000)))
                .isInstanceOfSatisfying(
                        UriError.class, error -> assertThat(error.position()).isEqualTo(253));
    }

    @ParameterizedTest
    @CsvSource({
        "bücher, xn--bcher-kva",
        "straße, xn--strae-oqa",
        "a。b．c｡d, a.b.c.d",
        "l·l, xn--ll-0ea",
        "日本語。jp, xn--wgv71a119e.jp",
        "ıx, xn--x-eka"
    })
    void aNameBeyondAsciiIsRead(String text, String ascii) {
        assertThat(HostName.parseInternational(text)).hasToString(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "a.Bücher, 2",
        "bu\u0308cher, 0",
        "x.a·l, 3",
        "é-, 0",
        "é.-é, 2",
        "ab--é, 2",
        "é…, 1",
        "x.﷼, 2",
        "aא, 0",
        "é\u200d, 0",
        "\ud800é, 0"
    })
    void whatIdna2008DoesNotAllowIsAnErrorWithAPosition(String text, int position) {
        assertThat(HostName.parseInternational(text))
                .isInstanceOfSatisfying(
                        UriError.class, error -> assertThat(error.position()).isEqualTo(position));
    }

    @Test
    void aLongNameIsRefused() {
        String name = "a.".repeat(126) + "a";
        assertThat(HostName.parse(name)).isInstanceOf(HostName.class);
        assertThat(HostName.parse(name + ".a")).isInstanceOf(UriError.class);
    }

    @Property
    void anyTextGivesANameOrAnErrorWithAPosition(@ForAll("texts") String text) {
        switch (HostName.parseInternational(text)) {
            case HostName name -> assertThat(HostName.parse(name.ascii())).isEqualTo(name);
            case UriError error -> assertThat(error.position()).isBetween(0, text.length());
        }
        if (HostName.parse(text) instanceof HostName name) {
            assertThat(HostName.parseInternational(name.unicode())).isEqualTo(name);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(10),
                Arbitraries.of(
                                "a",
                                "B",
                                "-",
                                "--",
                                ".",
                                "é",
                                "xn--",
                                "bcher-kva",
                                "א",
                                "1",
                                "。",
                                "ß")
                        .list()
                        .ofMaxSize(7)
                        .map(list -> String.join("", list)));
    }
}
