// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command, in a JVM of its own.
@Timeout(120)
class MainTest {
    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"hvt", "spt"})
    void runsAnImageAndExitsAsItDoes(String target) throws Exception {
        String image = image(target, Guests.Devices.NONE);
        assertThat(run(target, "--mem=16", image, "hello", "--you"))
                .isEqualTo(new Guests.Ended(0, "hello, --you\n", ""));
        assertThat(run(target, "--mem=16", "--", image, "exit", "42").status()).isEqualTo(42);
        assertThat(run(target, "--mem=16", "--dry-run", image, "exit", "42").status()).isZero();
    }

    @Test
    void aFaultIsTold() throws Exception {
        String image = image("hvt", Guests.Devices.NONE);
        assertThat(run("hvt", "--mem=16", image, "null"))
                .satisfies(
                        ended -> {
                            assertThat(ended.status()).isEqualTo(1);
                            assertThat(ended.errors())
                                    .startsWith("solo5-tender: the guest faulted without a handler")
                                    .hasLineCount(1);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"hvt", "spt"})
    void anInterruptStopsIt(String target) throws Exception {
        String image = image(target, Guests.Devices.NONE);
        // Whoever runs the tests in the background has interrupts ignored, and so have its
        // children.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(Guests.tender(target, "--mem=16", image, "spin"));
        Process process = new ProcessBuilder(command).start();
        try (var output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("spinning");
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void isAlsoAMethod() throws Exception {
        assertThat(Main.run("spt", "--mem=16", image("spt", Guests.Devices.NONE), "exit", "7"))
                .isEqualTo(7);
        assertThat(Main.run("hvt", "--mem=16", image("hvt", Guests.Devices.NONE), "exit", "8"))
                .isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xen image|tender 'xen' is unknown; give hvt or spt",
                "hvt|no image; give its file behind the options",
                "hvt --|no image; give its file behind the options",
                "hvt /none/image|/none/image: no such file",
                "hvt --mem=0 image|has no number above 0",
                "hvt --mem=16x image|has no number above 0",
                "hvt --mem= image|has no number above 0",
                "hvt --mem=99999999999 image|has no number above 0",
                "hvt --bogus image|option '--bogus' is unknown",
                "hvt --bogus=1:2 image|option '--bogus=1:2' is unknown",
                "hvt --net image|is malformed; write it --option:NAME=VALUE",
                "hvt --net: image|is malformed",
                "hvt --net:a image|is malformed",
                "hvt --net:=tap0 image|is malformed",
                "hvt --net:a_b=tap0 image|is malformed",
                "hvt --net=a:tap0 image|is malformed",
                "hvt --net:a=tap0 --net:a=tap1 image|is the second for 'a'",
                "hvt --net-mac:a=02:00 image|write an address as 02:00:00:00:00:01",
                "hvt --block:a= image|is malformed",
                "hvt --block-sector-size:a=x image|has no number above 0",
            })
    void badOptionsAreRefusedInALine(String words, String reason) throws Exception {
        Guests.Ended ended = run(words.split(" "));
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).startsWith("solo5-tender: ").contains(reason).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "hvt --help", "spt --help"})
    void helpNamesTheOptions(String words) throws Exception {
        Guests.Ended ended = run(words.split(" "));
        assertThat(ended.status()).isZero();
        assertThat(ended.output())
                .contains("--mem", "--net:NAME", "--net-mac:", "--block:", "--block-sector-size:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hvt", "spt"})
    void tellsTheVersionOfItsInterface(String target) throws Exception {
        assertThat(run(target, "--version").output())
                .isEqualTo("solo5-tender " + target + ", ABI version 2\n");
    }

    @ParameterizedTest
    @CsvSource({"hvt,echo", "hvt,ring-echo", "spt,echo"})
    void framesGoToAnInterfaceAndBack(String target, String command) throws Exception {
        List<String> words = inNamespace(2000, 1500);
        words.addAll(
                Guests.tender(
                        target,
                        "--mem=16",
                        "--net:service0=tap0",
                        image(target, Guests.Devices.NETWORK),
                        command));
        Guests.Ended ended = Guests.run(words);
        assertThat(ended.errors()).contains("peer: all came back");
        assertThat(ended).isEqualTo(new Guests.Ended(0, "ready\n", ended.errors()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hvt", "spt"})
    void theMtuIsThatOfTheInterface(String target) throws Exception {
        List<String> words = inNamespace(0, 9000);
        words.addAll(
                Guests.tender(
                        target,
                        "--mem=16",
                        "--net:service0=tap0",
                        "--net-mac:service0=02:11:22:33:44:55",
                        image(target, Guests.Devices.NETWORK),
                        "boot"));
        assertThat(Guests.run(words).output())
                .contains("mtu 9000\nmac 2\nmac 17\nmac 34\nmac 51\nmac 68\nmac 85\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tap1|interface tap1 (create it: ip tuntap add dev tap1 mode tap): no such device",
                "lo|lo",
                "interfacename16x|a name has 1 to 15 octets",
                "@x|descriptor '@x': write @ and a number",
                "@999|descriptor @999: bad file descriptor",
            })
    void interfacesThatCanNotBeAttachedAreRefusedInALine(String tap, String reason)
            throws Exception {
        for (String target : List.of("hvt", "spt")) {
            List<String> words = inNamespace(0, 1500);
            words.addAll(
                    Guests.tender(
                            target,
                            "--net:service0=" + tap,
                            image(target, Guests.Devices.NETWORK),
                            "boot"));
            Guests.Ended ended = Guests.run(words);
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.errors().lines().filter(line -> line.startsWith("solo5-tender: ")))
                    .singleElement()
                    .asString()
                    .containsIgnoringCase(reason);
        }
    }

    /// The beginning of a command in a network namespace of its own.
    private static List<String> inNamespace(int frames, int mtu) throws Exception {
        Peers.requireNamespaces();
        Peers.require("unshare");
        return Guests.inNamespace(frames, mtu);
    }

    private static String image(String target, Guests.Devices devices) throws Exception {
        return (target.equals("hvt") ? Guests.hvt(devices) : Guests.spt(devices)).toString();
    }

    private static Guests.Ended run(String... words) throws Exception {
        return Guests.run(Guests.tender(words));
    }
}
