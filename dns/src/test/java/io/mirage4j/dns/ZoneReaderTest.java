// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.memory.MemoryKv;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

class ZoneReaderTest {
    private final MemoryKv files = new MemoryKv();
    private final ZonePrinter zone = new ZonePrinter();

    private List<String> read(String text) {
        return read(text, ZoneRules.STANDARD);
    }

    private List<String> read(String text, ZoneRules rules) {
        files.put("zones/main", text);
        try {
            new ZoneReader(files, rules).read("zones/main", DnsName.of("example.org."), zone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zone.records().stream().map(record -> record.toString().replace('\t', ' ')).toList();
    }

    private List<String> faults() {
        return zone.faults().stream().map(ZoneFault::toString).toList();
    }

    @Test
    void theExampleOfRfc1035IsRead() {
        files.put(
                "zones/mailboxes",
                """
                     MOE     MB      A.ISI.EDU.
                     LARRY   MB      A.ISI.EDU.
                     STOOGES MG      MOE
                             MG      LARRY
                """
                        .replaceAll("(?m)^ {5}", ""));
        read(
                """
                $TTL 1d
                $ORIGIN ISI.EDU.
                @   IN  SOA     VENERA      Action\\.domains (
                                                 20     ; SERIAL
                                                 7200   ; REFRESH
                                                 600    ; RETRY
                                                 3600000; EXPIRE
                                                 60)    ; MINIMUM

                        NS      A.ISI.EDU.
                        MX      10      VENERA
                A       A       26.3.0.103
                VENERA  A       10.1.0.52
                $INCLUDE mailboxes
                """);
        assertThat(faults()).isEmpty();
        assertThat(zone.records())
                .hasSize(9)
                .first()
                .hasToString(
                        "ISI.EDU.\t86400\tIN\tSOA\tVENERA.ISI.EDU. Action\\.domains.ISI.EDU. 20"
                                + " 7200 600 3600000 60");
        assertThat(zone.records().stream().filter(record -> record.type() == RrType.MG))
                .hasSize(2)
                .allMatch(record -> record.name().equals(DnsName.of("stooges.isi.edu.")));
    }

    @Test
    void allFaultsAreToldWithLineAndColumn() {
        assertThat(
                        read(
                                """
                                @ 300 A 192.0.2.1
                                a A 192.0.2.256
                                b WRONG x
                                c TXT ( "one"
                                   "two )
                                d MX 10
                                e A 192.0.2.2 ; fine
                                """))
                .containsExactly(
                        "example.org. 300 IN A 192.0.2.1", "e.example.org. 300 IN A 192.0.2.2");
        assertThat(faults())
                .containsExactly(
                        "zones/main:2:5: not an IPv4 address",
                        "zones/main:3:3: unknown type WRONG",
                        "zones/main:5:4: a quoted text is not closed",
                        "zones/main:6:8: a name is missing");
    }

    @Test
    void aDirectiveThatGoesWrongEndsReading() {
        assertThat(read("a 1 A 192.0.2.1\n$ORIGIN a..b\nb 1 A 192.0.2.2\n")).hasSize(1);
        assertThat(zone.faults())
                .containsExactly(new ZoneFault("zones/main", 2, 11, "empty label", true));
    }

    @Test
    void ttlComesFromTheRecordTheDirectiveOrWhatWasSaidLast() {
        assertThat(
                        read(
                                "a 1h IN A 192.0.2.1\nb A 192.0.2.2\n$TTL 5\nc A 192.0.2.3\nd IN 7 A 192.0.2.4\n"))
                .containsExactly(
                        "a.example.org. 3600 IN A 192.0.2.1",
                        "b.example.org. 3600 IN A 192.0.2.2",
                        "c.example.org. 5 IN A 192.0.2.3",
                        "d.example.org. 7 IN A 192.0.2.4");
    }

    @Test
    void theDateOfADumpIsReadAndMeansNothing() {
        assertThat(read("$DATE 20261121170000\na 1 A 192.0.2.1\n")).hasSize(1);
        assertThat(zone.faults()).isEmpty();
        read("$DATE yesterday\n");
        assertThat(zone.faults()).hasSize(1);
    }

    @Test
    void theFirstRecordNeedsATtlUnlessItIsSoa() {
        assertThat(read("a A 192.0.2.1\n@ SOA a b 1 2 3 4 55\na A 192.0.2.1\n")).hasSize(2);
        assertThat(faults()).containsExactly("zones/main:1:3: no TTL, and none to take over");
        assertThat(zone.records().getFirst().ttl()).isEqualTo(55);
    }

    @Test
    void anotherClassIsAFaultAndGenericOnesAreRead() {
        read("a 1 CH A 192.0.2.1\nb 1 CLASS1 TYPE1 \\# 4 C0000201\nc 1 CLASS3 TYPE1 \\# 0\n");
        assertThat(zone.records())
                .hasSize(1)
                .first()
                .hasToString("b.example.org.\t1\tIN\tA\t192.0.2.1");
        assertThat(faults())
                .containsExactly(
                        "zones/main:1:5: CH in a zone of class IN",
                        "zones/main:3:5: CLASS3 in a zone of class IN");
    }

    @Test
    void questionsAndOptAreNoTypesOfZones() {
        read("a 1 ANY \\# 0\nb 1 OPT \\# 0\nc 1 TSIG \\# 0\n");
        assertThat(zone.faults()).hasSize(3).noneMatch(ZoneFault::fatal);
    }

    @Test
    void includedFilesHaveTheirOwnOriginAndFolder() {
        files.put("zones/sub/one", "$TTL 9\nx A 192.0.2.1\n$ORIGIN other.\n$INCLUDE two\n");
        files.put("zones/sub/two", "y A 192.0.2.2\n");
        assertThat(
                        read(
                                "a 1 A 192.0.2.3\n$INCLUDE sub/one sub\n\tA 192.0.2.4\n"
                                        + "$INCLUDE ./sub/../sub/two\n"))
                .containsExactlyInAnyOrder(
                        "a.example.org. 1 IN A 192.0.2.3",
                        "a.example.org. 1 IN A 192.0.2.4",
                        "y.example.org. 1 IN A 192.0.2.2",
                        "x.sub.example.org. 9 IN A 192.0.2.1",
                        "y.other. 9 IN A 192.0.2.2");
    }

    @Test
    void aFaultInAnIncludedFileIsToldThere() {
        files.put("zones/bad", "\n\nx A 1\n$TTL x\n");
        read("$TTL 1\n$INCLUDE bad\n");
        assertThat(faults())
                .containsExactly(
                        "zones/bad:3:5: not an IPv4 address",
                        "zones/bad:4:6: not a time: x",
                        "zones/main:2:1: zones/bad was not read to its end");
    }

    @Test
    void includesOutOfTheTreeAreNotThere() {
        read("$INCLUDE ../../etc/passwd\n");
        assertThat(faults()).containsExactly("zones/main:1:1: no file ");
    }

    @Test
    void generateMakesARecordForEachNumber() {
        assertThat(
                        read(
                                """
                                $TTL 1
                                $GENERATE 1-5/2 h$ A 192.0.2.$
                                $GENERATE 10-10 a${-5,3} TXT "${0,4,x} ${0,2,o} $$ \\$ ${0,0,X}"
                                $GENERATE 10-10 ${0,4,d} 7 IN CNAME ${0,0,n}.x
                                $GENERATE 291-291 ${0,7,n} PTR ${0,1,N}.
                                """))
                .containsExactlyInAnyOrder(
                        "0010.example.org. 7 IN CNAME a.x.example.org.",
                        "a005.example.org. 1 IN TXT \"000a\" \"12\" \"$\" \"$\" \"A\"",
                        "3.2.1.0.example.org. 1 IN PTR 3.2.1.",
                        "h1.example.org. 1 IN A 192.0.2.1",
                        "h3.example.org. 1 IN A 192.0.2.3",
                        "h5.example.org. 1 IN A 192.0.2.5");
        assertThat(faults()).isEmpty();
    }

    @Test
    void generateTakesTheQuotesInAQuotedWord() {
        assertThat(read("$GENERATE 1-1 a$ 1 TXT \"\\\"b $\\\" c\"\n$GENERATE 1-1 b$ 1 TXT \\\"$\n"))
                .containsExactly(
                        "a1.example.org. 1 IN TXT \"b 1\" \"c\"",
                        "b1.example.org. 1 IN TXT \"\\\"1\"");
        assertThat(faults()).isEmpty();
    }

    @Test
    void aDefaultTtlIsAsIfTheFileSaidIt() {
        assertThat(read("a 7 A 192.0.2.1\nb A 192.0.2.2\n", ZoneRules.STANDARD.withDefaultTtl(0)))
                .containsExactly(
                        "a.example.org. 7 IN A 192.0.2.1", "b.example.org. 0 IN A 192.0.2.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\" A 192.0.2.1",
                "a NS \"b\"",
                "a L64 1 0:0:0:0",
                "a IPSECKEY 1 0 0 . AA==",
                "$ORIGIN @",
            })
    void whatOneServerRefusesIsNotPortable(String line) {
        List<String> read = read("$TTL 1\n" + line + "\n", ZoneRules.STANDARD);
        assertThat(faults()).isEmpty();
        assertThat(read("$TTL 1\n" + line + "\n", ZoneRules.PORTABLE)).isEqualTo(read);
        assertThat(faults()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A 192.0.02.1", "A 010.0.0.1", "IPSECKEY 1 0 RSASHA256 . AA=="})
    void whatEveryServerRefusesIsAFault(String data) {
        assertThat(read("a 1 " + data + "\n")).isEmpty();
        assertThat(faults()).hasSize(1);
    }

    @Test
    void generateIsBoundedAndItsFaultsAreToldAtTheDirective() {
        read("$TTL 1\n$GENERATE 0-2147483647 h$ A 192.0.2.1\n$GENERATE 254-257 h$ A 192.0.2.$\n");
        assertThat(faults())
                .containsExactly(
                        "zones/main:2:11: more than 10000000 records are generated",
                        "zones/main:3:1: not an IPv4 address in generated h256 A 192.0.2.256");
        assertThat(zone.records()).hasSize(2);
    }

    @Test
    void quotesInsideOfAWordAreOrdinary() {
        assertThat(read("a 1 TXT x\"y\"z \"p;(q\" \\\"\n"))
                .containsExactly("a.example.org. 1 IN TXT \"x\\\"y\\\"z\" \"p;(q\" \"\\\"\"");
    }

    @Test
    void portableFilesAreWithoutWhatSomeServersRefuse() {
        String text = "$TTL 1\na CLASS1 A 192.0.2.1\nb DS 1 8 2 ab c d\n((@)) A 192.0.2.1\n";
        assertThat(read(text, ZoneRules.PORTABLE)).isEmpty();
        assertThat(zone.faults()).hasSize(3).last().matches(ZoneFault::fatal);
    }

    @Test
    void anEntryLongerThanAPieceOfTheFileIsRead() {
        var text = new StringBuilder("@ 1 TXT (\n");
        for (int i = 0; i < 250; i++) text.append('"').append("\\065".repeat(255)).append("\"\n");
        text.append(") ; end\n").append("b 1 A 192.0.2.1\n".repeat(10_000));
        read(text + "z 1 A x\n");
        assertThat(zone.records()).hasSize(10_001);
        assertThat(zone.records().getFirst().data().lengthOctets()).isEqualTo(250 * 256);
        assertThat(faults()).containsExactly("zones/main:10253:7: not an IPv4 address");
    }

    @Test
    void anEntryWithoutAnEndIsRefused() {
        assertThat(read("a 1 A 192.0.2.1\n@ 1 TXT ( " + "abcdefgh\n".repeat(100_000))).hasSize(1);
        assertThat(faults()).hasSize(1).first().asString().contains("entry > 524288 octets");
    }
}
