// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Json;
import io.mirage4j.uri.template.UriTemplate;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What JSON Schema takes for a URI, an IRI, a template, a host name or an IP address.
class JsonSchemaFormatsCorpusTest {
    @TestFactory
    Stream<DynamicTest> textsHaveTheFormatOrNot() {
        return Corpus.of("uri", "json-schema-formats").tests(this::cases);
    }

    private Stream<Corpus.Case> cases(Path directory) throws IOException {
        Stream.Builder<Corpus.Case> cases = Stream.builder();
        for (Path file : Corpus.files(directory, ".json")) {
            for (Json group : Json.read(file).elements()) {
                String format = group.get("schema").get("format").text();
                for (Json test : group.get("tests").elements()) {
                    cases.add(oneCase(Corpus.id(file, test.emit()), format, test));
                }
            }
        }
        return cases.build();
    }

    private static Corpus.Case oneCase(String id, String format, Json test) {
        Json data = test.get("data");
        if (!data.isText()) return Corpus.Case.skip(id, "data that is no string");
        return Corpus.Case.run(
                id,
                () ->
                        assertThat(has(format, data.text()))
                                .as("%s %s", format, data.emit())
                                .isEqualTo(test.get("valid").bool()));
    }

    private static boolean has(String format, String text) {
        return switch (format) {
            case "uri" -> Uri.parse(text) instanceof Uri uri && !uri.isRelative();
            case "uri-reference" -> Uri.parse(text) instanceof Uri;
            case "iri" -> Iri.parse(text) instanceof Iri iri && !iri.toUri().isRelative();
            case "iri-reference" -> Iri.parse(text) instanceof Iri;
            case "uri-template" -> UriTemplate.parse(text) instanceof UriTemplate;
            case "ipv4" -> hostOf(text) instanceof Host.Ipv4;
            case "ipv6" ->
                    hostOf("[" + text + "]") instanceof Host.Ipv6 address
                            && address.zone().isEmpty();
            case "hostname" -> HostName.parse(text) instanceof HostName;
            case "idn-hostname" -> HostName.parseInternational(text) instanceof HostName;
            default -> throw new IllegalArgumentException("unknown format: " + format);
        };
    }

    /// The host of a reference that is nothing else, or null.
    private static Host hostOf(String text) {
        return Uri.parse("//" + text) instanceof Uri uri && uri.isHostOnly()
                ? uri.host().orElseThrow()
                : null;
    }
}
