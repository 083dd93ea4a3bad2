// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// BIND reads the same zones: what it refuses we refuse, and what it makes of the others is what we
/// make of them.
@Timeout(60)
class NamedCompilezoneTest {
    private static final DnsName ORIGIN = DnsName.of("example.org.");
    private static final String APEX =
            "$TTL 1h\n@ SOA ns admin 1 7200 3600 1209600 300\n@ NS ns\nns A 192.0.2.1\n";

    /// Types, and texts of some, that are younger than the BIND of Debian, or that it has no form
    /// for.
    private static final Set<String> UNKNOWN_TO_BIND =
            Set.of(
                    "DSYNC",
                    "HHIT",
                    "BRID",
                    "RESINFO",
                    "WALLET",
                    "CLA",
                    "IPN",
                    "DELEG",
                    "DELEGPARAM",
                    "NULL",
                    "TKEY",
                    "TSIG");

    @TempDir Path folder;

    private record Compiled(int status, String output) {}

    private Compiled compile(String zone) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("zone"), zone, StandardCharsets.ISO_8859_1);
        Path out = folder.resolve("out");
        Files.deleteIfExists(out);
        Process process =
                new ProcessBuilder(
                                Peers.require("named-compilezone").toString(),
                                "-q",
                                "-i",
                                "none",
                                "-n",
                                "ignore",
                                "-k",
                                "ignore",
                                "-m",
                                "ignore",
                                "-r",
                                "ignore",
                                "-M",
                                "ignore",
                                "-S",
                                "ignore",
                                "-s",
                                "full",
                                "-o",
                                out.toString(),
                                "example.org.",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        process.getInputStream().readAllBytes();
        int status = process.waitFor();
        return new Compiled(status, Files.exists(out) ? Files.readString(out) : "");
    }

    private static ZonePrinter read(String zone) {
        var printer = new ZonePrinter();
        byte[] text = zone.getBytes(StandardCharsets.ISO_8859_1);
        new ZoneReader(NoFiles.INSTANCE, ZoneRules.STANDARD)
                .readText("zone", Cstruct.of(text), ORIGIN, printer);
        return printer;
    }

    private void checkSame(String zone) throws Exception {
        ZonePrinter ours = read(zone);
        assertThat(ours.faults()).isEmpty();
        Compiled theirs = compile(zone);
        assertThat(theirs.status).isZero();
        ZonePrinter again = read(theirs.output);
        assertThat(again.faults()).isEmpty();
        assertThat(again.records()).isEqualTo(ours.records());
    }

    @Test
    void everyTypeMeansTheSameInText() throws Exception {
        var zone = new StringBuilder(APEX);
        int owner = 0;
        for (RdataTest.Sample sample : RdataTest.samples()) {
            if (UNKNOWN_TO_BIND.contains(sample.type())) continue;
            if (isRefusedByBind(sample)) continue;
            zone.append("s%d %s %s\n".formatted(owner++, sample.type(), sample.text()));
        }
        checkSame(zone.toString());
    }

    @Test
    void everyTypeMeansTheSameInOctets() throws Exception {
        var zone = new StringBuilder(APEX);
        int owner = 0;
        for (RdataTest.Sample sample : RdataTest.samples()) {
            Rdata data = sample.data();
            if (RrType.isMeta(data.type()) || isRefusedByBind(sample)) continue;
            var octets = new TextOut();
            octets.hex(data.octets(), 0, data.lengthOctets());
            zone.append(
                    "s%d TYPE%d \\# %d %s\n"
                            .formatted(owner++, data.type(), data.lengthOctets(), octets));
        }
        checkSame(zone.toString());
    }

    /// It wants one SOA, targets that are not empty, keys in IPSECKEY and digests of the right
    /// length, no types of DNSSEC's past, and does not know the youngest parameters of services.
    private static boolean isRefusedByBind(RdataTest.Sample sample) {
        return Set.of("SOA", "MD", "MF", "NXT", "TA", "DLV", "SSHFP").contains(sample.type())
                || sample.text().contains("ohttp")
                || sample.text().equals("10 3 0 gw.example.org.")
                || sample.text().equals("10 1 \"\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1w2d3h4m5s IN A 192.0.2.1",
                "a IN 5 A 192.0.2.1",
                "\\097\\.b A 192.0.2.1",
                "a TXT ( \"one\" ; c\n \"two\" )",
                "a TXT one\\ word \"two\\\"\" \\065",
                "$ORIGIN sub\na A 192.0.2.1\n$ORIGIN x.example.org.\n@ A 192.0.2.2",
                "$GENERATE 1-20/3 h$ A 192.0.2.$",
                "$GENERATE 9-11 h${0,3} 60 CNAME ${1,0,d}.x",
                "$GENERATE 254-257 ${0,0,x}.${0,4,X} CNAME ${-1,4,o}.x",
                "$GENERATE 4660-4661 ${0,7,n} PTR h$",
                "$GENERATE 171-172 ${0,0,N} PTR h\\$$$",
                "$GENERATE 1024-1026 ${-2000,0,n}.${-2000,0,x} PTR h${-2000,0,o}",
                "a TYPE65280 \\# 3 ( 0a 0b0c )",
                "a CLASS1 TYPE1 \\# 4 C0000201",
                "*.w MX 10 mail",
                "a DS 1 RSASHA256 1 ( 0123456789012345678901234567890123456789 )",
                "a LOC 1 N 2 E 3m",
                "a RRSIG A 8 2 60 20300101000000 1700000000 1 example.org. AQI D BA =="
            })
    void goodLinesMeanTheSame(String line) throws Exception {
        checkSame(APEX + line + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a A 192.0.2.256",
                "a A 192.0.2",
                "a A 192.0.2.1 x",
                "a AAAA 1::2::3",
                "a MX 70000 b",
                "a MX 10",
                "a NOTYPE x",
                "a CH A 192.0.2.1",
                "a ANY \\# 0",
                "a TXT \"open",
                "a TXT ( open",
                "a TXT )",
                "a TXT \\300",
                "a..b A 192.0.2.1",
                "a 5x A 192.0.2.1",
                "a A \\# 3 010203",
                "a TYPE65280 \\# 2 01",
                "a DS 1 8 2 0g",
                "a CAA 256 issue x",
                "a NSEC3 1 0 1 0 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A",
                "a RRSIG A 8 2 60 20301301000000 1700000000 1 example.org. AQID",
                "a RRSIG A 8 2 60 1 2 3 example.org. AQ",
                "a SVCB 1 . port=65536",
                "a SVCB 1 . mandatory=alpn",
                "a SVCB 1 . alpn=h2 alpn=h3",
                "a LOC 91 N 2 E 3m",
                "$ORIGIN a..b",
                "$NOTHING",
                "$INCLUDE /no/such/file",
                "$GENERATE 3-1 h$ A 192.0.2.1",
                "$GENERATE 1-1 h$ TXT foo${2147483647}",
                "$GENERATE 1-3 h${0,1,z} A 192.0.2.1"
            })
    void badLinesAreRefusedByBoth(String line) throws Exception {
        assertThat(compile(APEX + line + "\n").status).isNotZero();
        assertThat(read(APEX + line + "\n").faults()).isNotEmpty();
    }
}
