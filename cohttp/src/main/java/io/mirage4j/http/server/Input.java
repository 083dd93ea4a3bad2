// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.EventFlow;
import io.mirage4j.platform.Flow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/// What a connection has received and not used yet. A small buffer is always there, for a client
/// that is idle shall cost little; a long head gets a larger one for as long as it takes.
final class Input {
    static final int SMALL = 1 << 10;

    private static final ReadOnlyCstruct NOTHING = ReadOnlyCstruct.of("");

    private final Memory memory;
    private final int mostOctets;
    private final Cstruct small = Cstruct.create(SMALL);

    private @Nullable Flow flow;
    private Cstruct buffer = small;
    private int from;
    private int to;

    /// The window given last: clients that send the same again get the same again.
    private ReadOnlyCstruct window = small.sub(0, 0);

    private int windowFrom;

    Input(Memory memory, int mostOctets) {
        this.memory = memory;
        this.mostOctets = mostOctets;
    }

    /// Begins with a flow, empty.
    void begin(Flow flow) {
        this.flow = flow;
        from = to = 0;
    }

    int length() {
        return to - from;
    }

    /// The octets that are there.
    ReadOnlyCstruct window() {
        if (from == to) return NOTHING;
        if (windowFrom != from || window.length() != to - from) {
            window = buffer.sub(from, to - from);
            windowFrom = from;
        }
        return window;
    }

    void consume(int octets) {
        from += octets;
    }

    /// The first octets, which stay.
    void copyTo(Cstruct target, int octets) {
        buffer.copyTo(from, target, 0, octets);
    }

    /// Waits for more, and returns how many or [Flow#END].
    int fill(long timeoutNanos) throws IOException {
        if (from == to) {
            from = to = 0;
        }
        if (to == buffer.length()) {
            makeRoom(timeoutNanos);
        }
        int count = readInto(to == 0 ? buffer : buffer.shift(to), timeoutNanos);
        if (count > 0) {
            to += count;
        }
        return count;
    }

    /// Takes what is there, 0 for nothing; for an input that is empty.
    int tryFill(EventFlow flow) throws IOException {
        int count = flow.tryRead(buffer);
        from = 0;
        to = Math.max(0, count);
        return count;
    }

    /// Content that nothing of has come yet, straight to where it is wanted.
    int readInto(Cstruct target, long timeoutNanos) throws IOException {
        Flow flow = Objects.requireNonNull(this.flow, "a flow");
        flow.readTimeout(timeoutNanos);
        return flow.read(target);
    }

    private void makeRoom(long timeoutNanos) throws IOException {
        int length = to - from;
        if (from > 0) {
            buffer.copyTo(from, buffer, 0, length);
        } else {
            int larger = Math.min(4 * buffer.length(), mostOctets);
            if (larger <= buffer.length()) {
                throw new IOException("a message needs more than " + mostOctets + " octets");
            }
            memory.take(larger, timeoutNanos);
            Cstruct old = buffer;
            buffer = Cstruct.create(larger);
            old.copyTo(from, buffer, 0, length);
            if (old.length() > SMALL) {
                memory.give(old.length());
            }
        }
        moved(length);
    }

    /// Goes back to the small buffer, if what is there fits.
    void shrink() {
        int length = to - from;
        if (buffer.length() > SMALL && length <= SMALL) {
            buffer.copyTo(from, small, 0, length);
            memory.give(buffer.length());
            buffer = small;
            moved(length);
        }
    }

    /// Gives everything back; what is there is dropped.
    void release() {
        from = to;
        shrink();
    }

    private void moved(int length) {
        from = 0;
        to = length;
        window = buffer.sub(0, length);
        windowFrom = 0;
    }
}
