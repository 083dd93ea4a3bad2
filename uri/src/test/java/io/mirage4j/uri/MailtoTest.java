// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples are those of RFC 6068, 6.
class MailtoTest {
    private static Mailto read(String text) {
        return (Mailto) Mailto.of(Uri.of(text));
    }

    @Test
    void addressesAndFieldsAreRead() {
        var message = read("mailto:joe@example.com?cc=bob@example.com&body=hello%0D%0Aworld");
        assertThat(message.to()).containsExactly("joe@example.com");
        assertThat(message.header("CC")).contains("bob@example.com");
        assertThat(message.body()).contains("hello\r\nworld");
        assertThat(message.subject()).isEmpty();
    }

    @Test
    void fieldsNamedToAddRecipients() {
        assertThat(read("mailto:?to=addr1@an.example,addr2@an.example").recipients())
                .containsExactly("addr1@an.example", "addr2@an.example");
        assertThat(read("mailto:addr1@an.example?to=addr2@an.example").recipients())
                .containsExactly("addr1@an.example", "addr2@an.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mailto:gorby%25kremvax@example.com|gorby%kremvax@example.com",
                "mailto:unlikely%3Faddress@example.com|unlikely?address@example.com",
                "mailto:Mike%26family@example.org|Mike&family@example.org",
                "mailto:%22not%40me%22@example.org|\"not@me\"@example.org",
                "mailto:%22oh%5C%5Cno%22@example.org|\"oh\\\\no\"@example.org",
                "mailto:user@example.org?subject=caf%C3%A9|user@example.org",
                "mailto:a%2Cb@example.org|a,b@example.org",
                "mailto:a+b@example.org|a+b@example.org",
            })
    void addressesAreDecoded(String text, String address) {
        assertThat(read(text).to()).containsExactly(address);
    }

    @Test
    void aMessageIsWritten() {
        Mailto message =
                Mailto.to("a,b@x.example", "\"c d\"@y.example")
                        .with("subject", "Café + 1 & 2")
                        .with("body", "one\ntwo");
        assertThat(message.toUri())
                .hasToString(
                        "mailto:a%2Cb@x.example,%22c%20d%22@y.example"
                                + "?subject=Caf%C3%A9%20+%201%20%26%202&body=one%0D%0Atwo");
    }

    @ParameterizedTest
    @CsvSource({
        "http:a@b, 0",
        "mailto://a@b, 9",
        "mailto:a, 7",
        "mailto:a@, 7",
        "mailto:@b, 7",
        "'mailto:a@b,c', 11",
        "'mailto:a@b,', 11",
        "mailto:a@b?x, 11",
        "mailto:a@b?x=1&=2, 15"
    })
    void whatIsNoMailIsAnErrorWithAPosition(String text, int position) {
        assertThat(Mailto.of(Uri.of(text)))
                .isInstanceOfSatisfying(
                        UriError.class, error -> assertThat(error.position()).isEqualTo(position));
    }

    @Property
    void whatIsWrittenIsRead(@ForAll String local, @ForAll String subject) {
        String scalar = PercentSet.decode(PercentSet.UNRESERVED.encode(local)) + "x";
        Mailto message =
                Mailto.to(scalar + "@h.example")
                        .with("subject", subject.replaceAll("\\R|\r|\n", ""));
        var back = read(message.toUri().toString());
        assertThat(back.to().getFirst().replace("\r", "").replace("\n", ""))
                .isEqualTo((scalar + "@h.example").replace("\r", "").replace("\n", ""));
        assertThat(back.toUri()).isEqualTo(message.toUri());
    }
}
