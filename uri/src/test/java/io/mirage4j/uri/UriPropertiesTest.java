// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

class UriPropertiesTest {
    @Property
    void componentsComeBackAsTheyWentIn(
            @ForAll("components") UriArbitraries.Components components) {
        Uri uri = Uri.of(components.text());
        assertThat(uri.scheme()).isEqualTo(components.scheme());
        assertThat(uri.authority()).isEqualTo(components.authority());
        assertThat(uri.path()).isEqualTo(components.path());
        assertThat(uri.query()).isEqualTo(components.query());
        assertThat(uri.fragment()).isEqualTo(components.fragment());
    }

    @Property
    void aUriIsRebuiltFromItsComponents(@ForAll("uris") Uri uri) {
        assertThat(uri.toBuilder().build()).isEqualTo(uri);
        assertThat(Uri.of(uri.toString())).isEqualTo(uri);
    }

    @Property
    void aBuilderGivesItsComponentsOrThrows(
            @ForAll("snippets") String host,
            @ForAll("snippets") String path,
            @ForAll("snippets") String query) {
        UriBuilder builder = Uri.builder().host(host).path(path).query(query);
        UriResult parsed = Uri.parse("//" + host + path + "?" + query);
        boolean fits =
                parsed instanceof Uri uri
                        && uri.hostText().orElseThrow().equals(host)
                        && uri.path().equals(path)
                        && uri.query().orElseThrow().equals(query);
        if (fits) assertThat(builder.build()).isEqualTo(parsed);
        else assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void segmentsAreEscapedAndComeBack(@ForAll("segmentLists") List<String> segments) {
        Uri uri = Uri.builder().scheme("x").host("h").segments(segments).build();
        assertThat(uri.segments()).isEqualTo(segments);
    }

    @Property
    void anyTextGivesAUriOrAnErrorWithAPosition(@ForAll String text) {
        switch (Uri.parse(text)) {
            case Uri uri -> assertThat(uri.toString()).isEqualTo(text);
            case UriError error -> assertThat(error.position()).isBetween(0, text.length());
        }
    }

    @Property
    void anyOctetsGiveAUriOrAnErrorWithAPosition(@ForAll byte[] octets) {
        switch (Uri.parse(octets)) {
            case Uri uri ->
                    assertThat(uri.toString().getBytes(StandardCharsets.US_ASCII))
                            .isEqualTo(octets);
            case UriError error -> assertThat(error.position()).isBetween(0, octets.length);
        }
    }

    @Property(tries = 20_000)
    void whateverIsSelectedNormalizingTwiceIsNormalizingOnce(
            @ForAll("uris") Uri uri, @ForAll Set<Normalization> normalizations) {
        Uri once = uri.normalize(normalizations);
        assertThat(once.normalize(normalizations)).isEqualTo(once);
    }

    /// Dot segments are another matter: what an escape hides may be one.
    @Property
    void theOrderOfNormalizationsDoesNotMatterButForDotSegments(
            @ForAll("uris") Uri uri, @ForAll Normalization first) {
        Assume.that(first != Normalization.DOT_SEGMENTS);
        assertThat(uri.normalize(first).normalize()).isEqualTo(uri.normalize());
    }

    @Property
    void normalizingNothingChangesNothing(@ForAll("uris") Uri uri) {
        assertThat(uri.normalize(Set.of())).isSameAs(uri);
    }

    @Property
    void theEmptyReferenceResolvesToTheBaseWithoutItsFragment(@ForAll("bases") Uri base) {
        assertThat(base.resolve(Uri.of(""))).isEqualTo(base.withoutFragment());
    }

    @Property
    void aUriWithoutDotSegmentsResolvesToItself(@ForAll("bases") Uri base) {
        Uri plain = base.normalize(Normalization.DOT_SEGMENTS);
        assertThat(plain.resolve(plain)).isEqualTo(plain);
        assertThat(base.resolve(plain)).isEqualTo(plain);
    }

    @Property(tries = 20_000)
    void resolvingGivesAUriWithTheSchemeOfTheBase(
            @ForAll("bases") Uri base, @ForAll("uris") Uri reference) {
        Uri target = base.resolve(reference);
        assertThat(target.scheme()).isEqualTo(reference.scheme().or(base::scheme));
        assertThat(target.fragment()).isEqualTo(reference.fragment());
        assertThat(base.resolveLoosely(reference).isRelative()).isFalse();
    }

    @Property(tries = 20_000)
    void whatIsRelativizedResolvesToTheTarget(
            @ForAll("bases") Uri base, @ForAll("bases") Uri target) {
        Uri plain = target.normalize(Normalization.DOT_SEGMENTS);
        assertThat(base.resolve(base.relativize(plain))).isEqualTo(plain);
    }

    @Property(tries = 20_000)
    void relativizingWithinADirectoryIsRelative(
            @ForAll("bases") Uri base, @ForAll("paths") String one, @ForAll("paths") String other) {
        Uri from = Uri.of("http://h" + one);
        Uri to = Uri.of("http://h" + other);
        Uri reference = from.relativize(to);
        assertThat(from.resolve(reference)).isEqualTo(to);
        assertThat(reference.isRelative()).isTrue();
        assertThat(reference.hasAuthority()).isFalse();
    }

    @Property(tries = 20_000)
    void removingDotSegmentsFromAReferenceDoesNotChangeWhatItMeans(
            @ForAll("uris") Uri reference, @ForAll("paths") String path) {
        Uri base = Uri.of("x://h" + path);
        assertThat(base.resolve(reference.normalize(Normalization.DOT_SEGMENTS)))
                .isEqualTo(base.resolve(reference));
    }

    @Property(tries = 20_000)
    void lenientParsingMakesAUriOfAnyText(@ForAll("wildTexts") String text) {
        var repaired = (Repaired) Uri.parseLenient(text);
        assertThat(Uri.parse(repaired.uri().toString(), Integer.MAX_VALUE))
                .isEqualTo(repaired.uri());
        assertThat(repaired.repairs().isEmpty()).isEqualTo(Uri.parse(text) instanceof Uri);
        for (Repair repair : repaired.repairs()) {
            assertThat(repair.position()).isBetween(0, text.length());
            assertThat(repair.position() + repair.length()).isBetween(1, text.length());
        }
    }

    @Property
    void aUriNeedsNoRepair(@ForAll("uris") Uri uri) {
        assertThat(Uri.parseLenient(uri.toString())).isEqualTo(new Repaired(uri, List.of()));
    }

    @Provide
    Arbitrary<UriArbitraries.Components> components() {
        return UriArbitraries.components();
    }

    @Provide
    Arbitrary<Uri> uris() {
        return UriArbitraries.uris();
    }

    @Provide
    Arbitrary<Uri> bases() {
        return UriArbitraries.bases();
    }

    /// Absolute paths without dot segments.
    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "c", "a:b", "", "x.y", "%2e")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(segments -> "/" + String.join("/", segments));
    }

    @Provide
    Arbitrary<String> snippets() {
        return Arbitraries.of(
                "", "a", "/", "//", ":", "?", "#", "@", "[::1]", "%41", "%", "a b", "/a:b");
    }

    @Provide
    Arbitrary<List<String>> segmentLists() {
        return Arbitraries.strings()
                .filter(
                        text ->
                                !PercentSet.decode(PercentSet.UNRESERVED.encode(text))
                                        .contains("\ufffd"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> wildTexts() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "http:",
                        "//",
                        "\\",
                        "\\\\",
                        "/",
                        "?",
                        "#",
                        "@",
                        ":",
                        "[",
                        "]",
                        "[::1]",
                        "[fe80::1%e]",
                        "[fe80::1%25e x]",
                        "%",
                        "%4",
                        "%41",
                        " ",
                        "\t",
                        "\n",
                        "<",
                        ">",
                        "<URL:",
                        "é",
                        "\ud83d\ude00",
                        "\ud800",
                        "\u0000",
                        "a",
                        "80",
                        ".",
                        "C:");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(9).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(30));
    }
}
