// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.Kv;
import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Corpus.Case;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/// Zone files, and what must be read from each entry: a record to the octet, a fault, or a fault
/// that ends reading. The names of the faults are that scanner's own and are not compared.
class KnotZscannerCorpusTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @TestFactory
    Stream<DynamicTest> zscanner() {
        return Corpus.of("dns", "knot-zscanner").tests(KnotZscannerCorpusTest::casesIn);
    }

    private static Stream<Case> casesIn(Path directory) throws IOException {
        Kv files = FolderKv.of(directory, KnotZscannerCorpusTest::atTheRoot);
        return Corpus.files(directory, ".in").stream()
                .map(in -> in.getFileName().toString())
                .map(
                        name -> {
                            Path out = directory.resolve(name.replace(".in", ".out"));
                            return Case.run(name, () -> check(files, name, out));
                        });
    }

    /// The folder of the files is the root of what is read from.
    private static byte[] atTheRoot(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        return text.replace("@TMPDIR@", "").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void check(Kv files, String name, Path out) throws IOException {
        var events = new Events();
        var rules = ZoneRules.PORTABLE.withDefaultTtl(0);
        new ZoneReader(files, rules).read(name, DnsName.ROOT, events);
        String expected = Files.readString(out).replaceAll("(?m)^(WARNG|ERROR)=.*$", "$1");
        assertThat(events.text.toString().replaceAll("(?m)^((WARNG|ERROR)).*$", "$1"))
                .as(events.faults.toString())
                .isEqualTo(expected);
    }

    private static final class Events implements ZoneSink {
        final StringBuilder text = new StringBuilder();
        final StringBuilder faults = new StringBuilder();

        @Override
        public void record(DnsName owner, int rrClass, int ttl, Rdata data) {
            text.append("OWNER=").append(HEX.formatHex(owner.toByteArray()));
            text.append("\nCLASS=").append(HEX.toHexDigits((short) rrClass));
            text.append("\nRRTTL=").append(HEX.toHexDigits(ttl));
            text.append("\nRTYPE=").append(HEX.toHexDigits((short) data.type()));
            text.append("\nRDATA=").append(HEX.formatHex(data.toByteArray()));
            text.append("\n------\n");
        }

        @Override
        public void fault(ZoneFault fault) {
            faults.append(fault).append('\n');
            text.append(fault.fatal() ? "ERROR\n------\n" : "WARNG\n------\n");
        }
    }
}
