// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Does what the README shows: its commands, word for word but for the ports.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadmeTest {
    private static final int FIRST = 1;
    private static final int TWO_SERVERS = 2;
    private static final int REPORTS = 3;

    @TempDir Path folder;

    private final String port = freePort();
    private final String otherPort = freePort();
    private final String metricsPort = freePort();
    private Readme readme;

    ReadmeTest() throws IOException {}

    /// One that nobody has now, and that the kernel gives to nobody who connects.
    private static String freePort() throws IOException {
        var random = new Random();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            int port = random.nextInt(10_000, 30_000);
            try (var udp = new DatagramSocket(port, loopback);
                    var tcp = new ServerSocket(port, 1, loopback)) {
                if (udp.isBound() && tcp.isBound()) return Integer.toString(port);
            } catch (BindException e) {
                // Somebody has it.
            }
        }
    }

    @BeforeEach
    void writeTheZone() throws IOException {
        readme = Readme.read("5353", port, "5354", otherPort, "9153", metricsPort);
        Files.writeString(folder.resolve("example.org.zone"), readme.zoneFile());
    }

    private static String dig(List<String> words) throws Exception {
        List<String> all = new ArrayList<>(words);
        all.add("+short");
        return Program.run("dig", "", all).strip();
    }

    private void nsupdate(String input) throws Exception {
        List<String> words = readme.calls(TWO_SERVERS, "nsupdate").getFirst();
        assertThat(Program.run("nsupdate", input, words)).isEmpty();
    }

    private static void awaitAnswer(String port, String name, String answer) throws Exception {
        List<String> words = List.of("@127.0.0.1", "-p", port, name, "A");
        Program.await(() -> dig(words).equals(answer), () -> name + " at " + port);
    }

    @Test
    void aZoneFileIsServed() throws Exception {
        try (var server = Program.serving(folder, readme.servers(FIRST).getFirst())) {
            assertThat(dig(readme.calls(FIRST, "dig").getFirst())).isEqualTo("2001:db8::80");
            assertThat(server.output())
                    .contains("zone example.org. serial 1, 4 records", "127.0.0.1:" + port);
        }
    }

    @Test
    void updatesReachTheSecondaryAndSurviveTheDeathOfEither() throws Exception {
        List<String> primaryWords = readme.servers(TWO_SERVERS).getFirst();
        List<String> secondaryWords = readme.servers(TWO_SERVERS).getLast();
        Program primary = Program.serving(folder, primaryWords);
        Program secondary = Program.serving(folder, secondaryWords);
        try {
            awaitAnswer(otherPort, "ns.example.org", "192.0.2.1");
            nsupdate(readme.input(TWO_SERVERS));
            List<String> question = readme.calls(TWO_SERVERS, "dig").getFirst();
            Program.await(() -> dig(question).equals("192.0.2.9"), secondary::output);

            secondary.kill();
            nsupdate(readme.input(TWO_SERVERS).replace("new.", "newer."));
            secondary = Program.serving(folder, secondaryWords);
            awaitAnswer(otherPort, "newer.example.org", "192.0.2.9");

            primary.kill();
            assertThat(dig(question)).isEqualTo("192.0.2.9");
            primary = Program.serving(folder, primaryWords);
            assertThat(primary.output()).contains("the journal has serial 3", "serial 3, 6 rec");
            awaitAnswer(port, "newer.example.org", "192.0.2.9");

            // A secondary that starts without its primary has what it had.
            primary.kill();
            secondary.kill();
            secondary = Program.serving(folder, secondaryWords);
            awaitAnswer(otherPort, "newer.example.org", "192.0.2.9");
        } finally {
            primary.close();
            secondary.close();
        }
    }

    @Test
    void anUpdatedZoneIsWrittenToItsFile() throws Exception {
        List<String> words = new ArrayList<>(readme.servers(TWO_SERVERS).getFirst());
        words.addAll(List.of("--save", "example.org=example.org.zone"));
        Path file = folder.resolve("example.org.zone");
        String before = Files.readString(file);
        try (var server = Program.serving(folder, words)) {
            assertThat(Files.readString(file)).as(server.output()).isEqualTo(before);
            nsupdate(readme.input(TWO_SERVERS));
        }
        assertThat(Files.readString(file))
                .contains("new.example.org.\t60\tIN\tA\t192.0.2.9\n", "\tSOA\tns.example.org. ");
        try (var server = Program.serving(folder, words)) {
            assertThat(server.output()).contains("zone example.org. serial 2, 5 records");
        }
    }

    @Test
    void aJournalIsForOneServer() throws Exception {
        List<String> words = readme.servers(TWO_SERVERS).getFirst();
        List<String> elsewhere = words.stream().map(word -> word.replace(port, otherPort)).toList();
        try (var first = Program.serving(folder, words)) {
            Program second = Program.ours(folder, elsewhere);
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.output())
                    .contains("primary/example.org..journal is in use: somebody else has locked");
            first.kill();
        }
        Program.serving(folder, elsewhere).close();
    }

    @Test
    void aDiskOfJournalsIsForOneServer() throws Exception {
        Path disk = folder.resolve("journal.disk");
        Files.write(disk, new byte[1 << 20]);
        List<String> words = readme.servers(FIRST).getFirst();
        List<String> block = List.of("--block:journal=" + disk);
        try (var first = Program.serving(folder, block, words)) {
            Program second = Program.ours(folder, block, words);
            assertThat(second.awaitEnd()).as(first.output()).isEqualTo(1);
            assertThat(second.output())
                    .contains("journal.disk is in use: somebody else has locked");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--zone, example.org=other.zone, zone example.org. is there twice",
        "--save, example.net=x, --save: no zone example.net.",
        "--allow-update, example.ogr=any, --allow-update: no zone example.ogr.",
        "--allow-transfer, key:k, --allow-transfer: no --key k.",
        "--notify, example.org=192.0.2.1:53+key:k, no --key k.",
    })
    void whatIsMisspeltIsTold(String argument, String value, String complaint) throws Exception {
        List<String> words = new ArrayList<>(readme.servers(FIRST).getFirst());
        words.addAll(List.of(argument, value));
        Program server = Program.ours(folder, words);
        assertThat(server.awaitEnd()).isEqualTo(2);
        assertThat(server.output()).contains("dns-server: " + complaint);
    }

    @Test
    void aServerAtTwoAddressesTellsOfItsWork() throws Exception {
        List<String> words = readme.servers(REPORTS).getFirst();
        try (var server = Program.serving(folder, words)) {
            assertThat(dig(readme.calls(REPORTS, "dig").getFirst())).isEqualTo("2001:db8::80");
            awaitAnswer(port, "ns.example.org", "192.0.2.1");
            server.awaitText("127.0.0.1 udp www.example.org. AAAA NOERROR ");
            List<String> curl = new ArrayList<>(readme.calls(REPORTS, "curl").getFirst());
            curl.addFirst("-s");
            assertThat(Program.run("curl", "", curl))
                    .contains("\ndns_answers_total{rcode=\"NOERROR\"} ")
                    .contains("\ndns_questions_total{type=\"AAAA\"} 1\n");
        }
        String tap = folder.resolve("queries.tap").toString();
        String yaml = Program.run("dnstap-ldns", "", List.of("-y", "-r", tap));
        assertThat(yaml)
                .contains("type: AUTH_RESPONSE", "response_address: \"127.0.0.2\"")
                .contains("www.example.org.");
    }
}
