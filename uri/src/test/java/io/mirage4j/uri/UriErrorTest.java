// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriErrorTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "1:b, SCHEME, SCHEME, 0",
                ":b, SCHEME, SCHEME, 0",
                "ht_tp://h, SCHEME, SCHEME, 2",
                "\"bar,baz:foo\", SCHEME, SCHEME, 3",
                "%41:b, SCHEME, SCHEME, 0",
                "http://h/a b, CHARACTER, PATH, 10",
                "http://h/a\\b, CHARACTER, PATH, 10",
                "http://h/é, NOT_ASCII, PATH, 9",
                "http://h/%, ESCAPE, PATH, 9",
                "http://h/%4, ESCAPE, PATH, 9",
                "http://h/%4g, ESCAPE, PATH, 9",
                "http://h/%é1, ESCAPE, PATH, 9",
                "http://h?[, CHARACTER, QUERY, 9",
                "http://h?a#b#c, CHARACTER, FRAGMENT, 12",
                "http://h#%zz, ESCAPE, FRAGMENT, 9",
                "http://h:8a/, PORT, PORT, 10",
                "http://h:é/, PORT, PORT, 9",
                "http://h:1:2/, PORT, PORT, 10",
                "http://u:p%zz@h/, ESCAPE, USERINFO, 10",
                "http://u<@h/, CHARACTER, USERINFO, 8",
                "http://a@b@c/, CHARACTER, HOST, 10",
                "http://a b/, CHARACTER, HOST, 8",
                "http://a%2/, ESCAPE, HOST, 8",
                "http://[::1/, IP_LITERAL, HOST, 11",
                "http://[::1]x/, CHARACTER, HOST, 12",
                "http://a[::1]/, CHARACTER, HOST, 8",
                "http://[], IP_LITERAL, HOST, 8",
                "http://[, IP_LITERAL, HOST, 8",
                "http://[1:2:3], IP_LITERAL, HOST, 13",
                "http://[1:2:3:4:5:6:7:8:9], IP_LITERAL, HOST, 23",
                "http://[12345::], IP_LITERAL, HOST, 12",
                "http://[1::2::3], IP_LITERAL, HOST, 13",
                "http://[::1.2.3.256], IP_LITERAL, HOST, 16",
                "http://[::1.2.3.04], IP_LITERAL, HOST, 16",
                "http://[::1%25], IP_LITERAL, HOST, 14",
                "http://[::1%eth0], IP_LITERAL, HOST, 11",
                "http://[v1.], IP_LITERAL, HOST, 11",
                "http://[v.x], IP_LITERAL, HOST, 9",
            })
    void theErrorNamesCauseComponentAndPosition(
            String text, UriError.Cause cause, Component component, int position) {
        assertThat(Uri.parse(text))
                .isInstanceOfSatisfying(
                        UriError.class,
                        error -> {
                            assertThat(error.cause()).isEqualTo(cause);
                            assertThat(error.component()).isEqualTo(component);
                            assertThat(error.position()).isEqualTo(position);
                            assertThat(error.message()).contains("at " + position);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h/\u0001z | U+0001 at 9 is not allowed in the path",
                "http://h/\ud83d\ude00 | U+1F600 at 9 is not allowed in the path",
                "http://h/%4 | '%' at 9 is not followed by two hexadecimal digits, in the path",
                "ht~p://h | '~' at 2 is not allowed in the scheme",
                "http://[::1 | no IP address in brackets: the end at 11",
                "http://[g] | no IP address in brackets: 'g' at 8",
            })
    void theMessageSaysWhatAndWhere(String text, String message) {
        assertThat(Uri.parse(text))
                .isInstanceOfSatisfying(
                        UriError.class, error -> assertThat(error.message()).isEqualTo(message));
    }
}
