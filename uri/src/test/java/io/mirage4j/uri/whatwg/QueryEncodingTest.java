// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "latin1, windows-1252",
        "' \tSJIS\n', Shift_JIS",
        "gb2312, GBK",
        "ks_c_5601-1987, EUC-KR",
        "iso-8859-9, windows-1254",
        "logical, ISO-8859-8-I",
        "utf-16, UTF-8",
        "hz-gb-2312, UTF-8"
    })
    void anEncodingIsKnownByAnyOfItsLabels(String label, String name) {
        assertThat(QueryEncoding.forLabel(label)).get().hasToString(name);
        assertThat(QueryEncoding.forLabel(label)).map(QueryEncoding::name).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "utf-7", "latin 1", "\u000butf-8", "ſhift_jis"})
    void noOtherLabelMeansAnything(String label) {
        assertThat(QueryEncoding.forLabel(label)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Shift_JIS, ≡, %81%DF",
        "Shift_JIS, ¥‾, \\~",
        "Shift_JIS, ｱ, %B1",
        "Shift_JIS, 纊, %FA\\", // of the duplicates the last
        "Shift_JIS, ∵, %81%E6",
        "Shift_JIS, \u0080, %80",
        "EUC-JP, 纊, %F9%A1", // of the duplicates the first
        "EUC-JP, ｱ, %8E%B1",
        "EUC-JP, −, %A1%DD",
        "ISO-2022-JP, ¥, %1B(J\\%1B(B",
        "ISO-2022-JP, あa, %1B$B$\"%1B(Ba",
        "ISO-2022-JP, ｱﾞ, %1B$B%%22!+%1B(B",
        "ISO-2022-JP, ‾\\, %1B(J~%1B(B\\",
        "ISO-2022-JP, あ☃, %1B$B$\"%1B(B%26%239731%3B",
        "ISO-2022-JP, 'あ\u001b', %1B$B$\"%1B(B%26%2365533%3B",
        "Big5, 十, %A4Q", // of the duplicates the last
        "Big5, ｡, %26%2365377%3B",
        "Big5, ¯, %A1%C2",
        "EUC-KR, 각똠, %B0%A2%8Cc",
        "GBK, €, %80",
        "gb18030, €, %A2%E3",
        "gb18030, \ue5e5, %26%2358853%3B",
        "gb18030, \ue78d, %A6%D9",
        "gb18030, \ue7c7, %815%F47",
        "gb18030, 💩, %949%DA3",
        "GBK, 💩, %26%23128169%3B",
        "windows-1252, €\u0081, %80%81",
        "ISO-8859-10, Ą, %A1",
        "ISO-8859-14, ŵ, %F0",
        "KOI8-U, ў, %AE",
        "windows-1255, \u05ba, %CA",
        "x-mac-cyrillic, €, %FF",
        "x-user-defined, \uf7ff, %FF",
        "windows-1252, \ud800, %26%2365533%3B"
    })
    void charactersAreEncodedByTheStandard(String label, String text, String query) {
        var encoding = QueryEncoding.forLabel(label).orElseThrow();
        var out = new StringBuilder();
        encoding.append(out, text, PercentEncodeSets.SPECIAL_QUERY);
        assertThat(out.toString().replace("\"", "%22")).isEqualTo(query.replace("\"", "%22"));
    }

    @Test
    void onlyQueriesOfHttpAndItsLikeAreInTheEncoding() {
        var options =
                UrlOptions.DEFAULT.withQueryEncoding(
                        QueryEncoding.forLabel("windows-1252").orElseThrow());
        assertThat(Url.parse("http://a/é?é#é", options)).hasToString("http://a/%C3%A9?%E9#%C3%A9");
        assertThat(Url.parse("ftp://a/?é", options)).hasToString("ftp://a/?%E9");
        assertThat(Url.parse("ws://a/?é", options)).hasToString("ws://a/?%C3%A9");
        assertThat(Url.parse("web://a/?é", options)).hasToString("web://a/?%C3%A9");
    }
}
