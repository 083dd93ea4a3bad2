// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Corpus.Case;
import io.mirage4j.testing.Json;
import io.mirage4j.uri.idna.Idna;
import io.mirage4j.uri.idna.IdnaResult;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The tables of the web-platform-tests for URLs. What a case is about is told by its members, not
/// by its file.
class WptUrlCorpusTest {
    private static final List<String> ATTRIBUTES =
            List.of(
                    "href",
                    "origin",
                    "protocol",
                    "username",
                    "password",
                    "host",
                    "hostname",
                    "port",
                    "pathname",
                    "search",
                    "hash");

    @TestFactory
    Stream<DynamicTest> urlsAreAsTheTablesSay() {
        return Corpus.of("uri", "wpt-url").tests(WptUrlCorpusTest::cases);
    }

    private static Stream<Case> cases(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> tables =
                    files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
            return tables.stream().flatMap(WptUrlCorpusTest::casesIn);
        }
    }

    private static Stream<Case> casesIn(Path file) {
        Json table;
        try {
            table = Json.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (table instanceof Json.Members) return setterCases(file, table);
        return table.elements().stream()
                .filter(element -> !element.isText()) // a comment
                .map(c -> caseOf(Corpus.id(file, c.emit()), c));
    }

    private static Case caseOf(String id, Json c) {
        if (c.has("pattern") || c.has("left") && c.has("right")) return Case.skip(id, "URLPattern");
        return Case.run(id, testOf(c));
    }

    private static Executable testOf(Json c) {
        if (c.has("message")) return () -> hasDnsLength(c);
        if (!c.has("output")) return () -> parses(c);
        return c.get("output") instanceof Json.Members
                ? () -> encodesQuery(c)
                : () -> becomesAscii(c);
    }

    private static void parses(Json c) {
        UrlResult result = parse(c);
        if (c.has("failure") && c.get("failure").bool()) {
            assertThat(result).isInstanceOf(UrlError.class);
            return;
        }
        Url url = urlOf(result);
        assertAttributes(url, c);
        if (c.has("searchParams")) {
            assertThat(url.searchParams()).hasToString(c.get("searchParams").text());
        }
        assertThat(Url.parse(url.href())).isEqualTo(url);
    }

    private static UrlResult parse(Json c) {
        String input = c.get("input").text();
        if (!c.has("base") || c.get("base").isNull()) return Url.parse(input);
        return switch (Url.parse(c.get("base").text())) {
            case Url base -> base.resolve(input);
            case UrlError error -> error;
        };
    }

    private static Stream<Case> setterCases(Path file, Json table) {
        return table.members().entrySet().stream()
                .filter(attribute -> !attribute.getKey().equals("comment"))
                .flatMap(
                        attribute ->
                                attribute.getValue().elements().stream()
                                        .map(c -> setterCase(file, attribute.getKey(), c)));
    }

    private static Case setterCase(Path file, String attribute, Json c) {
        return Case.run(Corpus.id(file, attribute + c.emit()), () -> sets(attribute, c));
    }

    private static void sets(String attribute, Json c) {
        Url url = Url.of(c.get("href").text());
        assertAttributes(set(url, attribute, c.get("new_value").text()), c.get("expected"));
    }

    private static Url set(Url url, String attribute, String value) {
        return switch (attribute) {
            case "href" -> urlOf(url.withHref(value));
            case "protocol" -> url.withProtocol(value);
            case "username" -> url.withUsername(value);
            case "password" -> url.withPassword(value);
            case "host" -> url.withHost(value);
            case "hostname" -> url.withHostname(value);
            case "port" -> url.withPort(value);
            case "pathname" -> url.withPathname(value);
            case "search" -> url.withSearch(value);
            case "hash" -> url.withHash(value);
            default -> throw new IllegalArgumentException("no attribute " + attribute);
        };
    }

    private static void assertAttributes(Url url, Json expected) {
        for (String attribute : ATTRIBUTES) {
            if (!expected.has(attribute)) continue;
            Json value = expected.get(attribute);
            assertThat(get(url, attribute))
                    .as(attribute)
                    .isEqualTo(value.isNull() ? "null" : value.text());
        }
    }

    private static String get(Url url, String attribute) {
        return switch (attribute) {
            case "href" -> url.href();
            case "origin" -> url.origin();
            case "protocol" -> url.protocol();
            case "username" -> url.username();
            case "password" -> url.password();
            case "host" -> url.host();
            case "hostname" -> url.hostname();
            case "port" -> url.port();
            case "pathname" -> url.pathname();
            case "search" -> url.search();
            case "hash" -> url.hash();
            default -> throw new IllegalArgumentException("no attribute " + attribute);
        };
    }

    /// By the host of a URL, and by the setters of a host. A URL needs one, so an empty name is put
    /// to UTS #46 alone.
    private static void becomesAscii(Json c) {
        String input = c.get("input").text();
        String output = c.get("output").isNull() ? null : c.get("output").text();
        if (input.isEmpty()) {
            assertThat(Idna.WEB.toAscii(input)).isEqualTo(new IdnaResult.Domain(input));
            return;
        }
        String escaped = escapeHostEnd(input);
        UrlResult result = Url.parse("https://" + escaped + "/x");
        if (output == null) assertThat(result).isInstanceOf(UrlError.class);
        else assertThat(urlOf(result).href()).isEqualTo("https://" + output + "/x");
        for (Function<Url, Url> setter : setters(escaped)) {
            Url url = setter.apply(Url.of("https://x/x"));
            assertThat(url.href()).isEqualTo("https://" + (output == null ? "x" : output) + "/x");
        }
    }

    private static List<Function<Url, Url>> setters(String host) {
        return List.of(url -> url.withHost(host), url -> url.withHostname(host));
    }

    /// Escapes what would end the host, so that it comes to the host parser.
    private static String escapeHostEnd(String input) {
        var out = new StringBuilder();
        for (char c : input.toCharArray()) {
            if (":/?#\\".indexOf(c) < 0) out.append(c);
            else out.append("%%%02X".formatted((int) c));
        }
        return out.toString();
    }

    private static void encodesQuery(Json c) {
        String text = "https://doc.test/?" + c.get("input").text();
        c.get("output")
                .members()
                .forEach(
                        (label, expected) -> {
                            var encoding = QueryEncoding.forLabel(label).orElseThrow();
                            var options = UrlOptions.DEFAULT.withQueryEncoding(encoding);
                            Url url = urlOf(Url.parse(text, options));
                            assertThat(url.search()).as(label).isEqualTo("?" + expected.text());
                        });
    }

    private static void hasDnsLength(Json c) {
        boolean fits = Url.parse(c.get("input").text()) instanceof Url url && url.hasDnsLength();
        assertThat(fits).isEqualTo(!c.get("failure").bool());
    }

    private static Url urlOf(UrlResult result) {
        return switch (result) {
            case Url url -> url;
            case UrlError error -> fail(error.message());
        };
    }
}
