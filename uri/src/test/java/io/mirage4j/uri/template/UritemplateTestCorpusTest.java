// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Json;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The suite of the RFC 6570 community: template and variables to the expected text, one of several
/// texts, or an error.
class UritemplateTestCorpusTest {
    @TestFactory
    Stream<DynamicTest> templatesExpandAsExpected() {
        return Corpus.of("uri", "uritemplate-test").tests(this::cases);
    }

    private Stream<Corpus.Case> cases(Path directory) throws IOException {
        Stream.Builder<Corpus.Case> cases = Stream.builder();
        for (Path file : Corpus.files(directory, ".json")) {
            for (Json group : Json.read(file).members().values()) {
                Json variables = group.get("variables");
                for (Json row : group.get("testcases").elements()) {
                    String id = Corpus.id(file, variables.emit() + row.emit());
                    cases.add(Corpus.Case.run(id, () -> expands(variables, row.elements())));
                }
            }
        }
        return cases.build();
    }

    private void expands(Json variables, List<Json> row) {
        String template = row.get(0).text();
        Variables values = variables(variables);
        switch (row.get(1)) {
            case Json.Bool(boolean expected) -> {
                assertThat(expected).isFalse();
                assertThatThrownBy(() -> UriTemplate.of(template).expand(values))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            case Json.Array(List<Json> any) ->
                    assertThat(UriTemplate.of(template).expand(values))
                            .isIn(any.stream().map(Json::text).toList());
            case Json expected ->
                    assertThat(UriTemplate.of(template).expand(values)).isEqualTo(expected.text());
        }
    }

    private static Variables variables(Json object) {
        var variables = Variables.NONE;
        for (var member : object.members().entrySet()) {
            String name = member.getKey();
            switch (member.getValue()) {
                case Json.Null() -> {}
                case Json.Array(List<Json> items) ->
                        variables =
                                variables.with(
                                        name,
                                        items.stream()
                                                .filter(item -> !item.isNull())
                                                .map(UritemplateTestCorpusTest::scalar)
                                                .toList());
                case Json.Members(Map<String, Json> members) -> {
                    Map<String, String> pairs = new LinkedHashMap<>();
                    members.forEach(
                            (key, value) -> {
                                if (!value.isNull()) {
                                    pairs.put(key, scalar(value));
                                }
                            });
                    variables = variables.with(name, pairs);
                }
                case Json scalar -> variables = variables.with(name, scalar(scalar));
            }
        }
        return variables;
    }

    private static String scalar(Json json) {
        return switch (json) {
            case Json.Num(String literal) -> literal;
            case Json.Bool(boolean value) -> Boolean.toString(value);
            default -> json.text();
        };
    }
}
