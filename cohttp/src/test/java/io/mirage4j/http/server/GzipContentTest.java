// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.EntityTag;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Preconditions;
import io.mirage4j.http.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

/// What is compressed is another representation, and says so each time.
@Timeout(60)
class GzipContentTest {
    private static final EntityTag TAG = EntityTag.strong("v1");

    private final HttpServer server =
            HttpServer.builder(new GzipContent(GzipContentTest::page), Pipe.CLOCK).build();

    private static void page(Exchange exchange) throws IOException {
        var current = Preconditions.Current.of(TAG, 0);
        var request = exchange.request();
        if (Preconditions.judge(request.method(), request.fields(), current)
                == Preconditions.Verdict.NOT_MODIFIED) {
            exchange.respond(Response.of(304, "ETag", TAG.toString())).close();
        } else {
            exchange.respond(
                    Response.of(200, "Content-Type", "text/plain", "ETag", TAG.toString()),
                    ReadOnlyCstruct.of("all work and no play ".repeat(100)));
        }
    }

    private String answer(String... fields) throws Exception {
        String lines = String.join("\r\n", fields);
        String close = "Connection: close\r\n\r\n";
        return Pipe.answer(server, "GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n" + close);
    }

    @Test
    void compressedContentHasTheWeakTag() throws Exception {
        assertThat(answer("Accept-Encoding: gzip"))
                .contains("Content-Encoding: gzip", "ETag: W/\"v1\"", "Vary: Accept-Encoding");
        assertThat(answer("Accept-Encoding: identity"))
                .contains("ETag: \"v1\"", "Vary: Accept-Encoding")
                .doesNotContain("Content-Encoding");
    }

    @Test
    void notModifiedHasTheTagOfWhatTheClientHas() throws Exception {
        assertThat(answer("Accept-Encoding: gzip", "If-None-Match: W/\"v1\""))
                .startsWith("HTTP/1.1 304 ")
                .contains("ETag: W/\"v1\"", "Vary: Accept-Encoding");
        assertThat(answer("Accept-Encoding: gzip", "If-None-Match: \"v1\""))
                .startsWith("HTTP/1.1 304 ")
                .contains("ETag: \"v1\"");
    }
}
