// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.uri.idna.Idna.Check;
import io.mirage4j.uri.idna.IdnaResult.Domain;
import io.mirage4j.uri.idna.IdnaResult.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.EnumSet;
import java.util.Set;

class IdnaTest {
    private static final Idna NO_CHECKS = Idna.checking(Set.of());

    @ParameterizedTest
    @CsvSource({
        "Bücher.example, xn--bcher-kva.example",
        "faß.de, xn--fa-hia.de",
        "ＡＢＣ。example, abc.example",
        "a\u00adb.example, ab.example",
        "☕.example, xn--53h.example",
        "각.kr, xn--p39a.kr",
        "각.kr, xn--p39a.kr", // in jamo
        "ａ\u0300.example, xn--0ca.example",
        "xn--bcher-kva.ÉXAMPLE, xn--bcher-kva.xn--xample-9ua"
    })
    void namesAreMappedNormalizedAndWrittenInPunycode(String name, String ascii) {
        assertThat(Idna.WEB.toAscii(name)).isEqualTo(new Domain(ascii));
    }

    @ParameterizedTest
    @CsvSource({"xn--bcher-kva.example, bücher.example", "XN--53H.example, ☕.example"})
    void punycodeIsUndoneForPeople(String name, String unicode) {
        assertThat(Idna.WEB.toUnicode(name)).isEqualTo(new Domain(unicode));
    }

    @ParameterizedTest
    @CsvSource({
        "a\ufffd.b, DISALLOWED_CODE_POINT, 1",
        "é.\ud800, DISALLOWED_CODE_POINT, 2",
        "é.xn--0, INVALID_PUNYCODE, 2",
        "é.xn--a-, INVALID_PUNYCODE, 2",
        "é.xn--é, INVALID_PUNYCODE, 2",
        "é。xn--1ch-xyz0, INVALID_PUNYCODE, 2",
        "a.xn--u-ccb, NOT_NORMALIZED, 2", // u and a combining diaeresis
        "a.xn--xn---epa, DOUBLE_PUNYCODE, 2",
        "a.b.\u0301c, LEADING_MARK, 4",
        "a\u200cb.c, JOINER_OUT_OF_CONTEXT, 0",
        "a\u200db.c, JOINER_OUT_OF_CONTEXT, 0",
        "a.يa, BIDI_RULE, 2",
        "1a.ي, BIDI_RULE, 0"
    })
    void faultsAreToldWithTheirPlace(String name, IdnaError error, int position) {
        assertThat(Idna.WEB.toAscii(name)).isEqualTo(new Invalid(error, position));
    }

    @ParameterizedTest
    @CsvSource({
        "a_b.example, NOT_LETTER_DIGIT_HYPHEN, 0",
        "a.ab--c, HYPHENS_IN_THIRD_AND_FOURTH, 2",
        "a.-b, HYPHEN_AT_EDGE, 2",
        "a.b-, HYPHEN_AT_EDGE, 2",
        "a..b, EMPTY_LABEL, 2",
        "a., EMPTY_LABEL, 2",
        "'', EMPTY_LABEL, 0"
    })
    void namesForTheDnsAreHeldToItsRules(String name, IdnaError error, int position) {
        assertThat(Idna.STRICT.toAscii(name)).isEqualTo(new Invalid(error, position));
        assertThat(Idna.WEB.toAscii(name)).isEqualTo(new Domain(name));
    }

    @Test
    void labelsHaveAtMost63OctetsInTheDns() {
        assertThat(Idna.STRICT.toAscii("a".repeat(63))).isEqualTo(new Domain("a".repeat(63)));
        assertThat(Idna.STRICT.toAscii("x." + "a".repeat(64)))
                .isEqualTo(new Invalid(IdnaError.LABEL_TOO_LONG, 2));
    }

    @Test
    void namesHaveAtMost253OctetsInTheDns() {
        String name = "abcdefgh.".repeat(28);
        assertThat(Idna.STRICT.toAscii(name + "a")).isEqualTo(new Domain(name + "a"));
        assertThat(Idna.STRICT.toAscii(name + "ab"))
                .isEqualTo(new Invalid(IdnaError.NAME_TOO_LONG, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"क\u094d\u200cष", "क\u094d\u200dष", "نامه\u200cای", "ب\u200cب"})
    void joinersPassWhereTheyJoin(String label) {
        assertThat(Idna.WEB.toAscii(label)).isInstanceOf(Domain.class);
    }

    @ParameterizedTest
    @CsvSource({"يa, BIDI", "a\u200cb, JOINERS"})
    void aCheckCanBeLeftOut(String name, Check check) {
        Idna others = Idna.checking(EnumSet.complementOf(EnumSet.of(check)));
        assertThat(Idna.WEB.toAscii(name)).isInstanceOf(Invalid.class);
        assertThat(others.toAscii(name)).isInstanceOf(Domain.class);
        assertThat(NO_CHECKS.toAscii(name)).isInstanceOf(Domain.class);
    }

    @Test
    void errorsSayWhatAndWhere() {
        assertThat(Idna.WEB.toAscii("a.\u0301c"))
                .hasToString("a label that begins with a combining mark at 2");
    }

    @Test
    void theVersionOfUnicodeIsKnown() {
        assertThat(Idna.unicodeVersion()).isEqualTo("17.0.0");
    }
}
