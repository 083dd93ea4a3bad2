// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.uri.Uri;
import io.mirage4j.uri.UriResult;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.Optional;

class UriTemplatePropertiesTest {
    @Property(tries = 10_000)
    void whatATemplateGaveItMatchesAndGivesAgain(
            @ForAll("templates") String text, @ForAll("variables") Variables variables) {
        UriTemplate template = UriTemplate.of(text);
        Assume.that(isEachNameOnce(text));
        String uri = template.expand(variables);
        Optional<Variables> match = template.match(uri);
        assertThat(match).as("%s of %s", uri, variables).isPresent();
        // But for escapes that need not be: a value may hold some that stay what they are.
        assertThat(Positions.canonical(template.expand(match.get())))
                .isEqualTo(Positions.canonical(uri));
    }

    private static boolean isEachNameOnce(String text) {
        for (String name : List.of("a", "b", "list", "none", "x.y")) {
            if (text.split(name, -1).length > 2) return false;
        }
        return true;
    }

    @Property
    void anyTextIsATemplateOrAnErrorWithAPosition(@ForAll("wildTexts") String text) {
        switch (UriTemplate.parse(text)) {
            case UriTemplate template -> {
                assertThat(template).hasToString(text);
                assertThat(template.expand(Variables.NONE)).isNotNull();
            }
            case TemplateError error -> assertThat(error.position()).isBetween(0, text.length());
        }
    }

    @Property
    void anyTextMatchesOrNot(
            @ForAll("templates") String template, @ForAll("wildTexts") String text) {
        UriTemplate parsed = UriTemplate.of(template);
        parsed.match(text).ifPresent(variables -> assertThat(parsed.expand(variables)).isNotNull());
    }

    @Property
    void aQueryExpressionAlwaysGivesAQuery(@ForAll String value, @ForAll String item) {
        var variables = Variables.of("a", value).with("b", List.of(item, value));
        UriResult result =
                Uri.parse(UriTemplate.of("{?a,b,b*}").expand(variables), Integer.MAX_VALUE);
        assertThat(result).isInstanceOf(Uri.class);
    }

    @Provide
    Arbitrary<String> templates() {
        Arbitrary<String> variable =
                Combinators.combine(
                                Arbitraries.of("a", "b", "list", "none", "x.y"),
                                Arbitraries.of("", "", "*"))
                        .as((name, modifier) -> name + modifier);
        Arbitrary<String> expression =
                Combinators.combine(
                                Arbitraries.of("", "+", "#", ".", "/", ";", "?", "&"),
                                variable.list().ofMinSize(1).ofMaxSize(3))
                        .as((operator, list) -> "{" + operator + String.join(",", list) + "}");
        return Arbitraries.oneOf(expression, Arbitraries.of("/", "-", ".", "%41", "é"))
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Variables> variables() {
        Arbitrary<String> text =
                Arbitraries.strings().withChars("ab,./;=&?%41é \u0000").ofMaxLength(6);
        return Combinators.combine(text, text, text.list().ofMaxSize(3))
                .as((a, b, list) -> Variables.of("a", a).with("b", b).with("list", list));
    }

    @Provide
    Arbitrary<String> wildTexts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("{}a,:*1%+?&=#/.é").ofMaxLength(20),
                Arbitraries.strings().ofMaxLength(20));
    }
}
