// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// [Uri] beside `java.net.URI`, which follows RFC 2396 with additions of its own. Each difference
/// must be one that is known; their counts are printed.
class JavaNetUriDifferentialTest {
    enum Difference {
        /// It takes characters beyond ASCII ("other").
        THEY_TAKE_NON_ASCII,
        /// It takes brackets in the query, the fragment and elsewhere.
        THEY_TAKE_BRACKETS,
        /// It wants something behind the scheme, where RFC 3986 has an empty path.
        THEY_REFUSE_AN_EMPTY_PATH,
        /// It refuses an authority of nothing, and empty hosts with a port or a user.
        THEY_REFUSE_AN_EMPTY_AUTHORITY,
        /// What does not look like a host makes the authority "registry-based" in its view, with
        /// neither user information nor host nor port.
        THEY_SEE_NO_SERVER,
        /// It takes an IPv6 zone without `%25`, and nothing of RFC 6874 but that.
        THEY_READ_ZONES_DIFFERENTLY,
        /// It does not know IPvFuture.
        THEY_REFUSE_IPVFUTURE,
        /// An opaque URI (`a:b`) has no path in its view.
        THEY_SEE_AN_OPAQUE_PART,
        NONE
    }

    private static final Map<Difference, Integer> COUNTS = new EnumMap<>(Difference.class);

    @Property(tries = 20_000)
    void everyDifferenceIsAKnownOne(@ForAll("texts") String text) {
        UriResult ours = Uri.parse(text);
        Optional<URI> theirs = theirs(text);
        Difference difference =
                switch (ours) {
                    case Uri uri when theirs.isPresent() -> inComponents(uri, theirs.get());
                    case Uri uri -> refusedByThem(uri);
                    case UriError error when theirs.isPresent() ->
                            refusedByUs(text, error, theirs.get());
                    case UriError _ -> Difference.NONE;
                };
        COUNTS.merge(difference, 1, Integer::sum);
    }

    @AfterContainer
    static void printCounts() {
        System.out.println("differences to java.net.URI: " + COUNTS);
    }

    private static Optional<URI> theirs(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Difference refusedByThem(Uri uri) {
        if (uri.path().isEmpty() && !uri.hasAuthority() && !uri.isRelative()) {
            return Difference.THEY_REFUSE_AN_EMPTY_PATH;
        }
        String host = uri.hostText().orElse("");
        if (host.startsWith("[v") || host.startsWith("[V")) return Difference.THEY_REFUSE_IPVFUTURE;
        if (host.contains("%25")) return Difference.THEY_READ_ZONES_DIFFERENTLY;
        if (uri.hasAuthority() && host.isEmpty()) return Difference.THEY_REFUSE_AN_EMPTY_AUTHORITY;
        throw new AssertionError("refused by java.net.URI only: " + uri);
    }

    private static Difference refusedByUs(String text, UriError error, URI theirs) {
        int position = error.position();
        if (error.cause() == UriError.Cause.NOT_ASCII) return Difference.THEY_TAKE_NON_ASCII;
        if (text.chars().anyMatch(c -> c > 127)) return Difference.THEY_TAKE_NON_ASCII;
        if (error.cause() == UriError.Cause.IP_LITERAL && text.contains("%")) {
            return Difference.THEY_READ_ZONES_DIFFERENTLY;
        }
        char c = text.charAt(Math.min(position, text.length() - 1));
        if (c == '[' || c == ']') return Difference.THEY_TAKE_BRACKETS;
        if (theirs.getRawAuthority() != null && theirs.getHost() == null) {
            return Difference.THEY_SEE_NO_SERVER;
        }
        throw new AssertionError("refused by us only: " + text + ", " + error.message());
    }

    private static Difference inComponents(Uri uri, URI theirs) {
        assertThat(uri.scheme().orElse(null)).isEqualTo(theirs.getScheme());
        assertThat(uri.fragment().orElse(null)).isEqualTo(theirs.getRawFragment());
        if (theirs.isOpaque()) return Difference.THEY_SEE_AN_OPAQUE_PART;
        assertThat(uri.path()).isEqualTo(theirs.getRawPath());
        assertThat(uri.query().orElse(null)).isEqualTo(theirs.getRawQuery());
        String authority = uri.authority().orElse("");
        if (authority.isEmpty()) {
            assertThat(theirs.getRawAuthority()).isNull();
            return uri.hasAuthority() ? Difference.THEY_REFUSE_AN_EMPTY_AUTHORITY : Difference.NONE;
        }
        assertThat(authority).isEqualTo(theirs.getRawAuthority());
        if (theirs.getHost() == null) return Difference.THEY_SEE_NO_SERVER;
        assertThat(uri.userinfo().orElse(null)).isEqualTo(theirs.getRawUserInfo());
        assertThat(uri.hostText().orElseThrow()).isEqualTo(theirs.getHost());
        assertThat(uri.port()).isEqualTo(theirs.getPort());
        return Difference.NONE;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "http:",
                        "x:",
                        "//",
                        "/",
                        "?",
                        "#",
                        "@",
                        ":",
                        "[::1]",
                        "[1:2:3:4:5:6:7::]",
                        "[fe80::1%25e]",
                        "[fe80::1%e]",
                        "[v1.x]",
                        "a",
                        "B.c",
                        "1.2.3.4",
                        "80",
                        "%41",
                        "%4",
                        "..",
                        "a_b",
                        "-",
                        "[",
                        "]",
                        " ",
                        "é",
                        "\\",
                        "!$&'()*+,;=",
                        "~",
                        "\u0000");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(8).map(list -> String.join("", list)),
                UriArbitraries.uris().map(Uri::toString));
    }
}
