// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.run.Guest;
import io.mirage4j.assembly.run.QemuCommand;
import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.assembly.run.XenDomain;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The commands under a real Xen, in the bench of `xen-lab`: one start of it, one domain a command.
@Tag("image")
class XenImageTest {
    private static final Path LAB =
            Path.of(System.getProperty("mirage.root", "../.."), "xen-lab").toAbsolutePath();

    /// How `xl` tells the end of a domain.
    private static final String ENDED = "has shut down, reason code 0 ";

    private static final String CRASHED = "has shut down, reason code 3 ";

    private static final Map<String, List<String>> OUTPUT =
            Map.of(
                    "times", List.of("times: slept ", ENDED),
                    "churn", List.of("churn: 256 MB made", ENDED),
                    "sleepers", List.of("sleepers: 10000 of 10000 woke", ENDED),
                    "turns", List.of("turns: 4 of 4 had theirs", ENDED),
                    "out-of-memory", List.of("out of memory: caught", ENDED),
                    "exit", List.of(CRASHED),
                    "null-pointer", List.of("java.lang.NullPointerException", CRASHED),
                    "stack-overflow", List.of("java.lang.StackOverflowError", CRASHED),
                    "block", List.of("storage is not attached, or this board can not", CRASHED));

    /// Creates each domain, waits for its end, and tells what it and `xl` said.
    private static final String JOB =
            """
            #!/bin/busybox sh
            for command in %s; do
                echo "begin $command"
                xl create -q $command.xl || exit 1
                seconds=0
                while xl domid devices >/dev/null 2>&1 && [ $seconds -lt 60 ]; do
                    busybox sleep 1
                    seconds=$((seconds + 1))
                done
                xl destroy devices 2>/dev/null
                cd /var/log/xen
                busybox cat console/guest-devices.log xl-devices.log
                busybox rm -f console/guest-devices.log xl-devices.log*
                cd /lab
            done
            """;

    /// For the bench to be made, which fetches Xen, or to run.
    private static final int SECONDS = 600;

    @TempDir Path folder;

    @BeforeAll
    static void makeTheLab() throws IOException {
        Peers.requireRoot();
        Peers.require(QemuCommand.PROGRAM, "mmdebstrap", "cpio", "xz");
        Start made = run(LAB.resolve("build").toString());
        if (made.status() != 0) {
            throw Peers.missing("the bench of Xen can not be made: " + made.output());
        }
    }

    @Test
    void everyCommandGoesAsItShould() throws IOException {
        Path image = Images.with(Target.XEN, Devices.STORAGE).file();
        Files.copy(image, folder.resolve("devices.xen"));
        for (String command : OUTPUT.keySet()) {
            var guest =
                    new Guest(
                            Images.declaration(),
                            Target.XEN,
                            Path.of("/lab/devices.xen"),
                            Wiring.take(new ArrayList<>(List.of("--mem=64"))),
                            List.of("--command=" + command, "--status=42"));
            Files.writeString(folder.resolve(command + ".xl"), XenDomain.file(guest));
        }
        Files.writeString(folder.resolve("run"), JOB.formatted(String.join(" ", OUTPUT.keySet())));
        Start start = run(LAB.resolve("run").toString(), folder.toString(), "400");
        assertThat(start.status()).as(start.output()).isZero();
        OUTPUT.forEach(
                (command, lines) ->
                        assertThat(said(start.output(), command)).as(command).contains(lines));
    }

    /// What one domain said.
    private static String said(String output, String command) {
        int begin = output.indexOf("begin " + command + "\n");
        assertThat(begin).as(command).isNotNegative();
        int end = output.indexOf("\nbegin ", begin);
        return end < 0 ? output.substring(begin) : output.substring(begin, end);
    }

    private static Start run(String... words) throws IOException {
        return Start.end(new ProcessBuilder(words).redirectErrorStream(true).start(), SECONDS);
    }
}
