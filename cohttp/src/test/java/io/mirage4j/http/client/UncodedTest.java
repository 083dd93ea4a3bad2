// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// Transfer codings but chunked (RFC 9112, 7.2), as they come from who reads a connection.
@Timeout(60)
class UncodedTest {
    private static final byte[] TEXT = "harbour ".repeat(5000).getBytes(StandardCharsets.US_ASCII);

    private interface Coding {
        OutputStream over(OutputStream out) throws IOException;
    }

    @Test
    void codingsAreUndoneTheLastOneFirst() throws IOException {
        byte[] gzip = coded(GZIPOutputStream::new, TEXT);
        byte[] deflate = coded(DeflaterOutputStream::new, TEXT);
        byte[] both = coded(GZIPOutputStream::new, deflate);
        assertThat(undone("chunked", TEXT)).isEqualTo(TEXT);
        assertThat(undone("gzip, chunked", gzip)).isEqualTo(TEXT);
        assertThat(undone("X-Gzip ,,chunked", gzip)).isEqualTo(TEXT);
        assertThat(undone("deflate", deflate)).isEqualTo(TEXT);
        assertThat(undone("deflate, gzip, chunked", both)).isEqualTo(TEXT);
    }

    @Test
    void whatWasCutIsNotWhole() throws IOException {
        byte[] gzip = coded(GZIPOutputStream::new, TEXT);
        byte[] deflate = coded(DeflaterOutputStream::new, TEXT);
        assertThatIOException()
                .isThrownBy(() -> undone("gzip", Arrays.copyOf(gzip, gzip.length - 1)));
        assertThatIOException()
                .isThrownBy(() -> undone("deflate", Arrays.copyOf(deflate, deflate.length / 2)));
        assertThatIOException().isThrownBy(() -> undone("deflate", TEXT));
    }

    @Test
    void codingThatWasNotOfferedIsRefused() {
        assertThatIOException().isThrownBy(() -> undone("compress, chunked", TEXT));
    }

    @Test
    void whatIsUndoneIsOfferedToTheNextOneOnly() throws Exception {
        // RFC 9110, 10.1.4.
        var web = new Web();
        web.serve(
                exchange -> {
                    Fields asked = exchange.request().fields();
                    String said = asked.list("te").orElse("") + "; " + asked.list("connection");
                    exchange.respond(Response.of(200), ReadOnlyCstruct.of(said));
                });
        try (HttpClient client = web.client().build()) {
            assertThat(Web.text(client, ClientRequest.get(Web.URI)))
                    .isEqualTo("200 gzip, deflate; Optional[TE]");
            assertThat(Web.text(client, ClientRequest.get(Web.URI).with("TE", "trailers")))
                    .isEqualTo("200 trailers; Optional.empty");
        }
    }

    private static byte[] coded(Coding coding, byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream coded = coding.over(out)) {
            coded.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] undone(String codings, byte[] coded) throws IOException {
        ContentSource content =
                Uncoded.transfer(Fields.of("Transfer-Encoding", codings), new Octets(coded));
        var all = new ByteArrayOutputStream();
        Cstruct buf = Cstruct.create(700);
        for (int count; (count = content.read(buf)) != ContentSource.END; ) {
            all.writeBytes(buf.toByteArray(0, count));
        }
        return all.toByteArray();
    }

    /// Content that comes in small pieces.
    private static final class Octets implements ContentSource {
        private final byte[] octets;
        private int at;

        Octets(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public int read(Cstruct buf) {
            int count = Math.min(Math.min(97, buf.length()), octets.length - at);
            buf.put(0, octets, at, count);
            at += count;
            return count > 0 || buf.isEmpty() ? count : END;
        }

        @Override
        public Fields trailers() {
            return Fields.NONE;
        }
    }
}
