// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Progress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// TAP interfaces that were made for a guest because they were not there, and go when it does.
public final class Interfaces implements AutoCloseable {
    private final List<String> made = new ArrayList<>();

    private Interfaces() {}

    /// Makes those of `wiring` that are missing, and brings them up.
    ///
    /// @param address of our own end, such as `10.0.0.1/24`; empty for none
    public static Interfaces of(Wiring wiring, String address, Progress progress) {
        var interfaces = new Interfaces();
        // Ctrl-C ends this program before whoever called it comes to close anything.
        Runtime.getRuntime().addShutdownHook(new Thread(interfaces::close));
        for (String tap : wiring.networks().values()) {
            if (tap.startsWith("@")
                    || tap.contains(":")
                    || Files.exists(Path.of("/sys/class/net", tap))) {
                continue;
            }
            progress.say("making the interface " + tap + ", which goes with the guest");
            ip("tuntap", "add", tap, "mode", "tap");
            interfaces.made.add(tap);
            if (!address.isEmpty()) {
                ip("address", "add", address, "dev", tap);
            }
            ip("link", "set", tap, "up");
        }
        return interfaces;
    }

    @Override
    public synchronized void close() {
        made.forEach(tap -> ip("link", "delete", tap));
        made.clear();
    }

    private static void ip(String... words) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (process.waitFor() != 0) {
                throw new AssemblyException(
                        String.join(" ", command)
                                + ": "
                                + said
                                + "; make the interface yourself, or be root");
            }
        } catch (IOException e) {
            throw new AssemblyException("can not run ip: apt-get install iproute2", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssemblyException("interrupted while an interface was made", e);
        }
    }
}
