// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Content without its coding, of content or of the transfer (RFC 9110, 8.4.1; RFC 9112, 7.2). What
/// it needs does not grow with what comes out of it.
final class Uncoded implements ContentSource {
    /// What a client undoes, in the form of TE.
    static final String TRANSFER_CODINGS = "gzip, deflate";

    private static final int BUFFER = 8 << 10;

    private final ContentSource coded;
    private final byte[] octets = new byte[BUFFER];
    private final Opening opening;
    private @Nullable InputStream stream;
    private boolean ended;

    /// How a stream of what is coded becomes one of what is not.
    private interface Opening {
        InputStream of(InputStream coded) throws IOException;
    }

    private Uncoded(ContentSource coded, Opening opening) {
        this.coded = coded;
        this.opening = opening;
    }

    static ContentSource gzip(ContentSource coded) {
        return new Uncoded(coded, stream -> new GZIPInputStream(stream, BUFFER));
    }

    private static ContentSource deflate(ContentSource coded) {
        return new Uncoded(coded, InflaterInputStream::new);
    }

    /// Content without the transfer codings that its head names, the last one undone first; chunked
    /// was, by who reads the connection.
    ///
    /// @throws IOException for one that is not known
    static ContentSource transfer(Fields head, ContentSource framed) throws IOException {
        ContentSource content = framed;
        String rest = head.list("transfer-encoding").orElse("").toLowerCase(Locale.ROOT);
        while (!rest.isBlank()) {
            int comma = rest.lastIndexOf(',');
            String coding = rest.substring(comma + 1).strip();
            content =
                    switch (coding) {
                        case "", "chunked" -> content;
                        case "gzip", "x-gzip" -> gzip(content);
                        case "deflate" -> deflate(content);
                        default -> throw new IOException("transfer coding " + coding);
                    };
            rest = rest.substring(0, Math.max(0, comma));
        }
        return content;
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        if (ended || buf.isEmpty()) return ended ? END : 0;
        InputStream stream = this.stream;
        if (stream == null) {
            var source = new SourceStream(coded);
            if (source.isEmpty()) {
                ended = true; // no content is none however it is coded
                return END;
            }
            stream = this.stream = opening.of(source);
        }
        int count = stream.read(octets, 0, Math.min(BUFFER, buf.length()));
        if (count < 0) {
            ended = true;
            while (coded.read(Cstruct.of(octets)) != END) {}
            return END;
        }
        buf.put(0, octets, 0, count);
        return count;
    }

    @Override
    public Fields trailers() {
        return coded.trailers();
    }

    private static final class SourceStream extends InputStream {
        private final ContentSource source;
        private int first = -2; // not read yet

        SourceStream(ContentSource source) {
            this.source = source;
        }

        boolean isEmpty() throws IOException {
            first = read();
            return first < 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int off, int len) throws IOException {
            if (len > 0 && first >= 0) {
                target[off] = (byte) first;
                first = -2;
                return 1;
            }
            return source.read(Cstruct.of(target, off, len));
        }
    }
}
