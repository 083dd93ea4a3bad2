// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A doorbell between processes: a named pipe (FIFO), of which a ring writes one octet and a wait
/// reads all there are. It has a descriptor on both sides, so that a C program can `poll` it.
///
/// Waiting blocks the thread in the system: a virtual thread holds its carrier meanwhile.
public final class FifoDoorbell implements Doorbell, AutoCloseable {
    /// Rings that one wait takes; more only make the next wait short.
    private static final int RINGS = 64;

    private final FileChannel fifo;
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private final ByteBuffer many = ByteBuffer.allocateDirect(RINGS);

    private FifoDoorbell(FileChannel fifo) {
        this.fifo = fifo;
    }

    /// Makes the named pipe, by the program `mkfifo`, and opens it.
    public static FifoDoorbell create(Path path) throws IOException {
        Process mkfifo =
                new ProcessBuilder("mkfifo", "-m", "600", path.toString()).inheritIO().start();
        try {
            int status = mkfifo.waitFor();
            if (status != 0) {
                throw new IOException("mkfifo " + path + ": exit status " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("mkfifo " + path + ": interrupted", e);
        }
        return open(path);
    }

    /// Opens a named pipe that the other process made.
    public static FifoDoorbell open(Path path) throws IOException {
        // For reading and writing, whichever is wanted: then neither open nor read waits for the
        // other side to be there.
        return new FifoDoorbell(
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void ring() throws IOException {
        one.clear();
        fifo.write(one);
    }

    @Override
    public void await() throws IOException {
        many.clear();
        if (fifo.read(many) < 0) {
            throw new IOException("the named pipe of a doorbell has ended");
        }
    }

    @Override
    public void close() throws IOException {
        fifo.close();
    }
}
