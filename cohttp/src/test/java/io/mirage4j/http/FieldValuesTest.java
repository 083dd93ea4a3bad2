// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mirage4j.uri.Uri;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values of single fields: media types, links, challenges, and what else has a grammar of its own.
class FieldValuesTest {
    @Test
    void mediaTypeIsReadAndWritten() {
        MediaType type = MediaType.of("Text/HTML; Charset=\"utf-8\" ;a=\"b c\"");
        assertThat(type.emit()).isEqualTo("text/html; charset=utf-8; a=\"b c\"");
        assertThat(type.charset()).contains("utf-8");
        for (String text :
                new String[] {"", "text", "text/", "/html", "a/b;c", "a/b;c=", "a/b c"}) {
            assertThat(MediaType.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void linksAreReadWhateverStandsInThem() {
        List<Link> links =
                Link.parse(
                        "</a>; rel=\"next Prev\"; title=\"x, y; z\", <b?c,d>; rel=preload; as=style,"
                                + " junk, <e>;title*=UTF-8'de'n%c3%a4chstes%20Kapitel;title=plain;crossorigin");
        assertThat(links).extracting(Link::target).containsExactly("/a", "b?c,d", "e");
        assertThat(links.get(0).relations()).containsExactly("next", "prev");
        assertThat(links.get(0).title()).contains("x, y; z");
        assertThat(links.get(1).parameters()).containsEntry("as", "style");
        assertThat(links.get(2).title()).contains("n\u00e4chstes Kapitel");
        assertThat(links.get(2).parameters()).containsEntry("crossorigin", "");
        assertThat(Link.of("/x", "next").emit()).isEqualTo("</x>; rel=\"next\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Link.of("a>b", "next"));
    }

    @Test
    void anchorOverridesTheContextOfALink() {
        // RFC 8288, 3.2.
        Uri base = Uri.of("http://a.example/b/c?d");
        assertThat(Link.of("/x", "next").context(base)).contains(base);
        assertThat(Link.of("x", "next").target(base)).contains(Uri.of("http://a.example/b/x"));
        assertThat(Link.parse("<x>; rel=next; anchor=\"#foo\"").getFirst().context(base))
                .contains(Uri.of("http://a.example/b/c?d#foo"));
        assertThat(Link.parse("<x>; anchor=\"/e\"; anchor=\"/f\"").getFirst().context(base))
                .contains(Uri.of("http://a.example/e"));
        assertThat(Link.parse("<x>; anchor=\"%\"").getFirst().context(base)).isEmpty();
    }

    @Test
    void forwardedIsReadWholeOrNotAtAll() {
        List<Forwarded> all =
                Forwarded.parse("for=192.0.2.43;proto=https, For=\"[2001:db8::1]:80\";by=_a")
                        .orElseThrow();
        assertThat(all.get(0).requester()).contains("192.0.2.43");
        assertThat(all.get(0).proto()).contains("https");
        assertThat(all.get(1).requester()).contains("[2001:db8::1]:80");
        assertThat(all.get(1).emit()).isEqualTo("for=\"[2001:db8::1]:80\";by=_a");
        for (String text : new String[] {"for", "for=a;for=b", "for=a b", "for=\"a", "=a"}) {
            assertThat(Forwarded.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void challengesAreToldApart() {
        List<Challenge> all =
                Challenge.parseList(
                                "Basic realm=\"a, b\", Negotiate, Bearer realm=x , error=\"y\","
                                        + " NTLM TlRMTVNTUA==")
                        .orElseThrow();
        assertThat(all)
                .extracting(Challenge::scheme)
                .containsExactly("Basic", "Negotiate", "Bearer", "NTLM");
        assertThat(all.get(0).realm()).contains("a, b");
        assertThat(all.get(2).parameters()).isEqualTo(Map.of("realm", "x", "error", "y"));
        assertThat(all.get(3).token68()).isEqualTo("TlRMTVNTUA==");
        assertThat(Challenge.of("Basic", "a\"b").emit()).isEqualTo("Basic realm=\"a\\\"b\"");
        assertThat(Challenge.parseList("Basic realm=\"a")).isEmpty();
    }

    @Test
    void basicCredentialsAreReadAndWritten() {
        BasicCredentials aladdin = new BasicCredentials("Aladdin", "open sesame");
        assertThat(aladdin.emit()).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(BasicCredentials.parse("basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")).contains(aladdin);
        assertThat(new BasicCredentials("test", "123\u00a3").emit())
                .isEqualTo("Basic dGVzdDoxMjPCow==");
        for (String text :
                new String[] {
                    "", "Basic", "Basic QQ==", "Basic !", "Bearer QTpi", "Basic /w==", "Basic QTp/"
                }) {
            assertThat(BasicCredentials.parse(text)).as(text).isEmpty();
        }
        assertThat(aladdin.matches("Aladdin", "open sesame")).isTrue();
        assertThat(aladdin.matches("Aladdin", "open")).isFalse();
        assertThat(aladdin.toString()).doesNotContain("sesame");
    }

    @Test
    void cacheDirectivesAreRead() {
        CacheControl control =
                CacheControl.parse(
                        "Max-Age=60, private=\"a, B\", no-cache, x=\"y\", s-maxage=z, =, max-age=1");
        assertThat(control.seconds("max-age")).hasValue(60);
        assertThat(control.seconds("s-maxage")).hasValue(0);
        assertThat(control.fieldNames("private")).containsExactly("a", "b");
        assertThat(control.hasWhole("no-cache")).isTrue();
        assertThat(control.hasWhole("private")).isFalse();
        assertThat(CacheControl.parse("max-age=99999999999999").seconds("max-age"))
                .hasValue(1L << 31);
    }

    @Test
    void environmentNamesTheProxy() {
        Proxies proxies =
                Proxies.of(
                        Map.of(
                                "http_proxy", "p:3128",
                                "HTTPS_PROXY", "http://q:8080",
                                "HTTP_PROXY", "http://evil",
                                "no_proxy", "localhost, .inner.example b.example:81,10.0.0.1"));
        assertThat(proxy(proxies, "http://a.example/")).contains("http://p:3128");
        assertThat(proxy(proxies, "https://a.example/")).contains("http://q:8080");
        assertThat(proxy(proxies, "http://LOCALHOST/")).isEmpty();
        assertThat(proxy(proxies, "http://x.inner.example/")).isEmpty();
        assertThat(proxy(proxies, "http://b.example:81/")).isEmpty();
        assertThat(proxy(proxies, "http://b.example/")).isPresent();
        assertThat(proxy(proxies, "http://10.0.0.1/")).isEmpty();
        assertThat(proxy(Proxies.of(Map.of("HTTP_PROXY", "http://evil")), "http://a/")).isEmpty();
        assertThat(proxy(Proxies.of(Map.of("ALL_PROXY", "p", "NO_PROXY", "*")), "http://a/"))
                .isEmpty();
    }

    private static Optional<String> proxy(Proxies proxies, String uri) {
        return proxies.proxyFor(Uri.of(uri)).map(Uri::toString);
    }

    @Test
    void tablesOfTheRegistriesAreThere() {
        assertThat(Status.reason(Status.NOT_FOUND)).isEqualTo("Not Found");
        assertThat(Status.reason(599)).isEmpty();
        assertThat(Status.isRedirect(308)).isTrue();
    }

    @Test
    void methodsAreSafeOrNot() {
        assertThat(Method.GET.isSafe()).isTrue();
        assertThat(Method.PUT.isSafe()).isFalse();
        assertThat(Method.PUT.isIdempotent()).isTrue();
        assertThat(Method.POST.isIdempotent()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Method("a b"));
    }

    @Property
    void anyTextIsReadWithoutAnException(@ForAll String text) {
        MediaType.parse(text);
        Link.parse(text);
        Link.parse("<a>;" + text);
        Forwarded.parse(text);
        Challenge.parseList(text);
        Challenge.parseList("Basic " + text);
        BasicCredentials.parse("Basic " + text);
        CacheControl.parse(text);
        EntityTag.parse(text);
        assertThat(text).isNotNull();
    }
}
