// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.wire.ChunkWriter;
import io.mirage4j.platform.EventFlow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/// What a connection sends, gathered so that a small response is one write. The buffer is taken
/// when there is something to send and given back when nothing is.
final class Output {
    /// What has to go within [Deadlines#writeNanos].
    private static final int SHARE = 64 << 10;

    /// What is written at once, with as much more time.
    private static final int PIECE = 4 * SHARE;

    private final Memory memory;
    private final long writeNanos;

    private @Nullable Watched watched;
    private Memory.@Nullable OutputBuffer buffer;
    private int gone; // of what is in the buffer
    private int used;
    private long octets;

    Output(Memory memory, long writeNanos) {
        this.memory = memory;
        this.writeNanos = writeNanos;
    }

    /// Begins to send by a flow.
    void begin(Watched watched) {
        this.watched = watched;
        octets = 0;
    }

    /// Octets since the beginning, sent or held back.
    long octets() {
        return octets;
    }

    /// Whether so much can be written without a wait.
    boolean fits(int length) {
        if (buffer == null) {
            buffer = memory.pollOutput();
        }
        return buffer != null && length <= Memory.OUTPUT_OCTETS - used;
    }

    /// Where the next octets go, at least `least` of them; [#written] tells how many there were.
    /// None of it has more than the buffer has.
    Cstruct room(int least) throws IOException {
        Cstruct buffer = buffer().octets;
        if (buffer.length() - used < least) {
            flush();
        }
        return used == 0 ? buffer : buffer.shift(used);
    }

    void written(int count) {
        used += count;
        octets += count;
    }

    void write(ReadOnlyCstruct content) throws IOException {
        int length = content.length();
        int at = 0;
        if (used > 0 || length < Memory.OUTPUT_OCTETS) {
            at = put(content, 0);
        }
        if (at == length) return;
        flush();
        if (length - at < Memory.OUTPUT_OCTETS) {
            put(content, at);
            return;
        }
        octets += length - at;
        for (; at < length; at += PIECE) {
            send(content.sub(at, Math.min(PIECE, length - at)));
        }
    }

    /// Copies what fits, and returns how far that is.
    private int put(ReadOnlyCstruct content, int at) throws IOException {
        Cstruct buffer = buffer().octets;
        int count = Math.min(content.length() - at, buffer.length() - used);
        content.copyTo(at, buffer, used, count);
        written(count);
        return at + count;
    }

    void writeChunk(ReadOnlyCstruct content) throws IOException {
        written(ChunkWriter.begin(room(ChunkWriter.MOST), 0, content.length()));
        write(content);
        written(ChunkWriter.end(room(2), 0));
    }

    void flush() throws IOException {
        Memory.OutputBuffer buffer = this.buffer;
        if (buffer != null && used > 0) {
            ReadOnlyCstruct rest = buffer.first(used);
            int from = gone;
            used = gone = 0;
            send(from == 0 ? rest : rest.shift(from));
        }
    }

    /// Sends what goes at once; tells whether that was all.
    boolean tryFlush(EventFlow flow) throws IOException {
        Memory.OutputBuffer buffer = this.buffer;
        if (buffer != null && used > 0) {
            gone = flow.tryWrite(buffer.first(used));
            if (gone < used) return false;
            used = gone = 0;
        }
        return true;
    }

    private void send(ReadOnlyCstruct piece) throws IOException {
        long shares = 1L + (piece.length() - 1) / SHARE;
        Objects.requireNonNull(watched, "a flow").write(piece, shares * writeNanos);
    }

    /// Gives the buffer back; what is in it is dropped.
    void release() {
        Memory.OutputBuffer buffer = this.buffer;
        if (buffer != null) {
            this.buffer = null;
            used = gone = 0;
            memory.giveOutput(buffer);
        }
    }

    private Memory.OutputBuffer buffer() throws IOException {
        Memory.OutputBuffer buffer = this.buffer;
        if (buffer == null) {
            buffer = this.buffer = memory.takeOutput(writeNanos);
        }
        return buffer;
    }
}
