// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class UriTest {
    @Test
    void allComponentsAreFound() {
        Uri uri = Uri.of("https://me:pw@www.example:8080/a/b%20c;p?q=1&r#frag%2fment");
        assertThat(uri.scheme()).contains("https");
        assertThat(uri.authority()).contains("me:pw@www.example:8080");
        assertThat(uri.userinfo()).contains("me:pw");
        assertThat(uri.hostText()).contains("www.example");
        assertThat(uri.host()).contains(new Host.RegName("www.example"));
        assertThat(uri.port()).isEqualTo(8080);
        assertThat(uri.path()).isEqualTo("/a/b%20c;p");
        assertThat(uri.decodedPath()).isEqualTo("/a/b c;p");
        assertThat(uri.query()).contains("q=1&r");
        assertThat(uri.fragment()).contains("frag%2fment");
        assertThat(uri.decodedFragment()).contains("frag/ment");
        assertThat(uri).hasToString("https://me:pw@www.example:8080/a/b%20c;p?q=1&r#frag%2fment");
    }

    @Test
    void absentComponentsAreNotEmptyOnes() {
        Uri absent = Uri.of("x:");
        assertThat(absent.authority()).isEmpty();
        assertThat(absent.userinfo()).isEmpty();
        assertThat(absent.host()).isEmpty();
        assertThat(absent.portText()).isEmpty();
        assertThat(absent.port()).isEqualTo(-1);
        assertThat(absent.path()).isEmpty();
        assertThat(absent.query()).isEmpty();
        assertThat(absent.fragment()).isEmpty();
        Uri empty = Uri.of("x://@:?#");
        assertThat(empty.authority()).contains("@:");
        assertThat(empty.userinfo()).contains("");
        assertThat(empty.hostText()).contains("");
        assertThat(empty.portText()).contains("");
        assertThat(empty.port()).isEqualTo(-1);
        assertThat(empty.query()).contains("");
        assertThat(empty.fragment()).contains("");
    }

    /// The examples of RFC 3986, 1.1.2, and more, as scheme, authority, path, query and fragment
    /// with `-` for absent.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\0',
            value = {
                "ftp://ftp.is.co.za/rfc/rfc1808.txt ftp ftp.is.co.za /rfc/rfc1808.txt - -",
                "ldap://[2001:db8::7]/c=GB?objectClass?one ldap [2001:db8::7] /c=GB"
                        + " objectClass?one -",
                "mailto:John.Doe@example.com mailto - John.Doe@example.com - -",
                "news:comp.infosystems.www.servers.unix news -"
                        + " comp.infosystems.www.servers.unix - -",
                "tel:+1-816-555-1212 tel - +1-816-555-1212 - -",
                "telnet://192.0.2.16:80/ telnet 192.0.2.16:80 / - -",
                "urn:oasis:names:a:b urn - oasis:names:a:b - -",
                "//h - h EMPTY - -",
                "a/b:c - - a/b:c - -",
                "./a:b - - ./a:b - -",
                "/a:b - - /a:b - -",
                "x:/.//y x - /.//y - -",
                "a?b:c - - a b:c -",
                "?a?b/#c?d/ - - EMPTY a?b/ c?d/",
                "#a:b - - EMPTY - a:b",
                "x://u:p@h:1/p?q#f x u:p@h:1 /p q f",
                "http://[::1]:8/ http [::1]:8 / - -",
                "x://h@/a@b:c x h@ /a@b:c - -",
            })
    void aTextIsSplitWhereTheGrammarSaysSo(
            String text, String scheme, String authority, String path, String query, String frag) {
        Uri uri = Uri.of(text);
        assertThat(uri.scheme().orElse("-")).isEqualTo(scheme);
        assertThat(uri.authority().orElse("-")).isEqualTo(authority);
        assertThat(uri.path()).isEqualTo(path.equals("EMPTY") ? "" : path);
        assertThat(uri.query().orElse("-")).isEqualTo(query);
        assertThat(uri.fragment().orElse("-")).isEqualTo(frag);
    }

    @Test
    void segmentsAreWhatIsBetweenTheSlashes() {
        assertThat(Uri.of("http://h/a%2Fb/c/").segments()).containsExactly("a/b", "c", "");
        assertThat(Uri.of("http://h/a%2Fb/c/").rawSegments()).containsExactly("a%2Fb", "c", "");
        assertThat(Uri.of("a/b").segments()).containsExactly("a", "b");
        assertThat(Uri.of("/").segments()).containsExactly("");
        assertThat(Uri.of("x:").segments()).isEmpty();
        assertThat(Uri.of("x:/.//").segments()).containsExactly(".", "", "");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:80/, 80", "http://h:/, -1", "http://h/, -1", "http://h:0080, 80",
        "//h:99999, 99999", "//h:99999999999999999999, 2147483647", "x:1, -1", "//u:1@h, -1",
        "//u:1@h:2?x:3, 2", "//[::1]:7, 7", "//[::1], -1", "//:5, 5"
    })
    void thePortIsANumberOrMinusOne(String text, int port) {
        assertThat(Uri.of(text).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, 80",
        "HTTPS://h, 443",
        "ftp://h:2121, 2121",
        "http://h:, 80",
        "x-none://h, -1",
        "//h, -1",
        "postgresql://h/db, 5432"
    })
    void theUsualPortStandsInForNone(String text, int port) {
        assertThat(Uri.of(text).portOrDefault()).isEqualTo(port);
    }

    @Test
    void octetsAreReadLikeText() {
        byte[] octets = "GET http://h/%41 HTTP".getBytes(StandardCharsets.US_ASCII);
        assertThat(Uri.parse(octets, 4, 12)).isEqualTo(Uri.of("http://h/%41"));
        assertThat(Uri.parse("x:é".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        UriError.class,
                        error -> {
                            assertThat(error.cause()).isEqualTo(UriError.Cause.NOT_ASCII);
                            assertThat(error.position()).isEqualTo(2);
                        });
    }

    @Test
    void aTextOverTheLimitIsRefused() {
        String longest = "x:" + "a".repeat(Uri.DEFAULT_MAX_LENGTH - 2);
        assertThat(Uri.parse(longest)).isInstanceOf(Uri.class);
        assertThat(Uri.parse(longest + "a"))
                .isEqualTo(
                        new UriError(
                                UriError.Cause.TOO_LONG,
                                Component.URI,
                                65_536,
                                "a length of 65537 is over the limit of 65536"));
        assertThat(Uri.parse(longest + "a", 70_000)).isInstanceOf(Uri.class);
        assertThat(Uri.parse("http://h/".getBytes(StandardCharsets.US_ASCII), 0, 9, 8))
                .isInstanceOf(UriError.class);
        assertThat(Uri.parseLenient("a b", 2)).isInstanceOf(UriError.class);
    }

    @Test
    void equalTextsMakeEqualUris() {
        assertThat(Uri.of("http://h/%7e"))
                .isEqualTo(Uri.of("http://h/%7e"))
                .hasSameHashCodeAs(Uri.of("http://h/%7e"))
                .isNotEqualTo(Uri.of("http://h/~"))
                .isLessThan(Uri.of("http://h/~"));
    }

    @Test
    void aLiteralThatIsNoUriThrowsTheMessageOfTheError() {
        assertThatThrownBy(() -> Uri.of("http://h/a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("U+0020 at 10 is not allowed in the path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "HTTP", "hTTp"})
    void schemesAreTheSameInAnyCase(String scheme) {
        assertThat(Uri.of(scheme + "://h").hasScheme("http")).isTrue();
        assertThat(Uri.of(scheme + "s://h").hasScheme("http")).isFalse();
        assertThat(Uri.of("//http").hasScheme("http")).isFalse();
    }

    @Test
    void userInformationIsDecodedAsAWhole() {
        assertThat(Uri.of("//a%3Ab:c@h").decodedUserinfo()).contains("a:b:c");
    }

    @Test
    void parametersAreThoseOfAForm() {
        Uri uri = Uri.of("/?q=a+b&r=%26&q");
        assertThat(uri.parameters().values("q")).isEqualTo(List.of("a b"));
        assertThat(uri.parameters().value("r")).isEqualTo(Optional.of("&"));
        assertThat(Uri.of("/").parameters().isEmpty()).isTrue();
    }

    @Test
    void withChangesOneComponent() {
        Uri uri = Uri.of("http://u@h:1/p?q#f");
        assertThat(uri.withScheme("ftp")).hasToString("ftp://u@h:1/p?q#f");
        assertThat(uri.withUserinfo("v")).hasToString("http://v@h:1/p?q#f");
        assertThat(uri.withoutUserinfo()).hasToString("http://h:1/p?q#f");
        assertThat(uri.withHost("[::1]")).hasToString("http://u@[::1]:1/p?q#f");
        assertThat(uri.withPort(2)).hasToString("http://u@h:2/p?q#f");
        assertThat(uri.withoutPort()).hasToString("http://u@h/p?q#f");
        assertThat(uri.withPath("/")).hasToString("http://u@h:1/?q#f");
        assertThat(uri.withQuery("")).hasToString("http://u@h:1/p?#f");
        assertThat(uri.withQuery(Query.EMPTY.add("a", "&"))).hasToString("http://u@h:1/p?a=%26#f");
        assertThat(uri.withQuery(Query.EMPTY)).hasToString("http://u@h:1/p#f");
        assertThat(uri.withoutQuery()).hasToString("http://u@h:1/p#f");
        assertThat(uri.withFragment("g")).hasToString("http://u@h:1/p?q#g");
        assertThat(uri.withoutFragment()).hasToString("http://u@h:1/p?q");
        assertThat(uri.appendSegments("a b", "c/d")).hasToString("http://u@h:1/p/a%20b/c%2Fd?q#f");
        assertThat(Uri.of("http://h/").appendSegments("a", "")).hasToString("http://h/a/");
    }

    @ParameterizedTest
    @CsvSource({
        "http://Example.COM/a, http://example.com",
        "https://h:443/, https://h",
        "https://h:8443/, https://h:8443",
        "http://[0:0::1]:80, http://[::1]",
        "file:///a, ",
        "mailto:a@b, ",
        "http:///a, ",
        "//h, "
    })
    void theOriginIsWhoAnswers(String text, String origin) {
        assertThat(Uri.of(text).origin().map(Origin::toString))
                .isEqualTo(Optional.ofNullable(origin));
    }
}
