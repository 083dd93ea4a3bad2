// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.run.Guest;
import io.mirage4j.assembly.run.QemuCommand;
import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.platform.unikernel.Device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One start of an image under a tender: what it printed and how it ended.
///
/// @param output of guest and tender
record Start(int status, String output) {
    private static final int SECONDS = 120;

    /// A way to run guests.
    ///
    /// @param name for the names of tests
    record Tender(String name, Target target, Function<Guest, List<String>> command) {
        Start run(List<String> words, List<Device> devices, String... wires) {
            try {
                Start start = end(begin(List.of(), words, devices, wires));
                return target == Target.VIRTIO
                        ? new Start(QemuCommand.guestStatus(start.status()), start.output())
                        : start;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Runs another image than that which was made.
        Start run(Path image, List<String> words, String... wires) {
            var guest =
                    new Guest(
                            Images.declaration(),
                            target,
                            image,
                            Wiring.take(new ArrayList<>(List.of(wires))),
                            words);
            try {
                return end(
                        new ProcessBuilder(command.apply(guest)).redirectErrorStream(true).start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Starts it, behind `prefix`.
        Process begin(
                List<String> prefix, List<String> words, List<Device> devices, String... wires)
                throws IOException {
            Device[] all = devices.toArray(Device[]::new);
            var guest =
                    new Guest(
                            Images.declaration(all),
                            target,
                            Images.with(target, all).file(),
                            Wiring.take(new ArrayList<>(List.of(wires))),
                            words);
            List<String> whole = new ArrayList<>(prefix);
            whole.addAll(command.apply(guest));
            return new ProcessBuilder(whole).redirectErrorStream(true).start();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Waits for its end.
    static Start end(Process process) throws IOException {
        return end(process, SECONDS);
    }

    static Start end(Process process, int seconds) throws IOException {
        process.getOutputStream().close();
        var output =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return new String(
                                        process.getInputStream().readAllBytes(),
                                        StandardCharsets.UTF_8);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Start(-1, "did not end in " + seconds + " s: " + output.join());
            }
            return new Start(process.exitValue(), output.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
