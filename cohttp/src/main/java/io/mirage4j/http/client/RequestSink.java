// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.Fields;
import io.mirage4j.http.wire.ChunkWriter;
import io.mirage4j.http.wire.HeadWriter;
import io.mirage4j.platform.Flow;

import java.io.IOException;

/// The content of a request, in chunks where its length is not known.
final class RequestSink implements ContentSink {
    private static final int CHUNK = 16 << 10;

    private final Flow flow;
    private final boolean chunked;
    private long remaining;
    private boolean closed;

    /// @param length -1 for chunks
    RequestSink(Flow flow, long length) {
        this.flow = flow;
        chunked = length < 0;
        remaining = length;
    }

    @Override
    public void write(ReadOnlyCstruct content) throws IOException {
        if (!chunked) {
            if (content.length() > remaining) {
                throw new IOException("more content than its length says");
            }
            remaining -= content.length();
            flow.write(content);
            return;
        }
        for (int at = 0; at < content.length(); at += CHUNK) {
            int count = Math.min(CHUNK, content.length() - at);
            var chunk = Cstruct.create(count + ChunkWriter.MOST + 2);
            int length = ChunkWriter.begin(chunk, 0, count);
            content.copyTo(at, chunk, length, count);
            length += count;
            length += ChunkWriter.end(chunk, length);
            flow.write(chunk.sub(0, length));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close(Fields trailers) throws IOException {
        if (closed) return;
        closed = true;
        if (remaining > 0) {
            throw new IOException("the content is " + remaining + " octets too short");
        }
        if (chunked) {
            var end = new HeadWriter(Cstruct.create(0)).trailers();
            trailers.writeTo(end);
            var last = Cstruct.create(3 + end.end());
            int length = ChunkWriter.last(last, 0);
            trailers.writeTo(end.over(last.shift(length)).trailers());
            end.end();
            flow.write(last);
        }
    }
}
