// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.Preconditions.Current;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.HeadWriter;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.MediaTypes;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The samples of README.md, word for word.
class ReadmeSamplesTest {
    @Test
    void requestIsReadAndJudged() {
        Cstruct input =
                Cstruct.of(
                        ("POST / HTTP/1.1\r\nHost: a\r\nAccept: application/*\r\n"
                                        + "If-None-Match: \"b\"\r\nContent-Length: 2\r\n\r\nhiGET x")
                                .getBytes(StandardCharsets.US_ASCII));
        Request request = null;
        long received = 0;
        int status = 0;

        MessageReader reader = MessageReader.ofRequests(Rules.STRICT);
        while (true) {
            Event event = reader.next(input);
            input = input.shift(reader.consumed());
            switch (event) {
                case HEAD -> request = Request.copyOf(reader.head(), "http");
                case DATA -> received += reader.dataLength();
                case MALFORMED -> status = reader.malformed().status();
                default -> {}
            }
            if (event == Event.MORE || event == Event.MALFORMED) break;
        }

        assertThat(request.method()).isEqualTo(Method.POST);
        assertThat(received).isEqualTo(2);
        assertThat(status).isZero();

        EntityTag tag = EntityTag.strong("b");
        long lastModified = 0;

        Optional<MediaType> best =
                Negotiation.mediaType(
                        request.fields(),
                        List.of(MediaType.of("text/html"), MediaType.of("application/json")));
        Preconditions.Verdict verdict =
                Preconditions.judge(Method.GET, request.fields(), Current.of(tag, lastModified));

        assertThat(best).contains(MediaType.of("application/json"));
        assertThat(verdict).isEqualTo(Preconditions.Verdict.NOT_MODIFIED);
    }

    @Test
    void headIsWritten() {
        Cstruct out = Cstruct.create(100);

        HeadWriter head = new HeadWriter(out).status(Status.OK, "OK");
        head.field("Content-Type", MediaTypes.of("index.html")).contentLength(5);
        int length = head.end();

        assertThat(out.text(0, length, StandardCharsets.US_ASCII))
                .isEqualTo(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\n");
    }
}
