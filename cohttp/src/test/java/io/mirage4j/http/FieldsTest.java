// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.Leniency;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.http.wire.Rules;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class FieldsTest {
    @Test
    void orderAndRepetitionAreKept() {
        Fields fields = Fields.of("B", "1", "a", "2", "b", "3");
        assertThat(fields.all("B")).containsExactly("1", "3");
        assertThat(fields.list("b")).contains("1, 3");
        assertThat(fields.first("A")).contains("2");
        assertThat(fields.only("b")).isEmpty();
        assertThat(fields.toBuilder().set("B", "4").build())
                .isEqualTo(Fields.of("A", "2", "B", "4"));
    }

    @Test
    void copyOutlivesTheInput() {
        Cstruct input =
                octets("GET / HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nX: \t y z \r\nX: \u00e4\r\n\r\n");
        Request request = read(Rules.STRICT, input);
        input.fill('!');
        assertThat(request.fields())
                .isEqualTo(Fields.of("host", "a", "x-empty", "", "x", "y z", "x", "\u00e4"));
        assertThat(request.fields().name(0)).isEqualTo("Host");
        assertThat(request.fields().contains("content-length")).isFalse();
    }

    @Test
    void foldedValueIsOneLine() {
        Cstruct input = octets("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n  z\r\n\r\n");
        Request request = read(Rules.STRICT.with(Leniency.OBS_FOLD), input);
        assertThat(request.fields().first("x").orElseThrow()).startsWith("y ").endsWith(" z");
    }

    @Test
    void whatCouldNotBeSentIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("A", "b\r\nC: d"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("A\n", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("A", "\u0100"));
    }

    @Test
    void numberIsDigitsOnce() {
        assertThat(Fields.of("Age", "12").number("age")).contains(12L);
        assertThat(Fields.of("Age", "+1").number("age")).isEmpty();
        assertThat(Fields.of("Age", "1", "Age", "1").number("age")).isEmpty();
    }

    @Test
    void targetInAbsoluteFormGoesBeforeHost() {
        Request request =
                read(Rules.STRICT, octets("GET http://b:81?q HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertThat(request.authority()).isEqualTo("b:81");
        assertThat(request.target()).isEqualTo("/?q");
        assertThat(request.path()).isEqualTo("/");
        assertThat(request.query()).contains("q");
        request = read(Rules.STRICT, octets("OPTIONS http://b HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertThat(request.target()).isEqualTo("*");
    }

    private static Request read(Rules rules, Cstruct input) {
        MessageReader reader = MessageReader.ofRequests(rules);
        assertThat(reader.next(input)).isEqualTo(Event.HEAD);
        return Request.copyOf(reader.head(), "http");
    }

    private static Cstruct octets(String text) {
        return Cstruct.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
