// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mirage4j.uri.Uri;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class CookieJarTest {
    private static final long NOW = 1_000_000_000;

    private final CookieJar jar =
            new CookieJar(domain -> domain.equals("com") || domain.equals("co.uk"));

    @Test
    void cookieOfAHostGoesToThatHostAlone() {
        set("http://www.example.com/", "a=b");
        assertThat(sent("http://www.example.com/x")).isEqualTo("a=b");
        assertThat(sent("http://example.com/")).isEmpty();
        assertThat(sent("http://x.www.example.com/")).isEmpty();
    }

    @Test
    void strictCookieGoesWithNothingThatAnotherSiteCauses() {
        // RFC 6265bis, 5.8.3; the user's own requests are nobody's.
        set("http://a.example.com/", "s=1; SameSite=Strict");
        assertThat(sent("http://a.example.com/")).isEqualTo("s=1");
        assertThat(sent(Initiator.of(Uri.of("http://b.example.com/")), true)).isEqualTo("s=1");
        assertThat(sent(Initiator.navigation(Uri.of("http://other.com/")), true)).isEmpty();
        assertThat(sent(Initiator.of(Uri.of("https://a.example.com/")), true)).isEmpty();
    }

    @Test
    void laxCookieGoesWhereTheUserGoesByASafeMethod() {
        set("http://a.example.com/", "l=1; SameSite=Lax");
        set("http://a.example.com/", "d=1");
        var visit = Initiator.navigation(Uri.of("http://other.com/"));
        assertThat(sent(visit, true)).isEqualTo("l=1; d=1");
        assertThat(sent(visit, false)).isEmpty();
        assertThat(sent(Initiator.of(Uri.of("http://other.com/")), true)).isEmpty();
        assertThat(sent(Initiator.of(Uri.of("http://example.com/")), false)).isEqualTo("l=1; d=1");
    }

    @Test
    void sitesOfOnePublicSuffixAreSeveral() {
        Uri uri = Uri.of("http://a.co.uk/");
        jar.set(uri, "s=1; SameSite=Lax", NOW);
        var other = Optional.of(Initiator.of(Uri.of("http://b.co.uk/")));
        assertThat(jar.field(uri, other, true, NOW)).isEmpty();
        var below = Optional.of(Initiator.of(Uri.of("http://x.a.co.uk/")));
        assertThat(jar.field(uri, below, true, NOW)).contains("s=1");
    }

    @Test
    void answerToAnotherSiteSetsOnlyWhatIsForAll() {
        // RFC 6265bis, 5.7.
        Uri uri = Uri.of("https://a.example.com/");
        var other = Optional.of(Initiator.of(Uri.of("https://other.com/")));
        assertThat(jar.set(uri, other, "a=1", NOW)).isFalse();
        assertThat(jar.set(uri, other, "a=1; SameSite=Strict", NOW)).isFalse();
        assertThat(jar.set(uri, other, "a=1; SameSite=None; Secure", NOW)).isTrue();
        var visit = Optional.of(Initiator.navigation(Uri.of("https://other.com/")));
        assertThat(jar.set(uri, visit, "b=1; SameSite=Strict", NOW)).isTrue();
    }

    private String sent(Initiator initiator, boolean safe) {
        Uri uri = Uri.of("http://a.example.com/");
        return jar.field(uri, Optional.of(initiator), safe, NOW).orElse("");
    }

    @Test
    void cookieOfADomainGoesBelowIt() {
        set("http://www.example.com/", "a=b; Domain=.Example.com");
        assertThat(sent("http://example.com/")).isEqualTo("a=b");
        assertThat(sent("http://x.y.example.com/")).isEqualTo("a=b");
        assertThat(sent("http://badexample.com/")).isEmpty();
    }

    @Test
    void domainsOfOthersAreRefused() {
        assertThat(set("http://a.com/", "a=b; Domain=b.com")).isFalse();
        assertThat(set("http://a.com/", "a=b; Domain=com")).isFalse();
        assertThat(set("http://a.co.uk/", "a=b; Domain=co.uk")).isFalse();
        assertThat(set("http://a.com/", "a=b; Domain=x.a.com")).isFalse();
        assertThat(set("http://10.0.0.1/", "a=b; Domain=0.0.1")).isFalse();
        assertThat(set("http://co.uk/", "a=b; Domain=co.uk")).isTrue();
        assertThat(sent("http://a.co.uk/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b, true",
        "/a/b, /a/b/c, true",
        "/a/b, /a/bc, false",
        "/a/, /a/c, true",
        "/a/, /a, false",
        "/, /x, true"
    })
    void pathsMatchByWholeSegments(String path, String asked, boolean goes) {
        set("http://a.com/q", "a=b; Path=" + path);
        assertThat(!sent("http://a.com" + asked).isEmpty()).isEqualTo(goes);
    }

    @Test
    void defaultPathIsThatOfTheRequest() {
        set("http://a.com/x/y", "a=b");
        assertThat(sent("http://a.com/x/z")).isEqualTo("a=b");
        assertThat(sent("http://a.com/z")).isEmpty();
    }

    @Test
    void longerPathsAndOlderCookiesGoFirst() {
        set("http://a.com/", "one=1; Path=/");
        set("http://a.com/", "two=2; Path=/x");
        set("http://a.com/", "three=3; Path=/");
        set("http://a.com/", "one=4; Path=/");
        assertThat(sent("http://a.com/x")).isEqualTo("two=2; one=4; three=3");
    }

    @Test
    void secureCookiesKeepToTls() {
        assertThat(set("http://a.com/", "a=b; Secure")).isFalse();
        assertThat(set("https://a.com/", "a=b; Secure")).isTrue();
        assertThat(sent("http://a.com/")).isEmpty();
        assertThat(sent("https://a.com/")).isEqualTo("a=b");
        assertThat(set("http://a.com/", "a=evil")).isFalse();
        assertThat(set("https://a.com/", "c=d; SameSite=None")).isFalse();
    }

    @Test
    void prefixesPromiseWhatTheySay() {
        assertThat(set("https://a.com/", "__Secure-a=b")).isFalse();
        assertThat(set("https://a.com/", "__Secure-a=b; Secure")).isTrue();
        assertThat(set("https://a.com/", "__Host-a=b; Secure; Path=/; Domain=a.com")).isFalse();
        assertThat(set("https://a.com/", "__HOST-a=b; Secure")).isFalse();
        assertThat(set("https://a.com/", "__Host-a=b; Secure; Path=/")).isTrue();
        assertThat(set("https://a.com/", "=__Host-a=b; Secure; Path=/")).isFalse();
    }

    @Test
    void cookiesEnd() {
        set("http://a.com/", "a=b; Max-Age=10");
        set("http://a.com/", "c=d; Expires=Sun, 09 Sep 2001 01:46:50 GMT");
        set("http://a.com/", "e=f");
        assertThat(jar.field(Uri.of("http://a.com/"), NOW + 9)).contains("a=b; c=d; e=f");
        assertThat(jar.field(Uri.of("http://a.com/"), NOW + 10)).contains("e=f");
        set("http://a.com/", "e=; Max-Age=0");
        assertThat(jar.size()).isZero();
    }

    @Test
    void jarIsBounded() {
        for (int i = 0; i < 2 * CookieJar.MOST_OF_A_DOMAIN; i++) {
            set("http://a.com/", "c" + i + "=x");
        }
        assertThat(jar.size()).isEqualTo(CookieJar.MOST_OF_A_DOMAIN);
        assertThat(sent("http://a.com/")).contains("c99=x").doesNotContain("c0=x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wed, 09 Jun 2021 10:18:14 GMT|1623233894",
                "Wednesday, 09-Jun-21 10:18:14 GMT|1623233894",
                "Wed Jun  9 10:18:14 2021|1623233894",
                "9 june 2021 10:18:14|1623233894",
                "2021 10:18:14 Jun 9|1623233894",
                "10:18 Jun 9 2021|-9223372036854775808",
                "Jun 31 2021 10:18:14|-9223372036854775808",
                "Jun 9 1600 10:18:14|-9223372036854775808"
            })
    void datesAreFoundByTheirParts(String text, long seconds) {
        assertThat(CookieDate.parse(text)).isEqualTo(seconds);
    }

    @Test
    void cookieOfAServerIsNarrow() {
        assertThat(SetCookie.of("a", "b").withPath("/").withMaxAge(5).guarded().emit())
                .isEqualTo("a=b; Max-Age=5; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.of("a", "b;c").emit());
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.of("a b", "c").emit());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("a", "b").withPath("/;x").emit());
    }

    @Test
    void cookiesOfARequestAreRead() {
        assertThat(Cookie.parse("a=b; c = d=e ;; f"))
                .isEqualTo(
                        List.of(new Cookie("a", "b"), new Cookie("c", "d=e"), new Cookie("", "f")));
    }

    @Property
    void anyFieldIsReadWithoutAnException(@ForAll String field) {
        jar.set(Uri.of("https://a.com/"), field, NOW);
        jar.set(Uri.of("https://a.com/"), "a=b; Expires=" + field, NOW);
        Cookie.parse(field);
        assertThat(jar.size()).isLessThanOrEqualTo(CookieJar.MOST_OF_A_DOMAIN);
    }

    private boolean set(String uri, String field) {
        return jar.set(Uri.of(uri), field, NOW);
    }

    private String sent(String uri) {
        return jar.field(Uri.of(uri), NOW).orElse("");
    }
}
