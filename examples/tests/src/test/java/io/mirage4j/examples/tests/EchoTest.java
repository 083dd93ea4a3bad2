// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Linux's ping and socat against the example on a stack of its own.
@Tag("image")
class EchoTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(names = {"HOST_TAP", "SPT", "HVT", "QEMU"})
    void pingsDatagramsAndStreamsComeBack(Place place) throws IOException {
        place.require();
        Peers.require("ping", "socat");
        byte[] octets = new byte[place.isSlow() ? 300_000 : 3_000_000];
        new Random(7).nextBytes(octets);
        Path sent = Files.write(folder.resolve("sent"), octets);
        Path back = folder.resolve("back");
        try (Space space = Space.open();
                Running echo =
                        Running.start(space, place, "echo", List.of(), List.of(), "UDP port 7")) {
            assertThat(space.run("ping", "-q", "-i", "0.01", "-c", "100", "10.0.0.2").output())
                    .contains(" 0% packet loss");
            assertThat(space.run("ping", "-q", "-s", "4000", "-c", "3", "10.0.0.2").output())
                    .contains(" 0% packet loss");
            String socat = "socat -t5 -T20 - UDP:10.0.0.2:7";
            assertThat(space.run("sh", "-c", "echo hello | timeout 2 " + socat).output())
                    .contains("hello");
            socat = "socat -t20 -T60 - TCP:10.0.0.2:7 < " + sent + " > " + back;
            assertThat(space.run("sh", "-c", socat).status()).isZero();
            assertThat(Files.mismatch(sent, back)).isEqualTo(-1);
            assertThat(echo.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST_TAP")
    void anAddressOfItsOwnMayBeOfEitherVersion(Place place) throws IOException {
        Peers.require("ping", "socat");
        try (Space space = Space.open()) {
            space.run("ip", "address", "add", "fd00::1/64", "dev", "tap0", "nodad");
            List<String> words = List.of("--ipv4=10.0.0.77/24", "--ipv6=fd00::77/64");
            try (Running _ = Running.start(space, place, "echo", List.of(), words, "UDP port 7")) {
                assertThat(space.run("ping", "-q", "-c", "2", "10.0.0.77").output())
                        .contains(" 0% packet loss");
                assertThat(space.run("ping", "-q", "-c", "5", "-i", "0.5", "fd00::77").output())
                        .contains("received");
                String socat = "echo hello | socat -t5 -T5 - TCP6:[fd00::77]:7";
                assertThat(space.run("sh", "-c", socat).output()).contains("hello");
            }
        }
    }
}
