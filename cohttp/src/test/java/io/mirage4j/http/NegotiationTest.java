// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class NegotiationTest {
    @Test
    void mostSpecificRangeCounts() {
        // The example of RFC 9110, 12.5.1.
        Fields request =
                Fields.of(
                        "Accept",
                        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed,"
                                + " text/plain;format=fixed;q=0.4, */*;q=0.5");
        assertThat(media(request, "text/html", "text/plain;format=fixed"))
                .contains("text/plain; format=fixed");
        assertThat(media(request, "text/plain", "text/plain;format=flowed"))
                .contains("text/plain; format=flowed");
        assertThat(media(request, "text/html", "image/jpeg")).contains("image/jpeg");
    }

    @Test
    void zeroIsNotAcceptable() {
        assertThat(media(Fields.of("Accept", "*/*, text/html;q=0"), "text/html")).isEmpty();
        assertThat(media(Fields.of("Accept", "image/*"), "text/html")).isEmpty();
    }

    @Test
    void withoutTheFieldTheServersOrderDecides() {
        assertThat(media(Fields.NONE, "a/b", "c/d")).contains("a/b");
        assertThat(media(Fields.of("Accept", "*/*"), "a/b", "c/d")).contains("a/b");
    }

    @Test
    void elementsThatAreNotOfTheFormArePassedOver() {
        assertThat(media(Fields.of("Accept", "a/b;q=2, \"x, ;;q, c/d;q=0.5,,"), "a/b", "c/d"))
                .contains("c/d");
        assertThat(media(Fields.of("Accept", "a/b;q=2, c/d;q=0.5,,"), "a/b", "c/d"))
                .contains("c/d");
    }

    @Test
    void identityIsTheLastResort() {
        List<String> offers = List.of("br", "gzip", "identity");
        assertThat(encoding("gzip, br;q=0.5", offers)).contains("gzip");
        assertThat(encoding("zstd", offers)).contains("identity");
        assertThat(encoding("identity;q=0", offers)).isEmpty();
        assertThat(encoding("*;q=0", offers)).isEmpty();
        assertThat(encoding("*", offers)).contains("br");
        assertThat(encoding("", offers)).contains("identity");
        assertThat(Negotiation.encoding(Fields.NONE, offers)).contains("identity");
    }

    @Test
    void languageRangeFitsWhatItBegins() {
        Fields request = Fields.of("Accept-Language", "de-CH, de;q=0.8, en;q=0.7, *;q=0.1");
        assertThat(Negotiation.language(request, List.of("en-GB", "de-AT"))).contains("de-AT");
        assertThat(Negotiation.language(request, List.of("fr", "en"))).contains("en");
        assertThat(Negotiation.language(request, List.of("fr"))).contains("fr");
        assertThat(Negotiation.language(request, List.of("de", "de-CH-1996")))
                .contains("de-CH-1996");
    }

    @Test
    void languageLookupShortensRangesInTheOrderOfLiking() {
        // RFC 4647, 3.4, with its example of a range that is made shorter.
        Fields request = Fields.of("Accept-Language", "fr;q=0.5, zh-Hant-CN-x-private1-private2");
        assertThat(lookup(request, "fr", "zh-Hant-CN-x-private1"))
                .contains("zh-Hant-CN-x-private1");
        assertThat(lookup(request, "fr", "ZH-hant-cn")).contains("ZH-hant-cn");
        assertThat(lookup(request, "fr", "zh")).contains("zh");
        assertThat(lookup(request, "fr", "zh-Hant-CN-x")).contains("fr");
        assertThat(lookup(request, "fr-CA", "zh-Hant-CN-x-private1-private2-more")).isEmpty();
    }

    @Test
    void languageLookupLeavesStarAndWhatIsExcludedToTheDefault() {
        assertThat(lookup(Fields.of("Accept-Language", "*, is;q=0"), "is", "en")).isEmpty();
        assertThat(lookup(Fields.NONE, "is")).isEmpty();
        assertThat(lookup(Fields.of("Accept-Language", "-, a-, -b"), "", "a")).contains("a");
    }

    private static Optional<String> lookup(Fields request, String... offers) {
        return Negotiation.languageLookup(request, List.of(offers));
    }

    @Test
    void charsetIsAsListed() {
        Fields request = Fields.of("Accept-Charset", "utf-8, iso-8859-1;q=0.5");
        assertThat(Negotiation.charset(request, List.of("iso-8859-1", "UTF-8"))).contains("UTF-8");
        assertThat(Negotiation.charset(request, List.of("koi8-r"))).isEmpty();
    }

    private static Optional<String> encoding(String accept, List<String> offers) {
        return Negotiation.encoding(Fields.of("Accept-Encoding", accept), offers);
    }

    private static Optional<String> media(Fields request, String... offers) {
        List<MediaType> types = List.of(offers).stream().map(MediaType::of).toList();
        return Negotiation.mediaType(request, types).map(MediaType::emit);
    }
}
