// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An example that runs in a space.
final class Running implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer all = new StringBuffer();

    private Running(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /// Starts one; it has printed a line with `ready` in it when this returns.
    static Running start(
            Space space,
            Place place,
            String example,
            List<String> wires,
            List<String> words,
            String ready)
            throws IOException {
        var running = new Running(space.begin(place.command(example, wires, words)));
        running.awaitLine(ready);
        return running;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = reader.readLine()) != null; lines.add(line)) {
                all.append(line).append('\n');
            }
        } catch (IOException e) {
            // It was stopped.
        }
    }

    /// The next line with `text` in it.
    String awaitLine(String text) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            while (System.nanoTime() < deadline) {
                String line = lines.poll(100, TimeUnit.MILLISECONDS);
                if (line != null && line.contains(text)) return line;
                if (line == null && !process.isAlive()) break;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new IOException("no line with '" + text + "' in:\n" + all);
    }

    String output() {
        return all.toString();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// As a loss of power does.
    void kill() {
        process.destroyForcibly();
        close();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
