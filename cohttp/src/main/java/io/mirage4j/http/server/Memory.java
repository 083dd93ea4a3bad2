// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The buffers of all connections, within a limit: who finds none left waits for one, so that a
/// crowd is served slowly and not out of memory.
final class Memory {
    /// What a response is gathered in.
    static final int OUTPUT_OCTETS = 16 << 10;

    private static final int KEPT = 256;
    private static final int KIB = 1 << 10;

    private final Semaphore kibibytes;
    private final ArrayBlockingQueue<OutputBuffer> outputs = new ArrayBlockingQueue<>(KEPT);

    Memory(long octets) {
        kibibytes = new Semaphore((int) (octets / KIB));
    }

    /// Waits for so much room.
    ///
    /// @throws NoMemoryException if there was none within the time
    void take(int octets, long timeoutNanos) throws IOException {
        try {
            if (!kibibytes.tryAcquire(kib(octets), timeoutNanos, TimeUnit.NANOSECONDS)) {
                throw new NoMemoryException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("wait for memory was interrupted");
        }
    }

    void give(int octets) {
        kibibytes.release(kib(octets));
    }

    OutputBuffer takeOutput(long timeoutNanos) throws IOException {
        take(OUTPUT_OCTETS, timeoutNanos);
        return output();
    }

    /// Null if there is no room now.
    @Nullable OutputBuffer pollOutput() {
        return kibibytes.tryAcquire(kib(OUTPUT_OCTETS)) ? output() : null;
    }

    private OutputBuffer output() {
        OutputBuffer kept = outputs.poll();
        return kept != null ? kept : new OutputBuffer();
    }

    void giveOutput(OutputBuffer output) {
        outputs.offer(output);
        give(OUTPUT_OCTETS);
    }

    /// One of them, with the window over what was sent last: responses are often as long as those
    /// before.
    static final class OutputBuffer {
        // Native, since the kernel is given the octets where they are.
        final Cstruct octets = Cstruct.allocate(OUTPUT_OCTETS, 8);
        private Cstruct window = octets;

        Cstruct first(int length) {
            if (window.length() != length) {
                window = octets.sub(0, length);
            }
            return window;
        }
    }

    private static int kib(int octets) {
        return (octets + KIB - 1) / KIB;
    }

    static final class NoMemoryException extends IOException {
        private static final long serialVersionUID = 1;

        NoMemoryException() {
            super("no buffer was free in time");
        }
    }
}
