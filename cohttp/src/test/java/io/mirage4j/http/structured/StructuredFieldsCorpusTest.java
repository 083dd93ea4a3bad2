// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Json;

import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tests of the HTTP working group: lines to a tree, and the tree back to lines.
class StructuredFieldsCorpusTest {
    @TestFactory
    Stream<DynamicTest> fieldsAreReadAndWritten() {
        return Corpus.of("http", "structured-fields").tests(this::cases);
    }

    private Stream<Corpus.Case> cases(Path directory) throws IOException {
        Stream.Builder<Corpus.Case> cases = Stream.builder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                for (Json test : Json.read(file).elements()) {
                    cases.add(
                            Corpus.Case.run(
                                    Corpus.id(file, test.emit()),
                                    () -> {
                                        if (test.has("raw")) {
                                            parses(test);
                                        } else {
                                            emits(test);
                                        }
                                    }));
                }
            }
        }
        return cases.build();
    }

    private static void parses(Json test) {
        String raw =
                test.get("raw").elements().stream()
                        .map(Json::text)
                        .collect(Collectors.joining(", "));
        Structured parsed =
                switch (test.get("header_type").text()) {
                    case "item" -> Item.parse(raw);
                    case "list" -> StructuredList.parse(raw);
                    default -> Dictionary.parse(raw);
                };
        String name = test.get("name").text();
        if (test.has("must_fail") && test.get("must_fail").bool()) {
            assertThat(parsed).as(name).isInstanceOf(Structured.Malformed.class);
            return;
        }
        boolean mayFail = test.has("can_fail") && test.get("can_fail").bool();
        if (mayFail && parsed instanceof Structured.Malformed) return;
        assertThat(parsed).as(name).isEqualTo(tree(test));
        String canonical = test.has("canonical") ? lines(test.get("canonical")) : raw;
        assertThat(emit(parsed)).as(name).isEqualTo(canonical);
    }

    private static void emits(Json test) {
        if (test.has("must_fail") && test.get("must_fail").bool()) {
            assertThatIllegalArgumentException()
                    .as(test.get("name").text())
                    .isThrownBy(() -> emit(tree(test)));
        } else {
            assertThat(emit(tree(test)))
                    .as(test.get("name").text())
                    .isEqualTo(lines(test.get("canonical")));
        }
    }

    private static String lines(Json lines) {
        return lines.elements().stream().map(Json::text).collect(Collectors.joining(", "));
    }

    private static String emit(Structured value) {
        return switch (value) {
            case Item item -> item.emit();
            case StructuredList list -> list.emit();
            case Dictionary dictionary -> dictionary.emit();
            case Structured.Malformed malformed -> malformed.toString();
        };
    }

    private static Structured tree(Json test) {
        Json expected = test.get("expected");
        return switch (test.get("header_type").text()) {
            case "item" -> item(expected);
            case "list" ->
                    new StructuredList(
                            expected.elements().stream()
                                    .map(StructuredFieldsCorpusTest::member)
                                    .toList());
            default -> {
                Map<String, Member> members = new LinkedHashMap<>();
                for (Json pair : expected.elements()) {
                    members.put(pair.elements().get(0).text(), member(pair.elements().get(1)));
                }
                yield new Dictionary(members);
            }
        };
    }

    private static Member member(Json json) {
        List<Json> pair = json.elements();
        if (!(pair.get(0) instanceof Json.Array items)) return item(json);
        return new InnerList(
                items.values().stream().map(StructuredFieldsCorpusTest::item).toList(),
                parameters(pair.get(1)));
    }

    private static Item item(Json json) {
        return new Item(bare(json.elements().get(0)), parameters(json.elements().get(1)));
    }

    private static Parameters parameters(Json json) {
        Map<String, BareItem> values = new LinkedHashMap<>();
        for (Json pair : json.elements()) {
            values.put(pair.elements().get(0).text(), bare(pair.elements().get(1)));
        }
        return new Parameters(values);
    }

    private static BareItem bare(Json json) {
        return switch (json) {
            case Json.Num number when number.literal().matches("-?\\d+") ->
                    new BareItem.Int(Long.parseLong(number.literal()));
            case Json.Num number -> new BareItem.Decimal(new BigDecimal(number.literal()));
            case Json.Text text -> new BareItem.Text(text.value());
            case Json.Bool bool -> new BareItem.Bool(bool.value());
            default ->
                    switch (json.get("__type").text()) {
                        case "token" -> new BareItem.Token(json.get("value").text());
                        case "binary" ->
                                BareItem.Octets.of(new Base32().decode(json.get("value").text()));
                        case "date" -> new BareItem.Date(json.get("value").integer());
                        case "displaystring" -> new BareItem.DisplayText(json.get("value").text());
                        default -> throw new IllegalArgumentException(json.emit());
                    };
        };
    }
}
