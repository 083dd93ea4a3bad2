// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.Fields;
import io.mirage4j.http.wire.ChunkWriter;
import io.mirage4j.http.wire.HeadWriter;

import java.io.IOException;

/// The content of the response that a connection is at.
///
/// Its end is written when the handler has returned: one that throws, perhaps out of a
/// try-with-resources that closed this, has not finished, and the client shall see that.
final class ResponseContent implements ContentSink {
    enum Framing {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE,
        /// Counted and not sent: an answer to HEAD, or a status that has none.
        NONE
    }

    private final Output output;
    private final Framing framing;
    private long remaining;
    private boolean closed;
    private Fields trailers = Fields.NONE;

    ResponseContent(Output output, Framing framing, long length) {
        this.output = output;
        this.framing = framing;
        remaining = length;
    }

    @Override
    public void write(ReadOnlyCstruct content) throws IOException {
        if (closed) throw new IOException("the content was closed");
        switch (framing) {
            case LENGTH -> {
                if (content.length() > remaining) {
                    throw new IOException(
                            "content of %d octets where Content-Length leaves %d"
                                    .formatted(content.length(), remaining));
                }
                remaining -= content.length();
                output.write(content);
            }
            case CHUNKED -> {
                if (!content.isEmpty()) {
                    output.writeChunk(content);
                }
            }
            case UNTIL_CLOSE -> output.write(content);
            case NONE -> {}
        }
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void close(Fields trailers) {
        if (!closed) {
            closed = true;
            this.trailers = trailers;
        }
    }

    /// The handler has returned: writes the end. False if there is less than was announced.
    boolean finish() throws IOException {
        closed = true;
        if (framing == Framing.CHUNKED) {
            output.written(ChunkWriter.last(output.room(ChunkWriter.MOST), 0));
            var writer = new HeadWriter(output.room(0)).trailers();
            trailers.writeTo(writer);
            int length = writer.end();
            if (writer.fits()) {
                output.written(length);
            } else {
                var large = Cstruct.create(length);
                trailers.writeTo(writer.over(large).trailers());
                writer.end();
                output.write(large);
            }
        }
        return framing != Framing.LENGTH || remaining == 0;
    }

    /// Whether the connection ends with the content.
    boolean endsConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }
}
