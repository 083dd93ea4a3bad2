// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.Fields;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes what it is given as one gzip member (RFC 1952).
final class GzipSink implements ContentSink {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER_LENGTH = 8;
    private static final int BUFFER = 8 << 10;
    private static final int LEVEL = 5; // near the best for text, at half the time

    private final ContentSink sink;
    private final Deflater deflater = new Deflater(LEVEL, true);
    private final CRC32 crc = new CRC32();
    private final byte[] octets = new byte[BUFFER];
    private final Cstruct window = Cstruct.of(octets);
    private boolean begun;
    private boolean closed;

    GzipSink(ContentSink sink) {
        this.sink = sink;
    }

    @Override
    public void write(ReadOnlyCstruct content) throws IOException {
        if (closed) throw new IOException("the content was closed");
        byte[] input = content.toByteArray();
        crc.update(input);
        deflater.setInput(input);
        while (!deflater.needsInput()) {
            send(Deflater.NO_FLUSH);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!closed) {
            // A full buffer means that there may be more.
            while (send(Deflater.SYNC_FLUSH) == BUFFER) {}
        }
        sink.flush();
    }

    private int send(int mode) throws IOException {
        if (!begun) {
            begun = true;
            sink.write(Cstruct.of(HEADER.clone()));
        }
        int count = deflater.deflate(octets, 0, BUFFER, mode);
        if (count > 0) {
            sink.write(window.sub(0, count));
        }
        return count;
    }

    @Override
    public void close(Fields trailers) throws IOException {
        if (closed) return;
        closed = true;
        try {
            deflater.finish();
            while (!deflater.finished()) {
                send(Deflater.NO_FLUSH);
            }
            window.putU32le(0, (int) crc.getValue());
            window.putU32le(4, (int) deflater.getBytesRead());
            sink.write(window.sub(0, TRAILER_LENGTH));
        } finally {
            deflater.end();
        }
        sink.close(trailers);
    }
}
