// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// Content without its coding `gzip`. What it needs does not grow with what comes out of it.
final class Gunzip implements ContentSource {
    private static final int BUFFER = 8 << 10;

    private final ContentSource coded;
    private final byte[] octets = new byte[BUFFER];
    private @Nullable GZIPInputStream stream;
    private boolean ended;

    Gunzip(ContentSource coded) {
        this.coded = coded;
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        if (ended || buf.isEmpty()) return ended ? END : 0;
        GZIPInputStream stream = this.stream;
        if (stream == null) {
            var source = new SourceStream(coded);
            if (source.isEmpty()) {
                ended = true; // no content is none however it is coded
                return END;
            }
            stream = this.stream = new GZIPInputStream(source, BUFFER);
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
