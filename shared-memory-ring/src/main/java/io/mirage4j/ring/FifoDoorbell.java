// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A doorbell between processes: a named pipe (FIFO), of which a ring writes one octet and a wait
/// reads all there are. It has a descriptor on both sides, so that a C program can `poll` it.
///
/// A bell that rings still is not rung again: a peer that never listens can not fill the pipe and
/// stop who rings. Who finds an octet there may leave, since whoever reads it does so later, and
/// looks at the ring after that.
///
/// Waiting blocks the thread in the system: a virtual thread holds its carrier meanwhile.
public final class FifoDoorbell implements Doorbell, AutoCloseable {
    /// Rings that one wait takes; more only make the next wait short.
    private static final int RINGS = 64;

    // One channel for each direction: a channel lets no write in while a read waits.
    private final FileChannel ringing;
    private final FileInputStream waiting;
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private final ByteBuffer many = ByteBuffer.allocateDirect(RINGS);

    private FifoDoorbell(FileChannel ringing, FileInputStream waiting) {
        this.ringing = ringing;
        this.waiting = waiting;
    }

    /// Makes the named pipe, by the program `mkfifo`, and opens it.
    public static FifoDoorbell create(Path path) throws IOException {
        Process mkfifo =
                new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                        .redirectErrorStream(true)
                        .start();
        String complaint =
                new String(mkfifo.getInputStream().readAllBytes(), Charset.defaultCharset());
        try {
            if (mkfifo.waitFor() != 0) {
                throw new IOException("named pipe " + path + ": " + complaint.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("named pipe " + path + ": interrupted", e);
        }
        return open(path);
    }

    /// Opens a named pipe that the other process made.
    public static FifoDoorbell open(Path path) throws IOException {
        // For reading and writing, though it only writes: then neither this nor the other end, nor
        // a read, waits for the other process to be there.
        FileChannel ringing =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new FifoDoorbell(ringing, new FileInputStream(path.toFile()));
        } catch (IOException e) {
            ringing.close();
            throw e;
        }
    }

    @Override
    public void ring() throws IOException {
        synchronized (one) {
            if (waiting.available() == 0) {
                one.clear();
                ringing.write(one);
            }
        }
    }

    /// As [Doorbell#await]; an interrupt closes the doorbell.
    @Override
    public void await() throws IOException {
        synchronized (many) {
            many.clear();
            if (waiting.getChannel().read(many) < 0) {
                throw new IOException("the named pipe of a doorbell has ended");
            }
        }
    }

    /// As [Doorbell#await(Duration)]. A read of a pipe knows no time limit, so a timer rings our
    /// own bell when the limit is over.
    @Override
    public boolean await(Duration limit) throws IOException {
        long nanos = limit.toNanos();
        long start = System.nanoTime();
        Future<?> over =
                ForkJoinPool.commonPool()
                        .schedule(this::ringForOurselves, nanos, TimeUnit.NANOSECONDS);
        try {
            await();
        } finally {
            over.cancel(false);
        }
        return System.nanoTime() - start < nanos;
    }

    private void ringForOurselves() {
        try {
            ring();
        } catch (IOException e) {
            // The bell was closed, and with it the wait.
        }
    }

    @Override
    public void close() throws IOException {
        try (ringing) {
            waiting.close();
        }
    }
}
