// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.uri.whatwg.UrlSearchParams.Pair;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

class UrlSearchParamsTest {
    @ParameterizedTest
    @CsvSource({
        "a=b&c=d, a=b&c=d",
        "?a=b, a=b",
        "a&&=b&=, a=&=b&=",
        "a=b=c, a=b%3Dc",
        "a+b=%2B, a+b=%2B",
        "%zz=%, %25zz=%25",
        "%ff=%e2%82, %EF%BF%BD=%EF%BF%BD",
        "ä=☃, %C3%A4=%E2%98%83",
        "'\ud800=\udc00', %EF%BF%BD=%EF%BF%BD",
        "\ufeff=%ef%bb%bf, %EF%BB%BF=%EF%BB%BF",
        "*-._~!=x, *-._%7E%21=x",
        "'', ''",
        "&&, ''"
    })
    void aQueryIsReadAndWritten(String query, String written) {
        assertThat(UrlSearchParams.parse(query)).hasToString(written);
    }

    @Test
    void onlyOneQuestionMarkIsTakenOff() {
        assertThat(Url.of("http://a/??b=c").searchParams().get("?b")).contains("c");
    }

    @Test
    void pairsAreFoundByName() {
        UrlSearchParams params = UrlSearchParams.parse("a=1&b=2&a=3");
        assertThat(params.size()).isEqualTo(3);
        assertThat(params.get("a")).contains("1");
        assertThat(params.get("c")).isEmpty();
        assertThat(params.getAll("a")).containsExactly("1", "3");
        assertThat(params.has("b")).isTrue();
        assertThat(params.has("b", "3")).isFalse();
        assertThat(params.has("a", "3")).isTrue();
    }

    @Test
    void pairsAreChanged() {
        UrlSearchParams params = UrlSearchParams.parse("a=1&b=2&a=3&c=4&a=1");
        params.append("d", "5");
        params.delete("a", "1");
        assertThat(params).hasToString("b=2&a=3&c=4&d=5");
        params.set("b", "6");
        params.set("e", "7");
        params.delete("c");
        assertThat(params).hasToString("b=6&a=3&d=5&e=7");
    }

    @Test
    void settingKeepsTheFirstPlaceOnly() {
        UrlSearchParams params = UrlSearchParams.parse("x=0&a=1&b=2&a=3");
        params.set("a", "4");
        assertThat(params).hasToString("x=0&a=4&b=2");
    }

    @Test
    void namesAreSortedByUtf16CodeUnits() {
        UrlSearchParams params = UrlSearchParams.parse("\ufb03=&🌈=&a=2&A=&a=1&=");
        params.sort();
        assertThat(params)
                .extracting(Pair::name)
                .containsExactly("", "A", "a", "a", "🌈", "\ufb03");
        assertThat(params.getAll("a")).containsExactly("2", "1");
    }

    @Test
    void surrogatesWithoutPartnerAreReplaced() {
        var params = new UrlSearchParams();
        params.append("a\ud800", "\udc00b");
        assertThat(params.get("a\ufffd")).contains("\ufffdb");
        assertThat(params.get("a\udfff")).contains("\ufffdb");
        assertThat(params.has("a\ud800", "\ud800b")).isTrue();
        params.delete("a\ud801");
        assertThat(params.size()).isZero();
    }

    @Test
    void iterationSeesTheListAsItIs() {
        UrlSearchParams params = UrlSearchParams.parse("a=1&b=2&c=3");
        List<String> names = new ArrayList<>();
        for (Pair pair : params) {
            names.add(pair.name());
            if (pair.name().equals("a")) {
                params.delete("b");
            }
            if (names.size() == 1) {
                params.append("d", "4");
            }
        }
        assertThat(names).containsExactly("a", "c", "d");
    }

    @Test
    void thereIsNothingBehindTheLastPair() {
        Iterator<Pair> pairs = new UrlSearchParams().iterator();
        assertThatThrownBy(pairs::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void paramsAreMadeOfPairsAndEqualByThem() {
        UrlSearchParams params = UrlSearchParams.of(List.of(new Pair("a", "b"), new Pair("c", "")));
        assertThat(params)
                .isEqualTo(UrlSearchParams.parse("a=b&c"))
                .hasSameHashCodeAs(UrlSearchParams.parse("a=b&c"));
        assertThat(params).isNotEqualTo(UrlSearchParams.parse("c&a=b"));
    }

    @Test
    void aFormCanBeWrittenInALegacyEncoding() {
        var shiftJis = QueryEncoding.forLabel("shift_jis").orElseThrow();
        var params = UrlSearchParams.of(List.of(new Pair("1+1 ≡ 2%20‽", "")));
        assertThat(params.toString(shiftJis)).isEqualTo("1%2B1+%81%DF+2%2520%26%238253%3B=");
    }
}
