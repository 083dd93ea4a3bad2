// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class UriTemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b|LITERAL|1",
                "a%4|LITERAL|1",
                "}|LITERAL|0",
                "é\ufff0|LITERAL|1",
                "a\ud800|LITERAL|1",
                "{|NAME|1",
                "{}|NAME|1",
                "{a|UNCLOSED|2",
                "{a,|NAME|3",
                "{a,}|NAME|3",
                "{=a}|OPERATOR|1",
                "{@a}|OPERATOR|1",
                "{-a}|NAME|1",
                "{a..b}|NAME|3",
                "{.a.}|NAME|4",
                "{a b}|NAME|2",
                "{a%4}|NAME|2",
                "{a:}|MODIFIER|3",
                "{a:0}|MODIFIER|3",
                "{a:01}|MODIFIER|3",
                "{a:12345}|MODIFIER|3",
                "{a:b}|MODIFIER|3",
                "{a:1*}|NAME|4",
                "{a*:1}|NAME|3",
                "x{a}{b|UNCLOSED|6",
            })
    void whatIsNoTemplateIsAnErrorWithAPosition(
            String text, TemplateError.Cause cause, int position) {
        assertThat(UriTemplate.parse(text))
                .isInstanceOfSatisfying(
                        TemplateError.class,
                        error -> {
                            assertThat(error.cause()).isEqualTo(cause);
                            assertThat(error.position()).isEqualTo(position);
                            assertThat(error.message()).endsWith("at " + position);
                        });
    }

    @Test
    void aTemplateOverTheLimitIsRefused() {
        assertThat(UriTemplate.parse("abc", 2)).isInstanceOf(TemplateError.class);
        assertThat(UriTemplate.parse("{a}".repeat(30_000))).isInstanceOf(TemplateError.class);
    }

    @Test
    void literalsAreEscapedWhereAUriNeedsIt() {
        assertThat(UriTemplate.of("/é%41'[]?\ue000").expand(Variables.NONE))
                .isEqualTo("/%C3%A9%41'[]?%EE%80%80");
    }

    @Test
    void aPrefixCountsCharactersAndDoesNotSplitEscapes() {
        assertThat(UriTemplate.of("{a:2}").expand(Variables.of("a", "\ud83d\ude00éx")))
                .isEqualTo("%F0%9F%98%80%C3%A9");
        assertThat(UriTemplate.of("{+a:2}").expand(Variables.of("a", "%41%42c")))
                .isEqualTo("%41%42");
        assertThat(UriTemplate.of("{a:2}").expand(Variables.of("a", "%41"))).isEqualTo("%254");
    }

    @Test
    void aPrefixOfAListIsTheCallersMistake() {
        assertThatThrownBy(
                        () ->
                                UriTemplate.of("{a:2}")
                                        .expand(Variables.NONE.with("a", List.of("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a:2 takes one text");
    }

    @Test
    void anEscapeThatIsNoUtf8IsLeftToAVariableThatKeepsIt() {
        assertThat(UriTemplate.of("{b}{+a}").match("%aa").flatMap(found -> found.text("a")))
                .contains("%aa");
        assertThat(UriTemplate.of("{b}").match("%aa")).isEmpty();
        assertThat(UriTemplate.of("{b}").match("%ed%a0%80")).isEmpty();
        assertThat(UriTemplate.of("{b}").match("%f0%9f%98%80").flatMap(found -> found.text("b")))
                .contains("\ud83d\ude00");
    }

    @Test
    void aTextTooLongForTheNumberOfVariablesIsNoMatch() {
        var template = UriTemplate.of("{a}{b}");
        int longest = UriTemplate.MAX_MATCH / 2;

        assertThat(template.match("x".repeat(longest))).isPresent();
        assertThat(template.match("x".repeat(longest + 1))).isEmpty();
    }

    @Test
    void aListThatWouldHaveToBeCutIsNoMatch() {
        assertThat(UriTemplate.of("{x}/{x:3}").match("a,b/a")).isEmpty();
        assertThat(UriTemplate.of("{?x*,x:3}").match("?x=a&x=b&x=c")).isEmpty();
        assertThat(UriTemplate.of("{/x*}{x:3}").match("/a/b")).isEmpty();
    }

    @Test
    void theNamesAreThoseOfAllExpressions() {
        assertThat(UriTemplate.of("/{b}{?a*,b,c.d:3}").variableNames())
                .containsExactly("b", "a", "c.d");
    }

    /// Template, text, and the variables found as `name=value`, lists in brackets.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/users/{id}|/users/42|{id=42}",
                "/users/{id}|/users/a%20b|{id=a b}",
                "/users/{id}|/users/|{}",
                "/{a}/{b}|/x/y|{a=x, b=y}",
                "{name}.{ext}|a.tar.gz|{name=a.tar, ext=gz}",
                "/search{?q,page}|/search?q=a&page=2|{q=a, page=2}",
                "/search{?q,page}|/search?page=2|{page=2}",
                "/search{?q,page}|/search|{}",
                "/search{?q,page}|/search?q=|{q=}",
                "{?a}{&b}|?a=1&b=2|{a=1, b=2}",
                "{?a}{&b,c}|?a=1&b=2&c=3|{a=1, b=2, c=3}",
                "{x,y}|1,2|{x=1, y=2}",
                "{x,y}|1|{x=1}",
                "{x,y}|1,2,3|{x=[1, 2, 3]}",
                "{x}|1,2|{x=[1, 2]}",
                "{x*}|1,2|{x=[1, 2]}",
                "{x*}|1|{x=[1]}",
                "{x*}|a=1,b=2|{x={a=1, b=2}}",
                "{?x*}|?x=1&x=2|{x=[1, 2]}",
                "{?x*}|?a=1&b=|{x={a=1, b=}}",
                "{?x*,y}|?x=1&x=2&y=3|{x=[1, 2], y=3}",
                "{;a,b}|;a;b=1|{a=, b=1}",
                "{;a*}|;a=1;a;a=2|{a=[1, , 2]}",
                "{;ab,a}|;a=1|{a=1}",
                "{/p*}|/a/b/c|{p=[a, b, c]}",
                "{/p*}/x|/a/b/x|{p=[a, b]}",
                "{.a,b}|.x.y|{a=x, b=y}",
                "{.a}|.tar.gz|{a=tar.gz}",
                "{.a*}|.tar.gz|{a=[tar, gz]}",
                "{+path}/here|/foo/bar/here|{path=/foo/bar}",
                "{+path}|a,b%2Fc%20d|{path=a,b%2Fc d}",
                "{#f}|#a/b?c|{f=a/b?c}",
                "{#x,y}|#1,2|{x=1, y=2}",
                "{v:2}/{v}|ab/abc|{v=abc}",
                "{v:2}|ab|{v=ab}",
                "{v:2}|%C3%A9%C3%A9|{v=éé}",
                "{a}41|%4141|{a=A}",
                "%41{a}|%41b|{a=b}",
                "|''|{}",
                "/a|/a|{}",
                "/é|/%C3%A9|{}",
            })
    void valuesAreReadBack(String template, String text, String expected) {
        String uri = text.equals("''") ? "" : text;
        UriTemplate parsed = UriTemplate.of(template == null ? "" : template);
        assertThat(parsed.match(uri)).get().asString().isEqualTo(plain(parsed, uri, expected));
    }

    private static String plain(UriTemplate template, String uri, String expected) {
        String found = template.match(uri).orElseThrow().toString();
        String stripped =
                found.replace("Text[text=", "<")
                        .replace("Items[items=[", "[")
                        .replace("Pairs[pairs={", "{");
        StringBuilder out = new StringBuilder();
        for (int i = 0, texts = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (c == '<') texts++;
            else if (c == ']' && texts > 0) texts--;
            else out.append(c);
        }
        String shown = out.toString().replace("]]", "]").replace("}]", "}");
        return shown.equals(expected) ? found : expected + " instead of " + shown;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/users/{id}|/users/1/2",
                "/users/{id}|/user/1",
                "/users/{id}|/users/a b",
                "{?q}|?r=1",
                "{?q}|?q",
                "{?q}|?q=1&q=2",
                "{v:2}|abc",
                "{v:2}/{v}|ab/xbc",
                "{v}/{v}|a/b",
                "{a}|%zz",
                "{a}|%FF",
                "{?x*}|?a=1&x",
                "/a|/b",
                "/a|/",
            })
    void whatTheTemplateCannotGiveDoesNotMatch(String template, String text) {
        assertThat(UriTemplate.of(template).match(text)).isEmpty();
    }

    @Test
    void pairsKeepTheirOrder() {
        Map<String, String> pairs = new LinkedHashMap<>();
        pairs.put("z", "1");
        pairs.put("a", "");
        var variables = Variables.NONE.with("p", pairs);
        assertThat(UriTemplate.of("{?p*}").expand(variables)).isEqualTo("?z=1&a=");
        assertThat(UriTemplate.of("{;p*}").expand(variables)).isEqualTo(";z=1;a");
        assertThat(UriTemplate.of("{?p}").expand(variables)).isEqualTo("?p=z,1,a,");
        assertThat(UriTemplate.of("{?p*}").match("?z=1&a=")).contains(variables);
    }
}
