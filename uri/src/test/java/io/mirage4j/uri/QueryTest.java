// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class QueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a=",
                "=a",
                "=",
                "&",
                "&&a",
                "a&b=c&a=d",
                "a=b=c",
                "a+b=%20",
                "%zz=%",
                "a;b=c"
            })
    void whatIsReadIsWrittenAgain(String text) {
        assertThat(Query.parse(text)).hasToString(text);
        assertThat(Query.parseForm(text)).hasToString(text);
    }

    @Property
    void anyTextIsReadWithoutLoss(@ForAll String text) {
        assertThat(Query.parse(text)).hasToString(text);
        assertThat(Query.parseForm(text)).hasToString(text);
    }

    @Property
    void whatIsAddedIsFound(@ForAll String name, @ForAll String value) {
        for (Query empty : new Query[] {Query.EMPTY, Query.EMPTY_FORM}) {
            Query query = empty.add("x", "y").add(name, value);
            Query read =
                    empty == Query.EMPTY
                            ? Query.parse(query.toString())
                            : Query.parseForm(query.toString());
            var last = read.parameters().getLast();
            assertThat(last.name()).isEqualTo(scalar(name));
            assertThat(last.value()).contains(scalar(value));
            assertThat(Uri.parse("?" + query, Integer.MAX_VALUE)).isInstanceOf(Uri.class);
        }
    }

    private static String scalar(String text) {
        return PercentSet.decode(PercentSet.UNRESERVED.encode(text));
    }

    @Test
    void valuesAreAbsentEmptyOrThere() {
        Query query = Query.parse("a&a=&a=1&b");
        assertThat(query.parameters().stream().map(Parameter::value))
                .containsExactly(
                        Optional.empty(), Optional.of(""), Optional.of("1"), Optional.empty());
        assertThat(query.values("a")).containsExactly("", "1");
        assertThat(query.value("a")).contains("");
        assertThat(query.value("b")).isEmpty();
        assertThat(query.contains("b")).isTrue();
        assertThat(query.contains("c")).isFalse();
    }

    @Test
    void aPlusIsASpaceInFormsOnly() {
        assertThat(Query.parse("a+b=c+d").value("a+b")).contains("c+d");
        assertThat(Query.parseForm("a+b=c+d").value("a b")).contains("c d");
        assertThat(Query.EMPTY.add("a b", "+")).hasToString("a%20b=%2B");
        assertThat(Query.EMPTY_FORM.add("a b", "+")).hasToString("a+b=%2B");
        assertThat(Query.parseForm("a=%2B").value("a")).contains("+");
    }

    @Test
    void formsAreEncodedAsByBrowsers() {
        assertThat(Query.EMPTY_FORM.add("*-._~", "é/?:@!$'(),;"))
                .hasToString("*-._%7E=%C3%A9%2F%3F%3A%40%21%24%27%28%29%2C%3B");
    }

    @Test
    void withReplacesTheFirstAndDropsTheOthers() {
        Query query = Query.parse("x=1&a=1&%78=2&b");
        assertThat(query.with("x", "&")).hasToString("x=%26&a=1&b");
        assertThat(query.with("y", "3")).hasToString("x=1&a=1&%78=2&b&y=3");
        assertThat(query.without("x")).hasToString("a=1&b");
        assertThat(query.add("f")).hasToString("x=1&a=1&%78=2&b&f");
        assertThat(query.without("x").without("a").without("b").isEmpty()).isTrue();
    }

    @Test
    void equalQueriesAreWrittenAndReadTheSame() {
        assertThat(Query.parse("a=1")).isEqualTo(Query.EMPTY.add("a", "1"));
        assertThat(Query.parse("a=1")).hasSameHashCodeAs(Query.EMPTY.add("a", "1"));
        assertThat(Query.parse("a=1")).isNotEqualTo(Query.parseForm("a=1"));
        assertThat(Query.parse("a=1")).isNotEqualTo(Query.parse("%61=1"));
    }
}
