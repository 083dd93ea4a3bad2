// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IriTest {
    @ParameterizedTest
    @CsvSource({
        "http://r\u00e9sum\u00e9.example.org, http://r%C3%A9sum%C3%A9.example.org",
        "http://example.com/\ud800\udf00\ud800\udf01, http://example.com/%F0%90%8C%80%F0%90%8C%81",
        "//\u00e9@\u00e9:1/\u00e9?\u00e9#\u00e9, //%C3%A9@%C3%A9:1/%C3%A9?%C3%A9#%C3%A9",
        "?\ue000\udb80\udc00, ?%EE%80%80%F3%B0%80%80",
        "a/b?c, a/b?c",
        "%C3%A9, %C3%A9",
    })
    void anIriHasAUri(String iri, String uri) {
        assertThat(Iri.of(iri).toUri()).hasToString(uri);
        assertThat(Iri.of(iri)).hasToString(iri);
    }

    /// The examples of RFC 3987, 3.2.1, and others.
    @ParameterizedTest
    @CsvSource({
        "http://www.example.org/D%C3%BCrst, http://www.example.org/D\u00fcrst",
        "http://www.example.org/D%FCrst, http://www.example.org/D%FCrst",
        "http://xn--99zt52a.example.org/%e2%80%ae, http://xn--99zt52a.example.org/%e2%80%ae",
        "/%C3%A9%C3, /\u00e9%C3",
        "/%41%2F%25%7e, /A%2F%25~",
        "/%ED%A0%80, /%ED%A0%80",
        "/%C0%AF, /%C0%AF",
        "/%F4%90%80%80, /%F4%90%80%80",
        "/%EE%80%80?%EE%80%80#%EE%80%80, /%EE%80%80?\ue000#%EE%80%80",
        "/%C2%80%C2%A0x, /%C2%80\u00a0x",
        "/%EF%BF%BE%EF%BF%AF, /%EF%BF%BE\uffef",
        "//%C3%A9.example/, //\u00e9.example/",
    })
    void aUriHasAnIri(String uri, String iri) {
        assertThat(Uri.of(uri).toIri()).hasToString(iri);
    }

    @ParameterizedTest
    @CsvSource({
        "/\ue000, NOT_ASCII, PATH, 1",
        "/\u00e9\u00e9\ue000?, NOT_ASCII, PATH, 3",
        "?\u00e9#\ue000, NOT_ASCII, FRAGMENT, 3",
        "/\ud83d\ude00\ud800, NOT_ASCII, PATH, 3",
        "/\u00e9 x, CHARACTER, PATH, 2",
        "//\u00e9:x, PORT, PORT, 4",
        "\u00e9:x, SCHEME, SCHEME, 0",
        "//[\u00e9], IP_LITERAL, HOST, 3",
        "/\ufffe, NOT_ASCII, PATH, 1",
        "/\u0085, NOT_ASCII, PATH, 1",
        "/\u00e9%, ESCAPE, PATH, 2",
    })
    void anErrorHasItsPositionInTheIri(
            String text, UriError.Cause cause, Component component, int position) {
        assertThat(Iri.parse(text))
                .isInstanceOfSatisfying(
                        UriError.class,
                        error -> {
                            assertThat(error.cause()).isEqualTo(cause);
                            assertThat(error.component()).isEqualTo(component);
                            assertThat(error.position()).isEqualTo(position);
                        });
    }

    @Test
    void theHostIsMappedByTheCallersIdna() {
        Iri iri = Iri.of("http://B\u00fccher.example:80/\u00fc");
        assertThat(iri.toUri(name -> name.equals("B\u00fccher.example") ? "xn--x" : "?"))
                .hasToString("http://xn--x:80/%C3%BC");
        assertThat(Iri.of("http://[::1]/").toUri(name -> "x")).hasToString("http://[::1]/");
        assertThat(Iri.of("mailto:a").toUri(name -> "x")).hasToString("mailto:a");
        assertThatThrownBy(() -> iri.toUri(name -> "a b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHostIsMappedForTheDns() {
        assertThat(Iri.of("http://B\u00dccher.example:80/\u00fc").toDnsUri())
                .hasToString("http://xn--bcher-kva.example:80/%C3%BC");
        assertThat(Iri.of("//A_b!c").toDnsUri()).hasToString("//a_b!c");
        assertThat(Iri.of("//1.2.3.4").toDnsUri()).hasToString("//1.2.3.4");
        assertThat(Iri.of("/\u00fc").toDnsUri()).hasToString("/%C3%BC");
        assertThat(Iri.of("//xn--x").toDnsUri())
                .isInstanceOfSatisfying(
                        UriError.class,
                        error -> assertThat(error.cause()).isEqualTo(UriError.Cause.HOST_NAME));
    }

    @Test
    void aTextOverTheLimitIsRefused() {
        assertThat(Iri.parse("\u00e9\u00e9", 1)).isInstanceOf(UriError.class);
    }

    @Property
    void anyTextGivesAnIriOrAnErrorWithAPosition(@ForAll("texts") String text) {
        switch (Iri.parse(text)) {
            case Iri iri -> {
                assertThat(iri).hasToString(text);
                assertThat(Uri.parse(iri.toUri().toString())).isEqualTo(iri.toUri());
            }
            case UriError error -> assertThat(error.position()).isBetween(0, text.length());
        }
    }

    @Property
    void theIriOfAUriLeadsBackToAnEquivalentUri(@ForAll("uris") Uri uri) {
        Uri back = uri.toIri().toUri();
        assertThat(back.normalize(Normalization.CASE, Normalization.PERCENT_ENCODING))
                .isEqualTo(uri.normalize(Normalization.CASE, Normalization.PERCENT_ENCODING));
    }

    @Property
    void everyUriIsAnIri(@ForAll("uris") Uri uri) {
        assertThat(Iri.of(uri.toString()).toUri()).isEqualTo(uri);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.strings().withChars("a:/?#[]@%41\u00e9\ue000\ud83d\ude00\ufffe"));
    }

    @Provide
    Arbitrary<Uri> uris() {
        return UriArbitraries.uris();
    }
}
