// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.unikernel;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A command line that is run from the project's root.
public record Command(List<String> words) {
    private static final int STARTS = 15;

    public Command {
        words = List.copyOf(words);
    }

    /// How it ended.
    ///
    /// @param output both streams
    public record Ended(int status, String output) {}

    public Ended run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /// The same in a network namespace of its own, where our end of `tap0` is 10.0.0.1.
    public Command besideATap() {
        var all =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "-n",
                                "sh",
                                "-c",
                                "ip tuntap add tap0 mode tap"
                                        + " && ip address add 10.0.0.1/24 dev tap0"
                                        + " && ip link set tap0 up && exec \"$@\"",
                                "sh"));
        all.addAll(words);
        return new Command(all);
    }

    /// Its output; it has to succeed.
    public String output() throws IOException, InterruptedException {
        Ended ended = run();
        if (ended.status() != 0) {
            throw new IOException(
                    String.join(" ", words)
                            + " ended with "
                            + ended.status()
                            + ": "
                            + ended.output());
        }
        return ended.output();
    }

    /// Milliseconds from exec to its first output: the median of some starts, by a clock in C.
    public double millisToOutput() throws Exception {
        byte[] all = (String.join("\0", words) + "\0").getBytes(StandardCharsets.UTF_8);
        MemorySegment text = Arena.ofAuto().allocate(all.length);
        text.copyFrom(MemorySegment.ofArray(all));
        var first = CLibrary.of("first_output.c").body("first_output", text, (long) words.size());
        double[] millis = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            millis[i] = nanos(first) / 1e6;
        }
        Arrays.sort(millis);
        return millis[STARTS / 2];
    }

    private long nanos(Body first) throws IOException {
        long nanos;
        try {
            nanos = first.run(1);
        } catch (Throwable e) {
            throw new AssertionError("C threw", e);
        }
        if (nanos < 0) throw new IOException(String.join(" ", words) + " says nothing");
        return nanos;
    }
}
