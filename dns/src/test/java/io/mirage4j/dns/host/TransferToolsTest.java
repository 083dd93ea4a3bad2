// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static io.mirage4j.dns.host.OurServer.DIG_KEY;
import static io.mirage4j.dns.host.OurServer.dig;
import static io.mirage4j.dns.host.OurServer.nsupdate;
import static io.mirage4j.dns.host.OurServer.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.server.PeerZones;
import io.mirage4j.dns.zone.RandomZones;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What BIND's tools say of our transfers, updates and signatures.
@Timeout(120)
class TransferToolsTest {
    @TempDir Path folder;

    private OurServer ours;

    @BeforeEach
    void serve() throws IOException {
        ours = new OurServer();
        String zone =
                "$TTL 60\n@ SOA ns admin 1 2 3 4 5\n@ NS ns\nns A 127.0.0.1\nwww A 192.0.2.1\n";
        ours.store.primary(RandomZones.zoneOf(zone), settings(null));
    }

    @AfterEach
    void close() throws IOException {
        ours.close();
    }

    @ParameterizedTest
    @CsvSource({
        "prereq yxdomain www.example.test, ''",
        "prereq yxdomain none.example.test, NXDOMAIN",
        "prereq nxdomain www.example.test, YXDOMAIN",
        "prereq yxrrset www.example.test A, ''",
        "prereq yxrrset www.example.test TXT, NXRRSET",
        "prereq yxrrset www.example.test A 192.0.2.2, NXRRSET",
        "prereq nxrrset www.example.test A, YXRRSET",
        "update add www.example.org 60 A 192.0.2.1, NOTZONE",
    })
    void nsupdateIsTold(String line, String expected) throws Exception {
        String output = nsupdate(ours.port, line, "update add new.example.test 60 A 192.0.2.9");
        assertThat(output).contains(expected);
        assertThat(output.isEmpty()).as(output).isEqualTo(expected.isEmpty());
        assertThat(ours.serial()).isEqualTo(expected.isEmpty() ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "hmac-sha256:key.test:AAAA, BADSIG",
        "hmac-sha512:key.test:AAAA, BADKEY",
        "hmac-sha256:other.test:AAAA, BADKEY",
        "hmac-md5:key.test:AAAA, BADKEY",
    })
    void aBadKeyIsToldSo(String key, String error) throws Exception {
        assertThat(dig(ours.port, "-y", key, "example.test", "AXFR")).contains(error);
        assertThat(dig(ours.port, "-y", key, "example.test", "SOA")).contains("NOTAUTH");
    }

    @Test
    void whoHasNoKeyIsRefused() throws Exception {
        assertThat(dig(ours.port, "example.test", "AXFR")).contains("Transfer failed");
        String input = "server 127.0.0.1 " + ours.port + "\nzone example.test\n";
        String update = "update add x.example.test 60 A 192.0.2.1\nsend\n";
        assertThat(Tool.run("nsupdate", input + update)).contains("REFUSED");
    }

    @ParameterizedTest
    @CsvSource({"+notcp", "+tcp"})
    void aSignedQueryGetsASignedAnswer(String option) throws Exception {
        String output = dig(ours.port, "-y", DIG_KEY, option, "www.example.test");
        assertThat(output).contains("192.0.2.1").contains("TSIG").doesNotContain(";; Couldn't");
        assertThat(output).doesNotContain("verify failure").contains("NOERROR");
    }

    @ParameterizedTest
    @EnumSource
    void aZoneThatWasTransferredIsTheZone(PeerZones.Form form) throws Exception {
        Path file = PeerZones.make(folder, form);
        String text = Files.readString(file);
        ours.store.primary(RandomZones.zoneOf(text), settings(null));
        String transferred =
                dig(
                        ours.port,
                        "-y",
                        DIG_KEY,
                        "+onesoa",
                        "+noall",
                        "+answer",
                        "example.test",
                        "AXFR");
        Path copy = folder.resolve("copy");
        Files.writeString(
                copy,
                transferred
                        .lines()
                        .filter(line -> !line.contains("\tTSIG\t"))
                        .reduce("", (all, line) -> all + line + "\n"));
        assertThat(canonical(copy)).isEqualToIgnoringCase(canonical(file));
        if (form == PeerZones.Form.UNSIGNED) return;
        String verified = Tool.run("dnssec-verify", "", "-o", "example.test", copy);
        assertThat(verified).contains("Zone fully signed");
    }

    /// The zone as BIND writes it, which also says that it is one.
    private String canonical(Path zone) throws Exception {
        Path out = folder.resolve("canonical");
        String said =
                Tool.run(
                        "named-compilezone",
                        "",
                        "-i",
                        "none",
                        "-o",
                        out,
                        "-s",
                        "full",
                        "example.test",
                        zone);
        assertThat(said).endsWith("OK\n");
        return Files.readString(out);
    }

    @Test
    void bindTakesTheZoneThatUpdatesMade() throws Exception {
        nsupdate(ours.port, "update add a.b.example.test 60 MX 10 www.example.test");
        nsupdate(
                ours.port, "update delete www.example.test", "update add *.w.example.test 1 A ::1");
        Path copy = folder.resolve("copy");
        Files.writeString(
                copy,
                dig(
                                ours.port,
                                "+noall",
                                "+answer",
                                "+onesoa",
                                "-y",
                                DIG_KEY,
                                "example.test",
                                "AXFR")
                        .replaceAll(".*\tTSIG\t.*", ""));
        String said = Tool.run("named-checkzone", "", "-i", "none", "example.test", copy);
        assertThat(said).contains("loaded serial").endsWith("OK\n");
    }
}
