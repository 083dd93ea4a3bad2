// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/// The parser accepts what the grammar generates and nothing else, and finds the same components.
class UriGrammarTest {
    @Property(tries = 20_000)
    void randomTextIsAcceptedLikeByTheGrammar(@ForAll("texts") String text) {
        agrees(text);
    }

    @Property(tries = 20_000)
    void almostUrisAreAcceptedLikeByTheGrammar(@ForAll("almostUris") String text) {
        agrees(text);
    }

    @Property(tries = 20_000)
    void almostIpv6AddressesAreAcceptedLikeByTheGrammar(@ForAll("almostIpv6") String text) {
        agrees("//[" + text + "]");
    }

    private static void agrees(String text) {
        Matcher expected = Rfc3986Grammar.match(text);
        agrees(expected, text, Uri.parse(text));
        agrees(expected, text, UriParser.parse(text)); // without the short way
    }

    private static void agrees(Matcher expected, String text, UriResult parsed) {
        if (expected == null) {
            assertThat(parsed).isInstanceOf(UriError.class);
            assertThat(((UriError) parsed).position()).isBetween(0, text.length());
            return;
        }
        assertThat(parsed).isInstanceOf(Uri.class);
        Uri uri = (Uri) parsed;
        boolean hasScheme = expected.pattern().pattern().contains("<scheme>");
        assertThat(uri.scheme().orElse(null))
                .isEqualTo(hasScheme ? expected.group("scheme") : null);
        assertThat(uri.userinfo()).isEqualTo(group(expected, "userinfo"));
        assertThat(uri.hostText()).isEqualTo(group(expected, "host"));
        assertThat(uri.portText()).isEqualTo(group(expected, "port"));
        assertThat(uri.path())
                .isEqualTo(
                        group(expected, "authorityPath").orElseGet(() -> expected.group("path")));
        assertThat(uri.query()).isEqualTo(group(expected, "query"));
        assertThat(uri.fragment()).isEqualTo(group(expected, "fragment"));
        uri.host().ifPresent(host -> assertThat(host.toString()).isNotNull());
    }

    private static Optional<String> group(Matcher matcher, String name) {
        return Optional.ofNullable(matcher.group(name));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("a1:/?#[]@%.vF-~ \\é\u0000\ud800^").ofMaxLength(20);
    }

    /// Pieces that URIs are made of, in any order.
    @Provide
    Arbitrary<String> almostUris() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "http",
                        "x+y.z-1",
                        ":",
                        "//",
                        "/",
                        "?",
                        "#",
                        "@",
                        "[",
                        "]",
                        "a",
                        "B",
                        "80",
                        "1.2.3.4",
                        "[::1]",
                        "[v1.x]",
                        "[fe80::1%25e]",
                        "%41",
                        "%e",
                        "%",
                        "..",
                        ".",
                        "user:pw@",
                        "host.example",
                        "!$&'()*+,;=",
                        "-._~",
                        " ",
                        "\\",
                        "é",
                        "|");
        return pieces.list().ofMaxSize(10).map(list -> String.join("", list));
    }

    /// Groups and colons, often eight and often a dotted end.
    @Provide
    Arbitrary<String> almostIpv6() {
        Arbitrary<String> groups =
                Arbitraries.of(
                        "0",
                        "1:",
                        "ab:",
                        "FFFF:",
                        ":",
                        "::",
                        "12345",
                        "1.2.3.4",
                        "255.0.1.99",
                        "256.1.1.1",
                        "01.2.3.4",
                        "1.2.3",
                        "%25x",
                        "%25",
                        "g",
                        "1:2:3:4:5:6:");
        Arbitrary<List<String>> lists = groups.list().ofMinSize(1).ofMaxSize(9);
        return lists.map(list -> String.join("", list));
    }
}
