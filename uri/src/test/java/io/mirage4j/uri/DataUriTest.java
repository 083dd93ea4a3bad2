// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class DataUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:,A%20brief%20note|text/plain;charset=US-ASCII|A brief note",
                "data:;base64,QSBi|text/plain;charset=US-ASCII|A b",
                "DATA:text/html,%3Cb%3E|text/html|<b>",
                "data:;charset=utf-8,%C3%A9|text/plain;charset=utf-8|é",
                "data:text/plain;charset=iso-8859-1,%E9|text/plain;charset=iso-8859-1|é",
                "data:text/plain;charset=%22iso-8859-1%22,%E9|text/plain;charset=\"iso-8859-1\"|é",
                "data:text/plain;charset=nonsense,%C3%A9|text/plain;charset=nonsense|é",
                "data:a/b;c=d;BASE64,QQ|a/b;c=d|A",
                "data:a/b;c=d;base64,QQ%3D%3D|a/b;c=d|A",
                "data:,a,b?c#d|text/plain;charset=US-ASCII|a,b?c",
                "data:image/svg%2Bxml,x|image/svg+xml|x",
                "data:a/b;base64=1,QQ|a/b;base64=1|QQ",
            })
    void typeAndDataAreRead(String text, String type, String data) {
        assertThat(DataUri.of(Uri.of(text)))
                .isInstanceOfSatisfying(
                        DataUri.class,
                        uri -> {
                            assertThat(uri.mediaType()).isEqualTo(type);
                            assertThat(uri.text()).isEqualTo(data);
                        });
    }

    @Test
    void noDataIsData() {
        var data = (DataUri) DataUri.of(Uri.of("data:,"));
        assertThat(data.octets()).isEmpty();
        assertThat(data.toUri()).hasToString("data:,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http:,|0",
                "data:text/plain|15",
                "data:text,x|5",
                "data:/x,y|5",
                "data:a/,y|5",
                "data:a/b;c,y|5",
                "data:a/b;=c,y|5",
                "data:a/b;c=%22,y|5",
                "data:a%20/b,y|5",
                "data:;base64,Q|13",
                "data:;base64,QQ=|13",
                "data:;base64,Q===|13",
                "data:;base64,Q*QQ|13",
            })
    void whatIsWrongIsAnErrorWithAPosition(String text, int position) {
        assertThat(DataUri.of(Uri.of(text)))
                .isInstanceOfSatisfying(
                        UriError.class, error -> assertThat(error.position()).isEqualTo(position));
    }

    @Test
    void theShorterEncodingIsWritten() {
        assertThat(DataUri.ofText("plain").toUri())
                .hasToString("data:text/plain;charset=utf-8,plain");
        byte[] binary = {-1, -2, -3, 0, 1, 2};
        assertThat(DataUri.of("image/x", binary).toUri())
                .hasToString("data:image/x;base64,//79AAEC");
    }

    @Test
    void aMediaTypeMustBeOne() {
        assertThatThrownBy(() -> DataUri.of("text", new byte[0])).hasMessage("no media type: text");
        assertThat(DataUri.of("", new byte[0]).mediaType()).isEqualTo(DataUri.DEFAULT_MEDIA_TYPE);
    }

    @Property
    void dataComesBack(@ForAll byte[] octets) {
        DataUri data = DataUri.of("a/b;c=\"d,e;f\"", octets);
        assertThat(DataUri.of(data.toUri())).isEqualTo(data).hasSameHashCodeAs(data);
        assertThat(data.octets()).isEqualTo(octets);
    }

    @Property
    void textComesBack(@ForAll String text) {
        String scalar = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        var data = (DataUri) DataUri.of(DataUri.ofText(text).toUri());
        assertThat(data.text()).isEqualTo(scalar);
    }

    @Property
    void anyUriIsDataOrAnErrorWithAPosition(@ForAll String text) {
        Uri uri = Uri.of("data:" + PercentSet.QUERY.encode(text));
        if (DataUri.of(uri) instanceof UriError error) {
            assertThat(error.position()).isBetween(0, uri.toString().length());
        }
    }
}
