// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Pings an image from a network namespace of its own, over a TAP interface.
@Tag("image")
class EchoImageTest {
    private static NetworkNamespace namespace;

    @TempDir private static Path folder;

    @BeforeAll
    static void makeTheSpace() throws IOException {
        Peers.require("ping", "socat");
        namespace = NetworkNamespace.create();
        namespace.ip("tuntap add tap0 mode tap");
        namespace.ip("address add 10.0.0.1/24 dev tap0");
        namespace.ip("link set tap0 up");
    }

    @AfterAll
    static void removeTheSpace() throws IOException {
        if (namespace != null) {
            namespace.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyPingIsAnswered() {
        return Tenders.HERE.stream()
                .map(tender -> DynamicTest.dynamicTest(tender.toString(), () -> ping(tender)));
    }

    private static void ping(Start.Tender tender) throws IOException {
        Process guest = begin(tender, "--command=echo");
        try {
            readUntil(guest.inputReader(StandardCharsets.UTF_8), "echo: 10.0.0.2");
            for (int size : List.of(56, 1400)) {
                Start pings =
                        run(
                                namespace.inside(
                                        "ping",
                                        "-q",
                                        "-i",
                                        "0.01",
                                        "-c",
                                        "100",
                                        "-W",
                                        "5",
                                        "-s",
                                        Integer.toString(size),
                                        "10.0.0.2"));
                assertThat(pings.output()).contains(" 0% packet loss");
            }
            // The kernel leaves the checksum to the interface, and QEMU to the guest, which gives
            // it back undone.
            String asks = "echo to and fro | socat -t 5 - UDP4:10.0.0.2:7";
            assertThat(run(namespace.inside("sh", "-c", asks)).output()).isEqualTo("to and fro\n");
        } finally {
            end(guest);
        }
    }

    /// The next one needs its interface.
    private static void end(Process guest) throws IOException {
        guest.destroy();
        try {
            guest.waitFor();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("waiting for the guest's end");
        }
    }

    /// As a terminal does it: to the command and all that it started, on one key.
    @TestFactory
    Stream<DynamicTest> interruptEndsTheCommandAndItsGuest() {
        return Tenders.HERE.stream()
                .filter(tender -> tender.name().startsWith("our"))
                .map(tender -> DynamicTest.dynamicTest(tender.toString(), () -> interrupt(tender)));
    }

    private static void interrupt(Start.Tender tender) throws Exception {
        Path disk = Files.write(folder.resolve("disk"), new byte[8192]);
        Process command =
                new ProcessBuilder(
                                Images.runCommand(
                                        namespace.inside("setsid", "env", "--default-signal=INT"),
                                        tender.target(),
                                        List.of("--net:service=tap0", "--block:storage=" + disk),
                                        List.of("--command=echo")))
                        .redirectErrorStream(true)
                        .start();
        try {
            readUntil(command.inputReader(StandardCharsets.UTF_8), "echo: 10.0.0.2");
            String group = "-" + command.pid();
            assertThat(run(List.of("kill", "-INT", "--", group)).status()).isZero();
            assertThat(command.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(command.exitValue()).isEqualTo(130);
            assertThat(run(List.of("kill", "-0", "--", group)).status())
                    .as("nothing is left of it")
                    .isNotZero();
        } finally {
            end(command);
        }
    }

    /// As long as the tenders share three minutes; an hour each in the full form.
    @TestFactory
    Stream<DynamicTest> memoryIsStableUnderFramesThreadsAndGarbage() {
        int seconds = Boolean.getBoolean("mirage.full") ? 3600 : 180 / Tenders.HERE.size();
        return Tenders.HERE.stream()
                .map(
                        tender ->
                                DynamicTest.dynamicTest(
                                        tender + " for " + seconds + " s",
                                        () -> soak(tender, seconds)));
    }

    private static void soak(Start.Tender tender, int seconds) throws Exception {
        Process guest = begin(tender, "--command=soak", "--count=" + seconds);
        Process pings = null;
        try {
            BufferedReader lines = guest.inputReader(StandardCharsets.UTF_8);
            readUntil(lines, "echo: 10.0.0.2");
            pings =
                    new ProcessBuilder(namespace.inside("ping", "-q", "-f", "10.0.0.2"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            System.out.println(tender + " " + readUntil(lines, "soak: after an eighth "));
            String end = readUntil(lines, "soak: at the end ");
            System.out.println(tender + " " + end);
            assertThat(end).doesNotContain(" 0 frames").doesNotContain(" 0 threads");
            readUntil(lines, "soak: memory is stable");
            assertThat(guest.waitFor()).isZero();
        } finally {
            end(guest);
            if (pings != null) {
                pings.destroy();
            }
        }
    }

    private static Process begin(Start.Tender tender, String... words) throws IOException {
        return tender.begin(
                namespace.inside(),
                with(List.of("--ipv4=10.0.0.2/24"), words),
                List.of(Devices.SERVICE),
                "--mem=64",
                "--net:service=tap0");
    }

    /// Reads lines until one begins so.
    private static String readUntil(BufferedReader lines, String beginning) throws IOException {
        var before = new StringBuilder();
        for (String line; (line = lines.readLine()) != null; before.append(line).append('\n')) {
            if (line.startsWith(beginning)) return line;
        }
        throw new AssertionError("no line '" + beginning + "...' in:\n" + before);
    }

    private static Start run(List<String> words) throws IOException {
        try {
            return Start.end(new ProcessBuilder(words).redirectErrorStream(true).start());
        } catch (IOException e) {
            return new Start(-1, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> with(List<String> prefix, String... words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(words));
        return all;
    }
}
